import type { RefObject } from 'preact'

interface Props {
  /** To ask for files: `chooser.current?.click()`. */
  readonly chooser: RefObject<HTMLInputElement | null>
  choose(files: readonly File[]): void
}

/** Asks for session files, in the browser's own dialog. It is not seen itself. */
export function SessionFileInput({ chooser, choose }: Props) {
  return (
    <input
      ref={chooser}
      type="file"
      hidden
      accept=".json,application/json"
      onChange={({ currentTarget }) => {
        choose([...(currentTarget.files ?? [])])
        // The same file may be chosen again.
        currentTarget.value = ''
      }}
    />
  )
}

import styles from './log.module.css'

interface Props {
  readonly open: boolean
  readonly toggle: () => void
}

/** Opens and closes a line with the pointer; the line itself has the keys, and says whether it is open. */
export function Chevron({ open, toggle }: Props) {
  return (
    <span
      aria-hidden="true"
      class={styles.chevron}
      data-open={open}
      onClick={(event) => {
        event.stopPropagation()
        toggle()
      }}
      onDblClick={(event) => event.stopPropagation()}
    />
  )
}

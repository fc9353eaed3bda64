import { useEffect, useRef, useState } from 'preact/hooks'
import { bytes, duration, timeOfDay } from '../../model/format'
import { type Summary, summary } from '../../model/session-file/write'
import { drawnEvents } from '../../state/session'
import { exportSession } from '../../state/session-files'
import styles from './sessions.module.css'

const text = {
  title: 'Export session',
  what: ({ count, from, to, size }: Summary) =>
    `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}, ${timeOfDay(from).slice(0, 8)} to ${timeOfDay(to).slice(0, 8)} (${duration(to - from)}), about ${bytes(size)}.`,
  data: 'The file holds page data: URLs, ids of fetches, storage keys with extracts of values, and console text. Response bodies are not in it.',
  queries: 'Redact query strings',
  queriesHint: 'What stands behind ? and # in URLs becomes “redacted-1” …',
  hosts: 'Redact hosts',
  hostsHint: 'Each host becomes “host-1.example” …, the same one everywhere',
  ids: 'Ids, paths, keys and console text stay otherwise as they are: read the file before you publish it.',
  cancel: 'Cancel',
  save: 'Export',
}

interface ChoiceProps {
  readonly label: string
  readonly hint: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

function Choice({ label, hint, checked, onChange }: ChoiceProps) {
  return (
    <label class={styles.choice}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {label}
        <small>{hint}</small>
      </span>
    </label>
  )
}

/** Says what would be in the file, and asks what to take out, before anything is written. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [what] = useState(() => summary(drawnEvents()))
  const [queries, setQueries] = useState(false)
  const [hosts, setHosts] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      class={styles.dialog}
      aria-labelledby="export-title"
      aria-describedby="export-what"
      onClose={onClose}
      // DevTools would take Escape for its own drawer.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <form
        method="dialog"
        onSubmit={() => {
          exportSession({ queries, hosts })
        }}
      >
        <h2 id="export-title">{text.title}</h2>
        <div id="export-what">
          <p>{text.what(what)}</p>
          <p>{text.data}</p>
        </div>
        <div class={styles.choices}>
          <Choice label={text.queries} hint={text.queriesHint} checked={queries} onChange={setQueries} />
          <Choice label={text.hosts} hint={text.hostsHint} checked={hosts} onChange={setHosts} />
        </div>
        <p class={styles.small}>{text.ids}</p>
        <div class={styles.actions}>
          <button type="button" onClick={() => dialog.current?.close()}>
            {text.cancel}
          </button>
          <button type="submit" class={styles.primary}>
            {text.save}
          </button>
        </div>
      </form>
    </dialog>
  )
}

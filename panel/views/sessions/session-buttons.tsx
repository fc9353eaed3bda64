import { useRef, useState } from 'preact/hooks'
import { importing, importSession } from '../../state/session-files'
import { say } from '../../words/words'
import { Icon } from '../toolbar/icon'
import styles from '../toolbar/toolbar.module.css'
import { ExportDialog } from './export-dialog'

const text = {
  open: say('session_import'),
  opening: say('session_importing'),
  save: say('session_export'),
}

/** Named, for the focus to come back to when what it opened is closed. */
export const IMPORT_BUTTON = 'import-session'

/** Opens and saves sessions as files. */
export function SessionButtons() {
  const [exporting, setExporting] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const busy = importing.value
  return (
    <>
      <button
        type="button"
        id={IMPORT_BUTTON}
        class={styles.icon}
        title={busy ? text.opening : text.open}
        aria-label={text.open}
        aria-busy={busy}
        onClick={() => chooser.current?.click()}
      >
        <Icon name="import" />
      </button>
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".json,application/json"
        onChange={({ currentTarget }) => {
          void importSession([...(currentTarget.files ?? [])])
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
      <button
        type="button"
        class={styles.icon}
        title={text.save}
        aria-label={text.save}
        aria-haspopup="dialog"
        onClick={() => setExporting(true)}
      >
        <Icon name="export" />
      </button>
      {exporting && <ExportDialog onClose={() => setExporting(false)} />}
    </>
  )
}

import { useRef, useState } from 'preact/hooks'
import { fileWork, importSession } from '../../state/session-files'
import { say } from '../../words/words'
import { Icon } from '../toolbar/icon'
import styles from '../toolbar/toolbar.module.css'
import { ExportDialog } from './export-dialog'

const text = {
  open: say('session_import'),
  save: say('session_export'),
}

/** Named, for the focus to come back to when what it opened is closed. */
export const IMPORT_BUTTON = 'import-session'

/** Opens and saves sessions as files. */
export function SessionButtons() {
  const [exporting, setExporting] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const busy = fileWork.value !== null
  return (
    <>
      <button
        type="button"
        id={IMPORT_BUTTON}
        class={styles.icon}
        title={text.open}
        aria-label={text.open}
        aria-disabled={busy}
        onClick={() => busy || chooser.current?.click()}
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
        aria-disabled={busy}
        onClick={() => busy || setExporting(true)}
      >
        <Icon name="export" />
      </button>
      {exporting && <ExportDialog onClose={() => setExporting(false)} />}
    </>
  )
}

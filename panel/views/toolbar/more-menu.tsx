import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { startingNew } from '../../state/new-fetch/new-fetch'
import { originOfPage, planningFor } from '../../state/planned-aborts'
import { fileWork, importSession } from '../../state/recordings/session-files'
import { past } from '../../state/session/session'
import { MenuButton } from '../menu/menu-button'
import { RecordingsDialog } from '../recordings/recordings-dialog'
import { ExportDialog } from '../sessions/export-dialog'
import { SessionFileInput } from '../sessions/session-file-input'
import { Icon } from './icon'
import { pauseEntries } from './pause-entries'
import styles from './toolbar.module.css'

const text = {
  label: t('toolbar_more'),
  open: t('session_import'),
  save: t('session_export'),
  recordings: t('saved_recordings'),
  newFetch: t('new_fetch_menu'),
  abortNext: t('plan_menu_any'),
}

/** Names the button, for the focus to come back to when what it opened is closed. */
export const MORE_BUTTON = 'more'

const planNext = () => {
  planningFor.value = { kind: 'next', storageKey: originOfPage() ?? '', id: '' }
}

const startNew = () => {
  startingNew.value = 'blank'
}

const focusButton = () => document.getElementById(MORE_BUTTON)?.focus()

/** Starts a fetch, plans the abort of one that has yet to begin, pauses the worker at its handlers, and opens and saves sessions, as files and recordings. */
export function MoreMenu() {
  const [exporting, setExporting] = useState(false)
  const [listing, setListing] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const busy = fileWork.value !== null
  return (
    <>
      <MenuButton
        id={MORE_BUTTON}
        label={text.label}
        class={styles.icon}
        face={<Icon name="more" />}
        entries={[
          { kind: 'action', label: text.newFetch, disabled: past.value !== null, run: startNew },
          { kind: 'action', label: text.abortNext, disabled: past.value !== null, run: planNext },
          { kind: 'separator' },
          ...pauseEntries(),
          { kind: 'separator' },
          { kind: 'action', label: text.open, disabled: busy, run: () => chooser.current?.click() },
          { kind: 'action', label: text.save, disabled: busy, run: () => setExporting(true) },
          { kind: 'separator' },
          { kind: 'action', label: text.recordings, run: () => setListing(true) },
        ]}
      />
      <SessionFileInput chooser={chooser} choose={(files) => void importSession(files)} />
      {exporting && (
        <ExportDialog
          onClose={() => {
            setExporting(false)
            focusButton()
          }}
        />
      )}
      {listing && (
        <RecordingsDialog
          onClose={() => {
            setListing(false)
            focusButton()
          }}
        />
      )}
    </>
  )
}

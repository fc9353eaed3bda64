import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { readRecordings } from '../../state/recordings/recordings'
import { Dialog } from '../dialog/dialog'
import { RecordingList } from './recording-list'
import styles from './recordings.module.css'

const text = { title: t('saved_recordings') }

/** The list of the recordings that are over, in a dialog that is open for as long as this is drawn. */
export function RecordingsDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    void readRecordings()
  }, [])
  return (
    <Dialog dialog={dialog} class={styles.dialog} aria-label={text.title} onClose={onClose}>
      <RecordingList title={text.title} dialog={dialog} />
    </Dialog>
  )
}

import { useEffect, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { importSession } from '../../state/recordings/session-files'
import styles from './sessions.module.css'

const text = { drop: t('session_drop') }

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false

/** Takes a file that is dropped anywhere on the panel. */
export function DropZone() {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      // Nothing is entered instead: the pointer has left the panel.
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      void importSession([...(event.dataTransfer?.files ?? [])])
    }
    const aborter = new AbortController()
    const { signal } = aborter
    addEventListener('dragenter', drag, { signal })
    addEventListener('dragover', drag, { signal })
    addEventListener('dragleave', leave, { signal })
    addEventListener('drop', drop, { signal })
    return () => aborter.abort()
  }, [])
  return over && <div class={styles.drop}>{text.drop}</div>
}

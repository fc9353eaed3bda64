import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { MAX_SAVED_RECORDINGS, type SavedRecording } from '../../../protocol/recordings'
import { t } from '../../i18n/i18n'
import {
  readEvents,
  recordingsProblem,
  removeRecordings,
  savedRecordings,
} from '../../state/recordings/recordings'
import { showPast } from '../../state/session/session'
import { AskFirst } from './ask-first'
import { pastTitle } from './describe-recording'
import { RecordingRow } from './recording-row'
import styles from './recordings.module.css'

const text = {
  close: t('saved_close'),
  empty: t('saved_empty'),
  bound: t('saved_limit', MAX_SAVED_RECORDINGS),
  deleteAll: { text: t('saved_delete_all') },
  deleteAllSure: { text: t('saved_delete_all_sure') },
}

interface Props {
  readonly title: string
  readonly dialog: RefObject<HTMLDialogElement | null>
}

/** The recordings that are over: each can be looked at again, or deleted. */
export function RecordingList({ title, dialog }: Props) {
  const sessions = savedRecordings.value ?? []
  const [opening, setOpening] = useState('')
  const closer = useRef<HTMLButtonElement>(null)
  useEffect(() => closer.current?.focus(), [])
  const remove = async (ids: readonly string[]) => {
    await removeRecordings(ids)
    // The button that had the focus is gone.
    closer.current?.focus()
  }
  const open = async (session: SavedRecording) => {
    setOpening(session.id)
    const read = await readEvents(session.id)
    setOpening('')
    // Whoever closed the list meanwhile does not want it any more.
    if (!read || !dialog.current?.open) return
    showPast({ title: pastTitle(session, read.unreadable), events: read.events })
    dialog.current.close()
  }
  return (
    <>
      <header class={styles.head}>
        <h1>{title}</h1>
        <button type="button" class={styles.button} ref={closer} onClick={() => dialog.current?.close()}>
          {text.close}
        </button>
      </header>
      {recordingsProblem.value && (
        <p class={styles.failed} role="alert">
          {recordingsProblem.value}
        </p>
      )}
      {savedRecordings.value && sessions.length === 0 && !recordingsProblem.value && (
        <p class={styles.empty}>{text.empty}</p>
      )}
      {sessions.length > 0 && (
        <>
          <ul class={styles.list}>
            {sessions.map((session) => (
              <RecordingRow
                key={session.id}
                session={session}
                opening={opening === session.id}
                open={() => void open(session)}
                remove={() => void remove([session.id])}
              />
            ))}
          </ul>
          <footer class={styles.foot}>
            <span>{text.bound}</span>
            <AskFirst
              label={text.deleteAll}
              sure={text.deleteAllSure}
              act={() => void remove(sessions.map(({ id }) => id))}
            />
          </footer>
        </>
      )}
    </>
  )
}

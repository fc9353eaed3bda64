import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { KEPT_BOUND, type KeptSession } from '../../../protocol/kept'
import { keptProblem, keptSessions, readEvents, removeKept } from '../../state/kept'
import { showPast } from '../../state/session'
import { say } from '../../words/words'
import { AskFirst } from './ask-first'
import styles from './kept.module.css'
import { KeptRow } from './kept-row'
import { pastTitle } from './words'

const text = {
  close: say('kept_close'),
  empty: say('kept_empty'),
  bound: say('kept_bound', KEPT_BOUND),
  deleteAll: { text: say('kept_delete_all') },
  deleteAllSure: { text: say('kept_delete_all_sure') },
}

interface Props {
  readonly title: string
  readonly dialog: RefObject<HTMLDialogElement | null>
}

/** The recordings that are over: each can be looked at again, or deleted. */
export function KeptList({ title, dialog }: Props) {
  const sessions = keptSessions.value ?? []
  const [opening, setOpening] = useState('')
  const closer = useRef<HTMLButtonElement>(null)
  useEffect(() => closer.current?.focus(), [])
  const remove = async (ids: readonly string[]) => {
    await removeKept(ids)
    // The button that had the focus is gone.
    closer.current?.focus()
  }
  const open = async (session: KeptSession) => {
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
      {keptProblem.value && (
        <p class={styles.failed} role="alert">
          {keptProblem.value}
        </p>
      )}
      {keptSessions.value && sessions.length === 0 && !keptProblem.value && (
        <p class={styles.empty}>{text.empty}</p>
      )}
      {sessions.length > 0 && (
        <>
          <ul class={styles.list}>
            {sessions.map((session) => (
              <KeptRow
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

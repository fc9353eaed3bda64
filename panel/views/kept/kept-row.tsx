import type { KeptSession } from '../../../protocol/kept'
import { AskFirst } from './ask-first'
import styles from './kept.module.css'
import { factsOf, lossesOf, nameOf } from './words'

const text = {
  open: 'Open',
  openOne: (name: string) => `Open ${name}`,
  remove: 'Delete',
}

interface Props {
  readonly session: KeptSession
  open(): void
  remove(): void
}

/** One recording that is over. */
export function KeptRow({ session, open, remove }: Props) {
  const name = nameOf(session)
  const losses = lossesOf(session)
  return (
    <li class={styles.row}>
      <div class={styles.what}>
        <b title={name}>{name}</b>
        <span>{factsOf(session)}</span>
        {losses && <span class={styles.loss}>{losses}</span>}
      </div>
      <div class={styles.actions}>
        <button
          type="button"
          class={styles.button}
          aria-label={text.openOne(name)}
          disabled={session.events === 0}
          onClick={open}
        >
          {text.open}
        </button>
        <AskFirst label={text.remove} about={name} act={remove} />
      </div>
    </li>
  )
}

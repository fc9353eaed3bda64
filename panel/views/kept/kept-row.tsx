import { Fragment } from 'preact'
import type { KeptSession } from '../../../protocol/kept'
import { say } from '../../words/words'
import { AskFirst } from './ask-first'
import styles from './kept.module.css'
import { factsOf, lossesOf, nameOf } from './words'

const text = {
  open: say('kept_open'),
  opening: say('kept_opening'),
  remove: say('kept_delete'),
  removeSure: say('kept_delete_sure'),
}

interface Props {
  readonly session: KeptSession
  /** Its events are being read. */
  readonly opening: boolean
  open(): void
  remove(): void
}

/** One recording that is over. */
export function KeptRow({ session, opening, open, remove }: Props) {
  const name = nameOf(session)
  const losses = lossesOf(session)
  return (
    <li class={styles.row}>
      <div class={styles.what}>
        <b title={name}>{name}</b>
        <span>
          {factsOf(session).map((fact, i) => (
            <Fragment key={fact}>
              {i > 0 && ' · '}
              <span class={styles.fact}>{fact}</span>
            </Fragment>
          ))}
        </span>
        {losses && <span class={styles.loss}>{losses}</span>}
      </div>
      <div class={styles.actions}>
        <button
          type="button"
          class={styles.button}
          aria-label={say('kept_open_of', name)}
          disabled={opening || session.events === 0}
          onClick={open}
        >
          {opening ? text.opening : text.open}
        </button>
        <AskFirst
          label={{ text: text.remove, name: say('kept_delete_of', name) }}
          sure={{ text: text.removeSure, name: say('kept_delete_sure_of', name) }}
          act={remove}
        />
      </div>
    </li>
  )
}

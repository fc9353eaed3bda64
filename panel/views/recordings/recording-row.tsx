import { Fragment } from 'preact'
import type { SavedRecording } from '../../../protocol/recordings'
import { t } from '../../i18n/i18n'
import { AskFirst } from './ask-first'
import { factsOf, lossesOf, nameOf } from './describe-recording'
import styles from './recordings.module.css'

const text = {
  open: t('saved_open'),
  opening: t('saved_opening'),
  remove: t('saved_delete'),
  removeSure: t('saved_delete_sure'),
}

interface Props {
  readonly session: SavedRecording
  /** Its events are being read. */
  readonly opening: boolean
  open(): void
  remove(): void
}

/** One recording that is over. */
export function RecordingRow({ session, opening, open, remove }: Props) {
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
          aria-label={t('saved_open_of', name)}
          disabled={opening || session.events === 0}
          onClick={open}
        >
          {opening ? text.opening : text.open}
        </button>
        <AskFirst
          label={{ text: text.remove, name: t('saved_delete_of', name) }}
          sure={{ text: text.removeSure, name: t('saved_delete_sure_of', name) }}
          act={remove}
        />
      </div>
    </li>
  )
}

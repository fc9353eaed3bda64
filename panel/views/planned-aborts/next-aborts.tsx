import { t } from '../../i18n/i18n'
import { momentText } from '../../model/describe/planned-abort-text'
import { oneLine } from '../../model/format'
import { nextAborts, removePlanned } from '../../state/planned-aborts'
import { past } from '../../state/session/session'
import round from '../round.module.css'
import styles from './next-aborts.module.css'

/** Aborts that are planned for fetches that have yet to begin. */
export function NextAborts() {
  const all = nextAborts.value
  if (all.length === 0) return null
  return (
    <ul class={styles.list} aria-label={t('next_aborts')}>
      {all.map(({ command, pattern, moment, cold }) => {
        const id = oneLine(pattern ?? '', 120)
        const remove = t('next_abort_remove', id)
        return (
          <li key={command}>
            <span>
              {[t('next_abort', id, momentText(moment)), cold ? t('planned_cold') : '']
                .filter(Boolean)
                .join('; ')}
            </span>
            <button
              type="button"
              class={round.close}
              aria-label={remove}
              title={remove}
              disabled={past.value !== null}
              onClick={() => removePlanned(command)}
            >
              ×
            </button>
          </li>
        )
      })}
    </ul>
  )
}

import type { SeenRequest } from '../../../protocol/seen-requests'
import { counted, t } from '../../i18n/i18n'
import { count, oneLine, pathIn } from '../../model/format'
import styles from './repeat.module.css'

/** More requests are not drawn. */
const MAX_SHOWN = 8

interface Props {
  readonly requests: readonly SeenRequest[]
  readonly storageKey: string
}

/** The requests that a repetition has, with the headers that were seen. */
export function RequestList({ requests, storageKey }: Props) {
  const title = t(counted(requests.length, 'repeat_requests'), count(requests.length))
  const more = requests.length - MAX_SHOWN
  return (
    <section class={styles.requests} aria-label={title}>
      <ul>
        {requests.slice(0, MAX_SHOWN).map(({ method, url, headers }, i) => (
          <li key={i} title={oneLine(url, 1000)}>
            {method} {oneLine(pathIn(url, storageKey), 200)}
            {headers.map(([name, value]) => (
              <div key={name} class={styles.header}>
                {oneLine(`${name}: ${value}`, 120)}
              </div>
            ))}
          </li>
        ))}
        {more > 0 && <li>{t('repeat_more', count(more))}</li>}
      </ul>
    </section>
  )
}

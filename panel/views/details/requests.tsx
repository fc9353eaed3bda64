import { audit, type Fate } from '../../model/audit/audit'
import { bytes, count, lastPart, oneLine } from '../../model/format'
import type { Fetch } from '../../model/view'
import { excusesOf } from '../../state/excuses'
import { revision } from '../../state/session'
import { say } from '../../words/words'
import styles from './audit.module.css'
import { Records } from './records'
import { Section } from './section'

const text = {
  title: say('requests_title'),
  request: say('request'),
  response: say('response'),
  size: say('size'),
  outcome: say('requests_outcome'),
  none: say('requests_no_response'),
}

const fateText: Record<Fate['fate'], string> = {
  stored: say('fate_stored'),
  'kept-before': say('fate_kept_before'),
  dropped: say('fate_dropped'),
  incomplete: say('fate_incomplete'),
  unknown: say('fate_unknown'),
}

function Outcome({ one: { record, fate, caches } }: { readonly one: Fate }) {
  const where = caches.join(', ')
  return (
    <tr>
      <td title={`${record.method} ${record.url}`}>
        {record.method !== 'GET' && `${record.method} `}
        {oneLine(lastPart(record.url), 300)}
      </td>
      <td title={record.error || record.contentType}>{record.status || text.none}</td>
      <td>{record.size === null ? '' : bytes(record.size)}</td>
      <td title={where}>{where ? say('fate_in', fateText[fate], oneLine(where, 60)) : fateText[fate]}</td>
    </tr>
  )
}

/** The requests of a fetch: what became of them where that is known, else as the page reads them now. */
export function Requests({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const { handle, storageKey, overAt, settledAt } = fetch
  const outcomes = audit(fetch, excusesOf(storageKey))?.fates ?? []
  if (outcomes.length === 0) {
    return <Records handle={handle} ended={settledAt !== null} over={overAt !== null} />
  }
  return (
    <Section name="requests" title={text.title} beside={count(outcomes.length)}>
      <table class={`${styles.compared} ${styles.requests}`} aria-label={text.title}>
        <thead>
          <tr>
            <th scope="col">{text.request}</th>
            <th scope="col">{text.response}</th>
            <th scope="col">{text.size}</th>
            <th scope="col">{text.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map((one) => (
            <Outcome key={one.record.index} one={one} />
          ))}
        </tbody>
      </table>
    </Section>
  )
}

import { type Outcome, whereText } from '../../model/audit/outcomes'
import { sizeText } from '../../model/describe'
import { lastPart, outcomeText, statusText } from '../../model/describe-request'
import { bytes, oneLine, pathIn } from '../../model/format'
import { say } from '../../words/words'
import styles from './audit.module.css'

const text = {
  requests: say('audit_requests'),
  method: say('request_method'),
  request: say('request'),
  status: say('request_status'),
  size: say('size'),
  outcome: say('outcome_title'),
}

/** More requests are not drawn. */
const MAX_SHOWN = 200

/** The size that arrived, beside the size that is stored where that is another one. */
function sizes({ record, items, sharing }: Outcome): string {
  if (sharing > 1) return ''
  const arrived = sizeText(record)
  const stored = items.length === 1 && items[0]?.kind === 'cache-entry' ? items[0].size : null
  if (stored === null || arrived === bytes(stored)) return arrived
  return [arrived, say('size_stored', bytes(stored))].filter(Boolean).join(', ')
}

interface Props {
  readonly outcomes: readonly Outcome[]
  readonly storageKey: string
}

/** What became of each request of a fetch that has ended. */
export function Requests({ outcomes, storageKey }: Props) {
  if (outcomes.length === 0) return null
  return (
    <>
      <h4>{text.requests}</h4>
      <table class={`${styles.compared} ${styles.requests}`} aria-label={text.requests}>
        <thead>
          <tr>
            <th scope="col">{text.method}</th>
            <th scope="col">{text.request}</th>
            <th scope="col">{text.status}</th>
            <th scope="col">{text.size}</th>
            <th scope="col">{text.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.slice(0, MAX_SHOWN).map((outcome) => {
            const { record, items } = outcome
            const where = items.map(whereText).join(', ')
            return (
              <tr key={record.index}>
                <td>{record.method}</td>
                <td title={record.url}>
                  <span class={styles.url}>{oneLine(lastPart(pathIn(record.url, storageKey)), 300)}</span>
                </td>
                <td>{statusText(record)}</td>
                <td>{sizes(outcome)}</td>
                <td title={where}>
                  {where
                    ? say('outcome_in', outcomeText(outcome), oneLine(where, 100))
                    : outcomeText(outcome)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {outcomes.length > MAX_SHOWN && (
        <p class={styles.pending}>{say('audit_more', outcomes.length - MAX_SHOWN)}</p>
      )}
    </>
  )
}

import { t } from '../../i18n/i18n'
import type { Outcome } from '../../model/audit/evidence/evidence'
import { audit } from '../../model/audit/verdict'
import { sizeText } from '../../model/describe/describe-fetch'
import {
  isAborted,
  outcomeText,
  outcomeWhere,
  requestText,
  statusText,
} from '../../model/describe/describe-request'
import { bytes, count, oneLine } from '../../model/format'
import { type Causes, causesOf } from '../../model/network/failures'
import type { Fetch } from '../../model/session/view'
import { isSending } from '../../model/table/upload'
import { revision } from '../../state/session/session'
import { siteSettingsOf } from '../../state/site-settings'
import { requestEntries } from '../log/request-entries'
import { openContextMenu } from '../menu/context-menu'
import { MiddleTruncated } from '../middle-truncated'
import { TableHead } from '../table-head'
import styles from './audit.module.css'
import { ObserveRequests } from './observe-requests'
import { Records } from './records'
import { onRowKey } from './row-keys'
import { Section } from './section'

const text = {
  title: t('requests_title'),
  method: t('request_method'),
  request: t('request'),
  status: t('request_status'),
  size: t('size'),
  outcome: t('outcome_title'),
  menu: t('menu_request'),
}

/** More requests are not drawn. */
const MAX_SHOWN = 200

/** The size that arrived, beside the size that is stored where that is another one. */
function sizes({ record, items, sharing }: Outcome): string {
  if (sharing > 1) return ''
  const arrived = sizeText(record)
  const stored = items.length === 1 && items[0]?.kind === 'cache-entry' ? items[0].size : null
  if (stored === null || arrived === bytes(stored)) return arrived
  return [arrived, t('size_stored', bytes(stored))].filter(Boolean).join(', ')
}

interface RowProps {
  readonly outcome: Outcome
  readonly first: boolean
  readonly fetch: Fetch
  readonly causes: Causes
}

function OutcomeRow({ outcome, first, fetch, causes }: RowProps) {
  const { record } = outcome
  const where = outcomeWhere(outcome)
  const status = statusText(record, fetch.scope, causes.of(record), isAborted(fetch))
  const size = sizes(outcome)
  const became = outcomeText(outcome)
  return (
    <tr
      tabIndex={first ? 0 : -1}
      onKeyDown={onRowKey}
      onContextMenu={(event) => openContextMenu(event, text.menu, requestEntries(fetch, record))}
    >
      <td>{record.method}</td>
      <td title={`${record.method} ${record.url}`}>
        <MiddleTruncated text={requestText(record)} />
      </td>
      <td title={[status, record.error || record.contentType, causes.way(record)].filter(Boolean).join('\n')}>
        {status}
      </td>
      <td title={size}>{size}</td>
      <td title={where ? t('outcome_in', became, where) : became}>
        {where ? t('outcome_in', became, oneLine(where, 100)) : became}
      </td>
    </tr>
  )
}

/** The requests of a fetch: what became of them where that is known, else as the page reads them now. */
export function Requests({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const { storageKey, overAt, settledAt } = fetch
  const outcomes = audit(fetch, siteSettingsOf(storageKey))?.outcomes ?? []
  if (outcomes.length === 0) {
    return (
      <Records fetch={fetch} ended={settledAt !== null} over={overAt !== null} sending={isSending(fetch)} />
    )
  }
  const causes = causesOf(fetch)
  return (
    <Section name="requests" title={text.title} beside={count(outcomes.length)}>
      <div class={styles.requestsBox}>
        <table class={`${styles.compared} ${styles.requests}`} aria-label={text.title}>
          <TableHead columns={[text.method, text.request, text.status, text.size, text.outcome]} />
          <tbody>
            {outcomes.slice(0, MAX_SHOWN).map((outcome, index) => (
              <OutcomeRow
                key={outcome.record.index}
                outcome={outcome}
                first={index === 0}
                fetch={fetch}
                causes={causes}
              />
            ))}
          </tbody>
        </table>
      </div>
      {outcomes.length > MAX_SHOWN && (
        <p class={styles.pending}>{t('audit_more', outcomes.length - MAX_SHOWN)}</p>
      )}
      <ObserveRequests fetch={fetch} />
    </Section>
  )
}

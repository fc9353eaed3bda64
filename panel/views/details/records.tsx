import { useEffect, useState } from 'preact/hooks'
import * as v from 'valibot'
import { type FetchRecord, RecordsPage, type RecordsProblem } from '../../../protocol/attributes'
import { databaseProblemOf } from '../../../protocol/database-problem'
import type { Handle } from '../../../protocol/handle'
import { t } from '../../i18n/i18n'
import { sharedUrls, withoutHash } from '../../model/audit/evidence/complete'
import { withResponses } from '../../model/audit/evidence/outcomes'
import { sharedText } from '../../model/audit/gaps-text'
import { databaseProblemText } from '../../model/describe/database-text'
import { sizeText } from '../../model/describe/describe-fetch'
import { requestText, statusText } from '../../model/describe/describe-request'
import { count } from '../../model/format'
import { type Causes, causesOf } from '../../model/network/failures'
import type { Fetch } from '../../model/session/view'
import { sendingRequest } from '../../model/table/upload'
import { past, request, revision } from '../../state/session/session'
import { requestEntries } from '../log/request-entries'
import { openContextMenu } from '../menu/context-menu'
import { MiddleTruncated } from '../middle-truncated'
import { TableHead } from '../table-head'
import styles from './details.module.css'
import { ObserveRequests } from './observe-requests'
import { onRowKey } from './row-keys'
import { Section } from './section'

/** Records in one request: reading many costs the page time. */
const PAGE = 100

const text = {
  title: t('requests_title'),
  none: t('requests_no_response'),
  refresh: t('records_refresh'),
  request: t('request'),
  response: t('response'),
  size: t('size'),
  released: t('records_released'),
  lost: t('records_lost'),
  pageGone: t('page_gone'),
  badAnswer: t('records_bad_answer'),
  past: t('past_records'),
  menu: t('menu_request'),
  sending: t('records_sending'),
}

interface State {
  readonly records: readonly FetchRecord[]
  readonly total: number
  readonly loading: boolean
  readonly problem: string
}

const NOTHING: State = { records: [], total: 0, loading: true, problem: '' }

/** Why nothing can be read; only when the worker's event is over the browser has released the records. */
function problemText(problem: RecordsProblem, over: boolean): string {
  switch (problem.kind) {
    case 'page-gone':
      return text.pageGone
    case 'bad-answer':
      return text.badAnswer
    case 'released':
      return over ? text.released : text.lost
    case 'error':
      return problem.detail
  }
}

async function load(handle: Handle, offset: number, over: boolean): Promise<State> {
  try {
    const page = v.parse(RecordsPage, await request((background) => background.records(handle, offset, PAGE)))
    if (!page.ok) return { ...NOTHING, loading: false, problem: problemText(page.problem, over) }
    return { records: page.records, total: page.total, loading: false, problem: '' }
  } catch (error) {
    return {
      ...NOTHING,
      loading: false,
      problem: databaseProblemText(databaseProblemOf(error)),
    }
  }
}

/** The browser gives one answer to all requests of one URL: its size is not that of each. */
function sizeOf(record: FetchRecord, shared: ReadonlyMap<string, number>): string {
  const number = shared.get(withoutHash(record.url))
  return number === undefined ? sizeText(record) : sharedText(number)
}

/** What has no response when the fetch has ended will have none. */
function statusOf({ scope }: Fetch, causes: Causes, record: FetchRecord, ended: boolean): string {
  const isOpen = ended && record.state === 'pending'
  const cause = causes.of(isOpen ? { ...record, state: 'failed' } : record)
  return isOpen ? cause || text.none : statusText(record, scope, cause)
}

interface Props {
  readonly fetch: Fetch
  /** It has ended: what has no response by now will have none. */
  readonly ended: boolean
  /** The worker's event for the end is over. */
  readonly over: boolean
  /** Not all bytes of the bodies are sent. */
  readonly sending: boolean
}

/** The requests of a fetch and their responses; there is no page to ask for those of a past session. */
export function Records(props: Props) {
  if (!past.value) return <PageRecords {...props} />
  return (
    <Section name="requests" title={text.title}>
      <p class={styles.note}>{text.past}</p>
      <ObserveRequests fetch={props.fetch} />
    </Section>
  )
}

/** Read from the page when somebody asks, never on a timer. */
function PageRecords({ fetch, ended, over, sending }: Props) {
  revision.value
  const { handle } = fetch
  const [state, setState] = useState(NOTHING)
  const refresh = () => {
    setState((before) => ({ ...before, loading: true }))
    void load(handle, 0, over).then(setState)
  }
  const more = () => {
    const { records } = state
    setState((before) => ({ ...before, loading: true }))
    void load(handle, records.length, over).then((next) =>
      setState(next.problem ? next : { ...next, records: [...records, ...next.records] }),
    )
  }
  // Once for each fetch; afterwards on request only.
  useEffect(() => {
    if (over) setState({ ...NOTHING, loading: false, problem: text.released })
    else refresh()
  }, [handle])
  const { total, loading, problem } = state
  const records = withResponses(fetch, state.records)
  const shared = sharedUrls(records)
  const causes = causesOf(fetch)
  const sent = sending ? sendingRequest(records, total) : null
  return (
    <Section
      name="requests"
      title={text.title}
      beside={
        <>
          {total > 0 && count(total)}
          {!over && (
            <button type="button" class={styles.link} disabled={loading} onClick={refresh}>
              {text.refresh}
            </button>
          )}
        </>
      }
    >
      {problem && <p class={styles.note}>{problem}</p>}
      {records.length > 0 && (
        <table class={styles.records} aria-label={text.title}>
          <TableHead columns={[text.request, text.response, text.size]} />
          <tbody>
            {records.map((record, index) => (
              <tr
                key={record.index}
                tabIndex={index === 0 ? 0 : -1}
                onKeyDown={onRowKey}
                onContextMenu={(event) => openContextMenu(event, text.menu, requestEntries(fetch, record))}
              >
                <td title={`${record.method} ${record.url}`}>
                  {record.method !== 'GET' && `${record.method} `}
                  <MiddleTruncated text={requestText(record)} />
                </td>
                <td
                  title={[record.error || record.contentType, causes.way(record)].filter(Boolean).join('\n')}
                >
                  {statusOf(fetch, causes, record, ended)}
                  {record.index === sent && `, ${text.sending}`}
                </td>
                <td>{sizeOf(record, shared)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {records.length > 0 && records.length < total && (
        <p class={styles.note}>
          {t('records_shown', records.length, total)}{' '}
          <button type="button" class={styles.link} disabled={loading} onClick={more}>
            {t('records_more', Math.min(PAGE, total - records.length))}
          </button>
        </p>
      )}
      <ObserveRequests fetch={fetch} />
    </Section>
  )
}

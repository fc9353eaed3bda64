import { useEffect, useState } from 'preact/hooks'
import type { FetchRecord } from '../../../protocol/attributes'
import type { Handle } from '../../../protocol/handle'
import { bytes, oneLine } from '../../model/format'
import { background } from '../../state/session'
import styles from './details.module.css'

/** Records in one request: reading many costs the page time. */
const PAGE = 100

interface State {
  readonly records: readonly FetchRecord[]
  readonly total: number
  readonly loading: boolean
  readonly problem: string
}

const NOTHING: State = { records: [], total: 0, loading: true, problem: '' }

function problemText(reason: string): string {
  if (reason === 'page-gone') return 'The page that showed this fetch is gone.'
  if (reason === 'released' || reason.startsWith('InvalidStateError')) {
    return 'The browser has released the records: the worker’s event is over.'
  }
  return reason
}

async function load(handle: Handle, offset: number): Promise<State> {
  try {
    const page = await background()?.records(handle, offset, PAGE)
    if (!page)
      return { ...NOTHING, loading: false, problem: 'The extension is starting again; try once more.' }
    if (!page.ok) return { ...NOTHING, loading: false, problem: problemText(page.reason) }
    return { records: page.records, total: page.total, loading: false, problem: '' }
  } catch (error) {
    return { ...NOTHING, loading: false, problem: error instanceof Error ? error.message : String(error) }
  }
}

function status(record: FetchRecord): string {
  if (record.state === 'pending') return 'pending'
  if (record.state === 'failed') return 'failed'
  return record.status === 0 ? record.responseType : `${record.status} ${record.statusText}`
}

/** The requests of a fetch and their responses, read when somebody asks, never on a timer. */
export function Records({ handle, live }: { readonly handle: Handle; readonly live: boolean }) {
  const [state, setState] = useState(NOTHING)
  const refresh = () => {
    setState((before) => ({ ...before, loading: true }))
    void load(handle, 0).then(setState)
  }
  const more = () => {
    const { records } = state
    setState((before) => ({ ...before, loading: true }))
    void load(handle, records.length).then((next) =>
      setState(next.problem ? next : { ...next, records: [...records, ...next.records] }),
    )
  }
  // Once for each fetch; afterwards on request only.
  useEffect(() => {
    if (live) refresh()
    else setState({ ...NOTHING, loading: false, problem: problemText('released') })
  }, [handle])
  const { records, total, loading, problem } = state
  return (
    <>
      <h3>
        Records {total > 0 && `(${total})`}
        {live && (
          <button type="button" class={styles.link} disabled={loading} onClick={refresh}>
            Refresh
          </button>
        )}
      </h3>
      {problem && <p class={styles.note}>{problem}</p>}
      {records.length > 0 && (
        <table class={styles.records} aria-label="Records">
          <thead>
            <tr>
              <th scope="col">Request</th>
              <th scope="col">Response</th>
              <th scope="col">Size</th>
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <tr key={record.index}>
                <td title={`${record.method} ${record.url}`}>
                  {record.method !== 'GET' && `${record.method} `}
                  {oneLine(record.url.replace(/^https?:\/\/[^/]+/, ''), 300)}
                </td>
                <td title={record.error || record.contentType}>{status(record)}</td>
                <td>{record.size === null ? '' : bytes(record.size)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {records.length > 0 && records.length < total && (
        <p class={styles.note}>
          {records.length} of {total} shown.{' '}
          <button type="button" class={styles.link} disabled={loading} onClick={more}>
            Show {Math.min(PAGE, total - records.length)} more
          </button>
        </p>
      )}
    </>
  )
}

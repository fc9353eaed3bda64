import { progressText } from '../../model/describe'
import { bytes, oneLine, percent } from '../../model/format'
import type { Fetch, FetchState } from '../../model/view'
import { selectedKey } from '../../state/selection'
import { abort, revision } from '../../state/session'
import styles from './fetch-table.module.css'

const stateText: Record<FetchState, string> = {
  queued: 'queued',
  active: 'active',
  settled: 'settled',
  over: 'over',
  unobserved: 'not observed',
  gone: 'gone',
}
const stateHint: Record<FetchState, string> = {
  queued: 'Nothing has arrived yet. The browser runs the fetches of an origin one after the other.',
  active: 'Bytes have moved.',
  settled: 'It has a result; the service worker’s event is not over.',
  over: 'The service worker’s event is over.',
  unobserved: 'No page of this origin is open in the tab, so nothing can be seen of it.',
  gone: 'It ended, and nobody saw how.',
}

/** The share first: it is what must not be cut off. */
function shortProgress({ attributes }: Fetch): string {
  const share = percent(attributes.downloaded, attributes.downloadTotal)
  if (share === null || attributes.uploadTotal > 0) return progressText(attributes)
  return `${share} % · ${bytes(attributes.downloaded)} of ${bytes(attributes.downloadTotal)}`
}

function ProgressBar({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const { downloaded, downloadTotal, uploaded, uploadTotal } = fetch.attributes
  const [done, total] =
    uploadTotal > 0 && downloaded === 0 ? [uploaded, uploadTotal] : [downloaded, downloadTotal]
  const share = percent(done, total)
  const known = share !== null
  return (
    <div
      class={known ? styles.bar : styles.indeterminate}
      role="progressbar"
      aria-label={`Progress of ${fetch.id}`}
      aria-valuetext={progressText(fetch.attributes)}
      aria-valuemin={0}
      {...(known ? { 'aria-valuenow': done, 'aria-valuemax': total } : {})}
    >
      <div style={{ width: `${share ?? (done > 0 ? 100 : 0)}%` }} />
    </div>
  )
}

/** One live fetch: what it is, how far it is, and the button that breaks it. */
export function FetchRow({ fetch }: { readonly fetch: Fetch }) {
  // A fetch is changed in place: what says so is the revision.
  revision.value
  const selected = selectedKey.value === fetch.key
  const aborting = fetch.abort !== null && fetch.abort.outcome === null
  const select = () => {
    selectedKey.value = selected ? null : fetch.key
  }
  return (
    <tr class={selected ? styles.selected : styles.row} onClick={select} aria-selected={selected}>
      <td title={oneLine(fetch.id, 1000)}>
        <button
          type="button"
          class={styles.id}
          aria-pressed={selected}
          onClick={(event) => {
            event.stopPropagation()
            select()
          }}
        >
          {oneLine(fetch.id)}
        </button>
        {fetch.occurrence > 1 && <span class={styles.again}> #{fetch.occurrence}</span>}
      </td>
      <td class={styles.scopeColumn} title={fetch.scope}>
        {oneLine(fetch.scope.replace(/^https?:\/\/[^/]+/, ''))}
      </td>
      <td class={styles.stateColumn} title={stateHint[fetch.state]}>
        {stateText[fetch.state]}
      </td>
      <td title={progressText(fetch.attributes)}>
        <ProgressBar fetch={fetch} />
        <span class={styles.bytes}>{shortProgress(fetch)}</span>
      </td>
      <td class={styles.actionColumn}>
        <button
          type="button"
          class={styles.abort}
          aria-label={`Abort ${fetch.id}`}
          disabled={aborting}
          onClick={(event) => {
            event.stopPropagation()
            abort(fetch.handle)
          }}
        >
          {aborting ? 'Aborting…' : 'Abort'}
        </button>
      </td>
    </tr>
  )
}

import { progressText, stateName } from '../../model/describe'
import { bytes, count, oneLine, percent } from '../../model/format'
import { apart, apartNow, type Fetch, type FetchState } from '../../model/view'
import { selectedKey } from '../../state/selection'
import { abort, past, revision } from '../../state/session'
import { say } from '../../words/words'
import { FetchId } from '../fetch-id'
import styles from './fetch-table.module.css'

const text = { abort: say('abort'), aborting: say('aborting') }

const stateHint: Record<FetchState, string> = {
  queued: say('state_queued_hint'),
  active: say('state_active_hint'),
  settled: say('state_settled_hint'),
  over: say('state_over_hint'),
  unobserved: say('state_unobserved_hint'),
  gone: say('state_gone_hint'),
}

const responsesText = ({ responses }: Fetch): string =>
  responses && responses.total > 1
    ? say('progress_responses', count(responses.ready), count(responses.total))
    : ''

const wholeProgress = (fetch: Fetch): string =>
  [progressText(fetch.attributes), responsesText(fetch)].filter(Boolean).join(', ')

/** What says most first: it is what must not be cut off. */
function shortProgress(fetch: Fetch): string {
  const { attributes } = fetch
  const share = percent(attributes.downloaded, attributes.downloadTotal)
  const responses = responsesText(fetch)
  if (share === null && responses) return `${responses} · ${bytes(attributes.downloaded)}`
  if (share === null || attributes.uploadTotal > 0) return progressText(attributes)
  return say('progress_short', share, bytes(attributes.downloaded), bytes(attributes.downloadTotal))
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
      aria-label={say('progress_of', fetch.id)}
      aria-valuetext={wholeProgress(fetch)}
      aria-valuemin={0}
      {...(known ? { 'aria-valuenow': done, 'aria-valuemax': total } : {})}
    >
      <div style={{ width: `${share ?? (done > 0 ? 100 : 0)}%` }} />
    </div>
  )
}

/** Nobody waits for the answer to an abort of it. */
export const canAbort = ({ abort }: Fetch): boolean => abort === null || abort.outcome !== null

/** Chromium 156 crashes when a fetch is aborted then; see docs/chromium.md. */
export const isSending = ({ attributes }: Fetch): boolean => attributes.uploaded < attributes.uploadTotal

interface Props {
  readonly fetch: Fetch
  /** Tab leads to it. */
  readonly current: boolean
  /** It has the focus now. */
  readonly focused: () => void
}

/** One live fetch: what it is, how far it is, and the button that breaks it. */
export function FetchRow({ fetch, current, focused }: Props) {
  // A fetch is changed in place: what says so is the revision.
  revision.value
  const selected = selectedKey.value === fetch.key
  const name = apart(fetch)
  const aborting = !canAbort(fetch)
  const select = () => {
    selectedKey.value = selected ? null : fetch.key
  }
  return (
    <tr
      class={selected ? styles.selected : styles.row}
      tabIndex={current ? 0 : -1}
      aria-selected={selected}
      onClick={select}
      onFocusIn={focused}
    >
      <td title={oneLine(fetch.id, 1000) + name}>
        <button
          type="button"
          class={styles.id}
          tabIndex={-1}
          aria-pressed={selected}
          aria-label={oneLine(fetch.id, 200)}
          onClick={(event) => {
            event.stopPropagation()
            select()
          }}
        >
          <FetchId id={fetch.id} />
        </button>
        {name && <span class={styles.again}>{name}</span>}
      </td>
      <td class={styles.scopeColumn} title={fetch.scope}>
        {oneLine(fetch.scope.replace(/^https?:\/\/[^/]+/, ''))}
      </td>
      <td class={styles.stateColumn} title={stateHint[fetch.state]}>
        {stateName[fetch.state]}
      </td>
      <td title={wholeProgress(fetch)}>
        <ProgressBar fetch={fetch} />
        <span class={styles.bytes}>{shortProgress(fetch)}</span>
      </td>
      <td class={styles.actionColumn}>
        <button
          type="button"
          class={styles.abort}
          aria-label={say('abort_of', fetch.id + apartNow(fetch))}
          tabIndex={current ? 0 : -1}
          disabled={aborting || past.value !== null}
          onClick={(event) => {
            event.stopPropagation()
            abort(fetch.handle)
          }}
        >
          {aborting ? text.aborting : text.abort}
        </button>
      </td>
    </tr>
  )
}

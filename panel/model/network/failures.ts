import type { FetchRecord } from '../../../protocol/attributes'
import { t } from '../../i18n/i18n'
import { recordsOf } from '../audit/evidence/outcomes'
import { lacksResponse, unsentText } from '../describe/describe-request'
import { bytes, lastPart, oneLine } from '../format'
import type { ObservedRequest } from '../session/network'
import type { Fetch } from '../session/view'
import { causeOf, chainText, originOfFetch } from './causes'

const keyOf = ({ method, url }: Pick<FetchRecord, 'method' | 'url'>) =>
  `${method} ${url.replace(/#.*$/s, '')}`

/** A request as the browser sent it; null where that was not observed, or several were of one URL. */
export function sentAs(
  fetch: Pick<Fetch, 'network'>,
  record: Pick<FetchRecord, 'method' | 'url'>,
): ObservedRequest | null {
  const [found, ...others] = [...fetch.network.values()].filter((one) => keyOf(one) === keyOf(record))
  return found && others.length === 0 ? found : null
}

/** Why a request has no response, as far as that was observed on the network or follows from the request; '' where nothing was. */
export function causeOfRecord(fetch: Fetch, record: FetchRecord): string {
  const isPending = record.state === 'pending'
  if (!isPending && !lacksResponse(record)) return ''
  const unsent = isPending ? '' : unsentText(record, fetch.scope)
  if (unsent) return unsent
  const sent = sentAs(fetch, record)
  if (!sent) return ''
  const cause = causeOf(sent, originOfFetch(fetch))
  // The browser tries some again, and reports nothing of that.
  return cause && t(isPending ? 'cause_first_attempt' : 'cause_attempt', cause)
}

/** Where a request went, as far as that was observed: `302 → https://cdn.example/a.mp3 · 200`; '' where it was not. */
export function sentText(fetch: Fetch, record: FetchRecord): string {
  const sent = sentAs(fetch, record)
  return sent ? chainText(sent, originOfFetch(fetch)) : ''
}

/** How many bytes the responses promise that were observed, and that can be compared with bytes that arrive. */
const promised = ({ network }: Fetch): number =>
  [...network.values()].reduce((sum, { responses }) => {
    const last = responses.at(-1)
    return sum + (last && !last.encoded ? (last.contentLength ?? 0) : 0)
  }, 0)

/** A request, and why it failed; '' where nothing of that is known. */
interface Failure {
  readonly request: string
  readonly cause: string
}

/** The requests of a fetch of which it is known why they failed, each with its cause. */
export const failuresOf = (fetch: Fetch): readonly Failure[] =>
  failures(fetch).filter(({ cause }) => cause !== '')

function failures(fetch: Fetch): Failure[] {
  const named = ({ method, url }: Pick<FetchRecord, 'method' | 'url'>) =>
    `${oneLine(method, 30)} ${oneLine(lastPart(url), 120)}`
  const records = recordsOf(fetch)
  if (records.length === 0) {
    return [...fetch.network.values()].map((one) => {
      const cause = causeOf(one, originOfFetch(fetch))
      return { request: named(one), cause: cause && t('cause_attempt', cause) }
    })
  }
  return records.map((record) => {
    const isBad = record.state === 'ready' && (record.status ?? 0) >= 400
    const cause = isBad ? t('cause_status', record.status ?? 0) : causeOfRecord(fetch, record)
    return { request: named(record), cause }
  })
}

/**
 * Why a fetch failed, in a sentence: its first request with a cause that is known, and how many more have one; '' where none is
 * known, or where it did not fail.
 */
export function whyFailed(fetch: Fetch): string {
  const { result, failureReason, downloadTotal } = fetch.attributes
  if (result !== 'failure' || failureReason === 'aborted') return ''
  if (failureReason === 'download-total-exceeded' || failureReason === 'quota-exceeded') {
    const size = promised(fetch)
    if (size === 0) return ''
    return failureReason === 'quota-exceeded'
      ? t('why_quota', bytes(size))
      : size > downloadTotal
        ? t('why_over_total', bytes(size), bytes(downloadTotal))
        : ''
  }
  const [first, ...others] = failuresOf(fetch)
  if (!first) return ''
  const why = t('why_request', first.request, first.cause)
  return others.length > 0 ? t('why_and_more', why, others.length) : why
}

import type { FetchRecord } from '../../../protocol/attributes'
import { t } from '../../i18n/i18n'
import { withoutHash } from '../audit/evidence/complete'
import { recordsOf } from '../audit/evidence/outcomes'
import { lacksResponse, unsentText } from '../describe/describe-request'
import { bytes, lastPart, oneLine } from '../format'
import type { ObservedRequest } from '../session/observed-request'
import type { Fetch } from '../session/view'
import { causeOf, chainText, hasResponse, isBadStatus, originOfFetch } from './causes'

const keyOf = ({ method, url }: Pick<FetchRecord, 'method' | 'url'>) => `${method} ${withoutHash(url)}`

/** What was observed of the requests that records stand for. */
export interface Causes {
  /** Why a request has no response, as far as that was observed on the network or follows from the request; '' where nothing was. */
  of(record: FetchRecord): string
  /** Where it went, as far as that was observed: `302 → https://cdn.example/a.mp3 · 200`; '' where it was not. */
  way(record: FetchRecord): string
}

function counted(all: Iterable<Pick<FetchRecord, 'method' | 'url'>>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return counts
}

/** What is known of the requests of a fetch now. */
export function causesOf(fetch: Fetch): Causes {
  const { network, requests, scope } = fetch
  const sent = new Map([...network.values()].map((one) => [keyOf(one), one]))
  const [observed, all] = [counted(network.values()), counted(requests?.records ?? [])]
  const origin = originOfFetch(fetch)

  /** A request as the browser sent it; null where that was not observed, or several are of one URL. */
  const sentAs = (record: FetchRecord): ObservedRequest | null => {
    const key = keyOf(record)
    const isAlone = (observed.get(key) ?? 0) <= 1 && (all.get(key) ?? 0) <= 1
    return isAlone ? (sent.get(key) ?? null) : null
  }

  return {
    of(record) {
      const isPending = record.state === 'pending'
      if (!isPending && !lacksResponse(record)) return ''
      const unsent = isPending ? '' : unsentText(record, scope)
      if (unsent) return unsent
      const one = sentAs(record)
      const cause = one ? causeOf(one, origin) : ''
      // The browser tries some again, and reports nothing of that.
      return cause && t(isPending ? 'cause_first_attempt' : 'cause_attempt', cause)
    },
    way(record) {
      const one = sentAs(record)
      return one ? chainText(one, origin) : ''
    },
  }
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

const named = ({ method, url }: Pick<FetchRecord, 'method' | 'url'>) =>
  `${oneLine(method, 30)} ${oneLine(lastPart(url), 120)}`

function failures(fetch: Fetch): Failure[] {
  const records = recordsOf(fetch)
  const { failureReason } = fetch.attributes
  if (records.length === 0) {
    return [...fetch.network.values()].map((one) => {
      const isOther = failureReason === 'fetch-error' && hasResponse(one)
      const cause = isOther ? '' : causeOf(one, originOfFetch(fetch))
      return { request: named(one), cause: cause && t('cause_attempt', cause) }
    })
  }
  const causes = causesOf(fetch)
  const isBad = (record: FetchRecord) => record.state === 'ready' && isBadStatus(record.status ?? 0)
  const failure = (record: FetchRecord): Failure => ({
    request: named(record),
    // It ends no fetch as fetch-error: that was another request.
    cause: !isBad(record) ? causes.of(record) : failureReason === 'fetch-error' ? '' : statusText(record),
  })
  // What keeps a request from being sent makes no bad-status, where a status may have made it.
  const ordered =
    failureReason === 'bad-status' ? [...records].sort((a, b) => +isBad(b) - +isBad(a)) : records
  return ordered.map(failure)
}

const statusText = ({ status }: FetchRecord) => t('cause_status', status ?? 0)

/**
 * The requests of a fetch that has failed that are known to have no response that the page can read, those with an error first; '' where
 * none is. Whether one came that CORS keeps from the page is not known.
 */
function unanswered(fetch: Fetch): string {
  const without = recordsOf(fetch).filter((record) => record.state !== 'unknown' && lacksResponse(record))
  const [first] = [...without.filter(({ error }) => error !== ''), ...without]
  if (!first) return ''
  const what = t('why_request', named(first), t('why_unanswered'))
  return without.length > 1 ? t('why_unanswered_more', what, without.length - 1) : what
}

/**
 * Why a fetch failed, in a sentence: its first request with a cause that is known, and how many more have one; else its first
 * request without a response that the page can read. '' where none is known, or where it did not fail.
 */
export function whyFailed(fetch: Fetch): string {
  const { result, failureReason, downloadTotal } = fetch.attributes
  if (result !== 'failure' || failureReason === 'aborted') return ''
  if (failureReason === 'quota-exceeded') {
    const size = promised(fetch)
    return size > 0 ? t('why_quota', bytes(size)) : ''
  }
  if (failureReason === 'download-total-exceeded') {
    const size = promised(fetch)
    return size > downloadTotal
      ? t('why_over_total', bytes(size), bytes(downloadTotal))
      : t('why_total', bytes(downloadTotal))
  }
  const [first, ...others] = failuresOf(fetch)
  if (!first) return unanswered(fetch)
  const why = t('why_request', first.request, first.cause)
  return others.length > 0 ? t('why_and_more', why, others.length) : why
}

/**
 * Why a request of a fetch that failed has no response, or has a bad one, as a sentence; '' where the cause is not known, or where
 * it is no request that failed.
 */
export function causeOfRequest(fetch: Fetch): string {
  const { failureReason } = fetch.attributes
  const isOfRequest = failureReason === 'fetch-error' || failureReason === 'bad-status'
  return isOfRequest && failuresOf(fetch).length > 0 ? whyFailed(fetch) : ''
}

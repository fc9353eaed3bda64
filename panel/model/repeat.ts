import type { FetchRecord } from '../../protocol/attributes'
import { MAX_URL } from '../../protocol/attributes'
import type { NewRequest } from '../../protocol/new-fetch'
import { MAX_SEEN_REQUESTS, type SeenRequest } from '../../protocol/seen-requests'
import { recordsOf } from './audit/evidence/outcomes'
import type { Fetch } from './session/view'

/**
 * What is known of the requests of a fetch, so that it can be started again. `unread`: not all of them were read.
 * `bodies`: they have bodies, which nobody can read.
 */
export type Repeatable =
  | {
      readonly ok: true
      readonly requests: readonly SeenRequest[]
      /** Their headers were seen too; otherwise they would be sent without. */
      readonly headersKnown: boolean
    }
  | { readonly ok: false; readonly why: 'unread' }
  /** All is known but the bodies. */
  | { readonly ok: false; readonly why: 'bodies'; readonly requests: readonly SeenRequest[] }

/** Methods of requests that never have a body. */
const BODILESS = new Set(['GET', 'HEAD'])

/** A request of this method never has a body. */
export const isBodiless = ({ method }: Pick<SeenRequest, 'method'>): boolean => BODILESS.has(method)

/** A URL of page data may be cut where it is long. */
const isCut = ({ url }: FetchRecord) => url.length >= MAX_URL

/**
 * Whether a fetch can be repeated, and with what.
 *
 * @param seen its requests as its page has seen them; null where that page does not know them any more
 */
export function repeatable(fetch: Fetch, seen: readonly SeenRequest[] | null): Repeatable {
  const { uploadTotal } = fetch.attributes
  const records = recordsOf(fetch)
  const total = fetch.requests?.total ?? records.length
  const requests =
    seen ??
    (total > 0 && total === records.length && total <= MAX_SEEN_REQUESTS && !records.some(isCut)
      ? records.map(({ method, url }): SeenRequest => ({ method, url, headers: [] }))
      : null)
  if (!requests) return { ok: false, why: 'unread' }
  // The bytes of all bodies are known before they are sent: 0 where there is none.
  const mayHaveBody = !requests.every(isBodiless)
  if (mayHaveBody && uploadTotal > 0) return { ok: false, why: 'bodies', requests }
  return { ok: true, requests, headersKnown: seen !== null }
}

/** The requests of a fetch with an empty body in the place of each that may have had one: it is to be written anew. */
export const withEmptyBodies = (requests: readonly SeenRequest[]): readonly NewRequest[] =>
  requests.map((request) => (isBodiless(request) ? request : { ...request, body: '' }))

/** An ID for a repetition: the one before with the next number that is not in use, `episode-2` after `episode`. */
export function nextId(id: string, used: ReadonlySet<string>): string {
  const [, base = '', number = ''] = /^(.*)-(\d{1,6})$/s.exec(id) ?? []
  // A number of the site's own is part of its ID.
  const [stem, from] = number && used.has(base) ? [base, Number(number) + 1] : [id, 2]
  for (let n = from; ; n++) {
    const next = `${stem}-${n}`
    if (!used.has(next)) return next
  }
}

import { type FetchRecord, MAX_URL, type RecordsPage } from '../../protocol/attributes'
import type { BackgroundFetchRecord, BackgroundFetchRegistration } from './platform'
import { needsPreflight } from './request-traits'
import { cut, errorText } from './snapshot'
import { createBudget } from './storage/budget'
import { countBody, isEncoded, release } from './storage/caches'

/** Bytes of one body, and of all bodies, that are counted; and the milliseconds that this may take. */
const MAX_BODY = 8 * 2 ** 20
const MAX_BODIES = 32 * 2 ** 20
const COUNTING = 300
/** How long a record of a fetch that has ended may take to say what came of it, in milliseconds. */
const CONCLUDING = 100

const pending = Symbol('pending')

/** With 0, a macrotask later, so that a response that is there already wins. */
const settledWithin = <T>(milliseconds: number, promise: Promise<T>): Promise<T | typeof pending> =>
  Promise.race([
    promise,
    new Promise<typeof pending>((resolve) => setTimeout(resolve, milliseconds, pending)),
  ])

const unanswered = ({ request }: BackgroundFetchRecord, index: number): FetchRecord => ({
  index,
  method: cut(request.method, 200),
  url: cut(request.url, MAX_URL),
  state: 'pending',
  status: null,
  statusText: '',
  responseType: '',
  contentType: '',
  contentLength: null,
  encoded: false,
  bodySize: null,
  redirected: false,
  responseUrl: '',
  needsPreflight: needsPreflight(request, globalThis.origin),
  error: '',
})

/** A network error stands in the place of a response that did not come. */
const isNoResponse = ({ type, status }: Response) => type === 'error' || (status === 0 && type === 'default')

/** A response has no fragment in its URL, and one that a script made has no URL. */
const isSameUrl = (response: string, request: string) =>
  response === '' || response === request.replace(/#.*$/, '')

/** Reads a record as it is once `ready` says what came, or that nothing has come yet. */
async function readRecord(
  record: BackgroundFetchRecord,
  index: number,
  ready: Promise<Response | typeof pending>,
  sizeOf?: (response: Response) => Promise<number | null>,
): Promise<FetchRecord> {
  const base = unanswered(record, index)
  try {
    const response = await ready
    if (response === pending) return base
    const { headers } = response
    const length = headers.get('content-length')
    const missing = isNoResponse(response)
    const bodySize = sizeOf && !missing ? await sizeOf(response) : null
    release(response)
    return {
      ...base,
      state: missing ? 'no-response' : 'ready',
      status: response.status,
      statusText: cut(response.statusText, 200),
      responseType: response.type,
      contentType: cut(headers.get('content-type') ?? '', 200),
      contentLength: length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null,
      encoded: isEncoded(headers),
      bodySize,
      redirected: response.redirected,
      responseUrl: isSameUrl(response.url, record.request.url) ? '' : cut(response.url, MAX_URL),
    }
  } catch (error) {
    return { ...base, state: 'failed', error: errorText(error) }
  }
}

/** Counts the bytes of small bodies, as long as there is time. A large body is never read to its end. */
function createCounter(): (response: Response) => Promise<number | null> {
  const budget = createBudget(COUNTING)
  let left = MAX_BODIES
  return async (response) => {
    const limit = Math.min(MAX_BODY, left)
    // Where more is promised than is counted, reading it would tell nothing.
    if (limit <= 0 || Number(response.headers.get('content-length')) > limit || budget.over) {
      return null
    }
    left -= limit
    const size = await countBody(response, limit, budget)
    left += limit - (size ?? limit)
    return size
  }
}

interface Reading {
  /** Is called with each response that comes later, or fails to. */
  readonly came?: (record: FetchRecord) => void
  /** The fetch has ended: no record stays pending for long, and the bytes of the bodies are counted. */
  readonly concluding?: boolean
}

/**
 * Reads a window of the records of a fetch: method, URL, and status, type and size where a response is
 * there. Says `released` once the browser has released them.
 */
export async function readRecords(
  registration: BackgroundFetchRegistration,
  offset: number,
  limit: number,
  { came, concluding = false }: Reading = {},
): Promise<RecordsPage> {
  try {
    const all = await registration.matchAll()
    // A fetch has one at least: what was released meanwhile is not reported as nothing.
    if (all.length === 0) return { ok: false, reason: 'released' }
    const sizeOf = concluding ? createCounter() : undefined
    const records = await Promise.all(
      all
        .slice(offset, offset + limit)
        .map((record, i) =>
          readRecord(
            record,
            offset + i,
            settledWithin(concluding ? CONCLUDING : 0, record.responseReady),
            sizeOf,
          ),
        ),
    )
    if (came) {
      for (const { index, state } of records) {
        const record = all[index]
        if (record && state === 'pending') {
          void readRecord(record, index, record.responseReady).then(came)
        }
      }
    }
    return { ok: true, total: all.length, offset, records }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') {
      return { ok: false, reason: 'released' }
    }
    return { ok: false, reason: errorText(error) }
  }
}

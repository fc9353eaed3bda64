import { type FetchRecord, MAX_URL, type RecordsPage, withoutResponse } from '../../protocol/attributes'
import type { BackgroundFetchRecord, BackgroundFetchRegistration } from './platform'
import { needsPreflight } from './request-traits'
import { cut, errorText } from './snapshot'
import { createBudget } from './storage/reading/budget'
import { isEncoded, type ReadBody, readBody, release } from './storage/reading/caches'

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

interface Answer {
  readonly response: Promise<Response>
  /** It is not waited for any more. */
  leave(): void
}

/**
 * The response of a record. The browser keeps the promise of one that never comes for as long as the document lives, and
 * everything that waits for it: `leave()` frees that.
 */
function answerOf({ responseReady }: BackgroundFetchRecord): Answer {
  let settle: { resolve(response: Response): void; reject(error: unknown): void } | undefined
  const response = new Promise<Response>((resolve, reject) => {
    settle = { resolve, reject }
  })
  responseReady.then(
    (response) => settle?.resolve(response),
    (error) => settle?.reject(error),
  )
  return {
    response,
    leave() {
      settle = undefined
    },
  }
}

/** The request asks for a part of its resource. */
const hasRange = ({ request }: BackgroundFetchRecord): boolean => request.headers.has('range')

const unanswered = ({ request }: BackgroundFetchRecord, index: number): FetchRecord =>
  withoutResponse({
    index,
    method: cut(request.method, 200),
    url: cut(request.url, MAX_URL),
    state: 'pending',
    needsPreflight: needsPreflight(request, globalThis.origin),
  })

type Read = (response: Response, drops: boolean) => Promise<ReadBody | null>

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
  read?: Read,
): Promise<FetchRecord> {
  const base = unanswered(record, index)
  try {
    const response = await ready
    if (response === pending) return base
    const { headers } = response
    const length = headers.get('content-length')
    const missing = isNoResponse(response)
    const ranged = hasRange(record)
    const body = read && !missing ? await read(response, ranged && response.status === 200) : null
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
      bodySize: body?.size ?? null,
      bodyDigest: body?.digest ?? null,
      redirected: response.redirected,
      responseUrl: isSameUrl(response.url, record.request.url) ? '' : cut(response.url, MAX_URL),
      ...(ranged ? { hasRange: true } : {}),
    }
  } catch (error) {
    return { ...base, state: 'failed', error: errorText(error) }
  }
}

/**
 * Reads small bodies, as long as there is time. A large body is never read to its end.
 *
 * @param drops the browser drops the body, whatever is promised
 */
function createReader(): Read {
  const budget = createBudget(COUNTING)
  let left = MAX_BODIES
  return async (response, drops) => {
    const limit = Math.min(MAX_BODY, left)
    // Where more is promised than is counted, reading it would tell nothing.
    const promised = drops ? 0 : Number(response.headers.get('content-length'))
    if (limit <= 0 || promised > limit || budget.over) return null
    left -= limit
    const body = await readBody(response, limit, budget)
    left += limit - (body?.size ?? limit)
    return body
  }
}

interface Reading {
  /** Is called with each response that comes later, or fails to. */
  readonly came?: (record: FetchRecord) => void
  /** Is called with all requests of the fetch, before any response is looked at. */
  readonly requests?: ((all: readonly Request[]) => void) | undefined
  /** Ends the wait for them. */
  readonly until?: AbortSignal
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
  { came, requests, until, concluding = false }: Reading = {},
): Promise<RecordsPage> {
  try {
    const all = await registration.matchAll()
    // A fetch has one at least: what was released meanwhile is not reported as nothing.
    if (all.length === 0) return { ok: false, problem: { kind: 'released' } }
    requests?.(all.map(({ request }) => request))
    const readBody = concluding ? createReader() : undefined
    const read = all.slice(offset, offset + limit).map((record, i) => ({
      record,
      index: offset + i,
      answer: answerOf(record),
    }))
    const records = await Promise.all(
      read.map(({ record, index, answer }) =>
        readRecord(record, index, settledWithin(concluding ? CONCLUDING : 0, answer.response), readBody),
      ),
    )
    for (const [i, { record, index, answer }] of read.entries()) {
      if (!came || until?.aborted || records[i]?.state !== 'pending') {
        answer.leave()
        continue
      }
      until?.addEventListener('abort', answer.leave)
      void readRecord(record, index, answer.response).then(came)
    }
    return { ok: true, total: all.length, offset, records }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') {
      return { ok: false, problem: { kind: 'released' } }
    }
    return { ok: false, problem: { kind: 'error', detail: errorText(error) } }
  }
}

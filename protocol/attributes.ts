import * as v from 'valibot'
import { Bytes, Count, Digest, List, Size, Status } from './numbers'

export const results = ['', 'success', 'failure'] as const
const failureReasons = [
  '',
  'aborted',
  'bad-status',
  'fetch-error',
  'quota-exceeded',
  'download-total-exceeded',
] as const

/**
 * The attributes of a `BackgroundFetchRegistration`, read at one moment. 0 as a total means that it is not known.
 * https://wicg.github.io/background-fetch/#background-fetch-registration
 */
export const FetchAttributes = v.object({
  uploadTotal: Bytes,
  uploaded: Bytes,
  downloadTotal: Bytes,
  downloaded: Bytes,
  result: v.picklist(results),
  failureReason: v.picklist(failureReasons),
  recordsAvailable: v.boolean(),
})
export type FetchAttributes = v.InferOutput<typeof FetchAttributes>

/** URLs of requests are page data of any length; the bridge cuts them to this many characters. */
export const MAX_URL = 4096
const short = v.pipe(v.string(), v.maxLength(200))

/** What became of a request of a fetch, as far as its `BackgroundFetchRecord` reports. */
export const FetchRecord = v.object({
  index: Count,
  method: short,
  url: v.pipe(v.string(), v.maxLength(MAX_URL)),
  /**
   * `pending`: no response yet, and the fetch runs. `ready`: a response came. `no-response`: a network error stands in
   * its place (type `error`, status 0). `failed`: `responseReady` rejected. `unknown`: pending when it was last read,
   * and released before it could be read again.
   */
  state: v.picklist(['pending', 'ready', 'no-response', 'failed', 'unknown']),
  status: v.nullable(Status),
  statusText: short,
  responseType: short,
  contentType: short,
  /** Content-Length of the response in bytes, where the page may read it: of the encoded body when `encoded`. */
  contentLength: Size,
  /** It has a Content-Encoding: the body is longer or shorter than Content-Length. */
  encoded: v.boolean(),
  /** Bytes of the body that arrived, where they could be read without loading it. */
  bodySize: Size,
  bodyDigest: Digest,
  redirected: v.boolean(),
  /** The response's own URL where it is another one than the request's; '' otherwise. */
  responseUrl: v.pipe(v.string(), v.maxLength(MAX_URL)),
  /** The request as sent has a body, or headers or a method for which CORS asks first; null where it is not known. */
  needsPreflight: v.nullable(v.boolean()),
  /** The request has a `Range` header; not there where it has none, or that was not read. */
  hasRange: v.optional(v.boolean()),
  error: v.pipe(v.string(), v.maxLength(1024)),
})
export type FetchRecord = v.InferOutput<typeof FetchRecord>

/** It has failed: no response will come, or a network error stands in its place, such as one without CORS headers. */
export const hasFailed = ({
  state,
  status,
  responseType,
}: Pick<FetchRecord, 'state' | 'status' | 'responseType'>): boolean =>
  state === 'no-response' ||
  state === 'failed' ||
  (state === 'ready' && status === 0 && !responseType.startsWith('opaque'))

/** A request of which no response is known. */
export const withoutResponse = (
  request: Pick<FetchRecord, 'index' | 'method' | 'url' | 'state' | 'needsPreflight'>,
): FetchRecord => ({
  ...request,
  status: null,
  statusText: '',
  responseType: '',
  contentType: '',
  contentLength: null,
  encoded: false,
  bodySize: null,
  bodyDigest: null,
  redirected: false,
  responseUrl: '',
  error: '',
})

/** Why the records of a fetch can't be read. */
export const RecordsProblem = v.variant('kind', [
  /** The browser has released them, or the page has no such fetch. */
  v.object({ kind: v.literal('released') }),
  v.object({ kind: v.literal('page-gone') }),
  /** What the page answered is no window on records. */
  v.object({ kind: v.literal('bad-answer') }),
  /** `detail` is the browser's own text. */
  v.object({ kind: v.literal('error'), detail: v.pipe(v.string(), v.maxLength(1024)) }),
])
export type RecordsProblem = v.InferOutput<typeof RecordsProblem>

/** A window on the records of a fetch, or why there is none. */
export const RecordsPage = v.union([
  v.object({ ok: v.literal(true), total: Count, offset: Count, records: List(FetchRecord) }),
  v.object({ ok: v.literal(false), problem: RecordsProblem }),
])
export type RecordsPage = v.InferOutput<typeof RecordsPage>

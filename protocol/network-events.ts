import * as v from 'valibot'
import { MAX_URL } from './attributes'
import { Handle } from './handle'
import { List, Size, Status } from './numbers'

const url = v.pipe(v.string(), v.maxLength(MAX_URL))
const short = v.pipe(v.string(), v.maxLength(1024))
/** Names a request among all of the browser; one that was redirected goes on under its name. */
const request = v.pipe(v.string(), v.maxLength(100))

/**
 * Whether the requests of background fetches are observed from now on: a person has given the permission for it. `removed`: the
 * permission was taken back; else nobody watches the tab any more.
 */
export const NetworkObserved = v.object({
  type: v.literal('network-observed'),
  on: v.boolean(),
  removed: v.boolean(),
})
export type NetworkObserved = v.InferOutput<typeof NetworkObserved>

/** The browser begins to send a request of the fetch. */
export const NetworkRequest = v.object({
  type: v.literal('network-request'),
  handle: Handle,
  request,
  method: v.pipe(v.string(), v.maxLength(200)),
  url,
})
export type NetworkRequest = v.InferOutput<typeof NetworkRequest>

/** The head of a response has come: of those headers only what is named here is read. */
export const NetworkResponse = v.object({
  type: v.literal('network-response'),
  handle: Handle,
  request,
  /** That has answered: not the request's own one after a redirect. */
  url,
  status: Status,
  /** Where the response leads on to; '' where it is no redirect. */
  redirect: url,
  /** `Origin` as it was sent; null where it was not, or is not known. */
  origin: v.nullable(short),
  /** Values of `Access-Control-Allow-Origin` and `Access-Control-Allow-Credentials`; null where there is no such header. */
  allowOrigin: v.nullable(short),
  allowCredentials: v.nullable(short),
  /** `Content-Length`, and whether there is a `Content-Encoding`. */
  contentLength: Size,
  encoded: v.boolean(),
})
export type NetworkResponse = v.InferOutput<typeof NetworkResponse>

/** The request is over: its response is whole, or `error` says in the browser's words why there is none. */
export const NetworkEnd = v.object({
  type: v.literal('network-end'),
  handle: Handle,
  request,
  /** Such as `net::ERR_CONNECTION_REFUSED`; '' where nothing failed. */
  error: short,
})
export type NetworkEnd = v.InferOutput<typeof NetworkEnd>

/** A request that may be of several fetches: what became of it. */
export const NetworkUnattributed = v.object({
  type: v.literal('network-unattributed'),
  handles: List(Handle),
  method: v.pipe(v.string(), v.maxLength(200)),
  url,
  /** Of the last response; null where none came. */
  status: v.nullable(Status),
  error: short,
})
export type NetworkUnattributed = v.InferOutput<typeof NetworkUnattributed>

/** What is observed of the requests of background fetches, where a person has given the permission for it. */
export const NetworkBody = v.variant('type', [
  NetworkObserved,
  NetworkRequest,
  NetworkResponse,
  NetworkEnd,
  NetworkUnattributed,
])
export type NetworkBody = v.InferOutput<typeof NetworkBody>

import * as v from 'valibot'
import { Bytes } from './numbers'
import { MAX_TEXT } from './page-events'
import { MAX_SEEN_REQUESTS, SeenRequest } from './seen-requests'

/** The longest body of a request that is started from the panel, in characters. */
export const MAX_BODY = 2_000_000

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT))

/**
 * What else a request is made with: https://fetch.spec.whatwg.org/#requestinit, as far as a background fetch may have it and text
 * can say it.
 */
export const RequestOptions = v.strictObject({
  mode: v.exactOptional(v.picklist(['cors', 'same-origin'])),
  credentials: v.exactOptional(v.picklist(['omit', 'same-origin', 'include'])),
  cache: v.exactOptional(
    v.picklist(['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached']),
  ),
  redirect: v.exactOptional(v.picklist(['follow', 'error', 'manual'])),
  // Chromium 156 crashes when a background fetch begins whose request has an empty one.
  referrer: v.exactOptional(v.pipe(text, v.nonEmpty())),
  referrerPolicy: v.exactOptional(
    v.picklist([
      '',
      'no-referrer',
      'no-referrer-when-downgrade',
      'same-origin',
      'origin',
      'strict-origin',
      'origin-when-cross-origin',
      'strict-origin-when-cross-origin',
      'unsafe-url',
    ]),
  ),
  integrity: v.exactOptional(text),
})
export type RequestOptions = v.InferOutput<typeof RequestOptions>

/** A request that is to be made. */
export const NewRequest = v.strictObject({
  ...SeenRequest.entries,
  body: v.exactOptional(v.pipe(v.string(), v.maxLength(MAX_BODY))),
  options: v.exactOptional(RequestOptions),
})
export type NewRequest = v.InferOutput<typeof NewRequest>

/** A background fetch that is to be started. The bridge checks it before it makes any request. */
export const NewFetch = v.strictObject({
  kind: v.literal('new-fetch'),
  scope: text,
  // An empty ID makes Chromium end the page's process.
  id: v.pipe(text, v.nonEmpty()),
  title: text,
  requests: v.pipe(v.array(NewRequest), v.minLength(1), v.maxLength(MAX_SEEN_REQUESTS)),
  /** 0 for none. */
  downloadTotal: Bytes,
  /** The browser is to allow the site to start it without a click, where the extension may say so. */
  allow: v.boolean(),
})
export type NewFetch = v.InferOutput<typeof NewFetch>

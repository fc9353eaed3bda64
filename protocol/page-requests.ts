import * as v from 'valibot'
import { type Deletable, DeletionOutcome } from './deletions'
import type { Forced } from './forced-endings'
import type { Handle } from './handle'
import type { NewFetch } from './new-fetch'
import { MAX_PAGE_TEXT, MAX_SEEN_REQUESTS, SeenRequest } from './seen-requests'

const short = v.pipe(v.string(), v.maxLength(1024))

/** Something that a person asks for, and that only a page of the origin can do. */
export type PageRequest =
  /** https://w3c.github.io/ServiceWorker/#service-worker-registration-update */
  | { readonly kind: 'update'; readonly scope: string }
  /** https://w3c.github.io/ServiceWorker/#navigator-service-worker-unregister */
  | { readonly kind: 'unregister'; readonly scope: string }
  /** Starts the active worker with an empty `message` event. */
  | { readonly kind: 'start-worker'; readonly scope: string }
  /** Starts a background fetch of the page's own URL. */
  | { readonly kind: 'test-fetch' }
  /** Which requests the page has seen a fetch to have. */
  | { readonly kind: 'seen-requests'; readonly handle: Handle }
  /** Starts a background fetch; `forced`: how the background is to make it end, which the page does not hear of. */
  | (NewFetch & { readonly forced?: Forced })
  /** Deletes an item that was left by a fetch; what became of it is reported too. */
  | {
      readonly kind: 'delete-item'
      readonly handle: Handle
      readonly scope: string
      readonly item: Deletable
    }
  /** Reads a text of the page's own origin. */
  | { readonly kind: 'text'; readonly url: string }

/** What became of it. */
export const PageAnswer = v.variant('ok', [
  v.object({
    ok: v.literal(true),
    /** An update found another script. */
    changed: v.optional(v.boolean()),
    /** What became of a deletion. */
    deletion: v.optional(DeletionOutcome),
    /** The text that was asked for. */
    text: v.optional(v.pipe(v.string(), v.maxLength(MAX_PAGE_TEXT))),
    /** The requests that were asked for; missing where the page does not know all of them. */
    requests: v.optional(v.pipe(v.array(SeenRequest), v.maxLength(MAX_SEEN_REQUESTS))),
  }),
  v.object({
    ok: v.literal(false),
    /**
     * `page-gone`: no page of the origin is there to ask. `no-worker`: it has no such registration, or none with an
     * active worker. `foreign`: not of its origin. `too-long`: longer than what is read. `rejected`: the browser or
     * the server refused, in the words of `detail`. `bad-answer`: the page answered something else. `bad-request`: what it
     * was asked does not fit its schema, and was not done.
     */
    reason: v.picklist([
      'page-gone',
      'no-worker',
      'foreign',
      'too-long',
      'rejected',
      'bad-answer',
      'bad-request',
    ]),
    detail: short,
  }),
])
export type PageAnswer = v.InferOutput<typeof PageAnswer>

/** An answer of a reason alone. */
export const refusal = (
  reason: Extract<PageAnswer, { ok: false }>['reason'],
  detail = '',
): Extract<PageAnswer, { ok: false }> => ({ ok: false, reason, detail: detail.slice(0, 1024) })

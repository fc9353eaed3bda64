import * as v from 'valibot'
import { NetworkBody } from './network-events'
import { Seq, Time } from './numbers'
import { PageBody } from './page-events'
import { SessionBody } from './session-events'
import { StorageChanged } from './storage-events'
import { WorkerBody } from './worker-events'

/**
 * Where an event was observed: `panel` asked, `page` and `worker` saw, `storage` is the origin's storage, `network` the browser's
 * requests.
 */
export const sources = ['panel', 'page', 'worker', 'storage', 'network'] as const
export type Source = (typeof sources)[number]

/**
 * What a producer reports. `seq` counts from 1 without gaps, `at` is the producer's clock in epoch
 * milliseconds with fractions (`performance.timeOrigin + performance.now()`).
 */
export const Reported = <T extends v.GenericSchema>(body: T) => v.object({ seq: Seq, at: Time, body })

export const PageReport = Reported(PageBody)
export type PageReport = v.InferOutput<typeof PageReport>

export const Body = v.variant('type', [PageBody, SessionBody, WorkerBody, NetworkBody, StorageChanged])
export type Body = v.InferOutput<typeof Body>

const name = v.pipe(v.string(), v.maxLength(200))

/** One entry of a session's stream: (producer, seq) is unique in it. */
export const SessionEvent = v.object({
  producer: name,
  seq: Seq,
  at: Time,
  source: v.picklist(sources),
  /** The document that it is about, for what comes from a page. */
  document: v.nullable(name),
  /** The storage key of that document: its origin, with the top-level site when partitioned. */
  storageKey: v.nullable(v.pipe(v.string(), v.maxLength(1000))),
  body: Body,
})
export type SessionEvent = v.InferOutput<typeof SessionEvent>

export type BodyOf<T extends Body['type']> = Extract<Body, { type: T }>

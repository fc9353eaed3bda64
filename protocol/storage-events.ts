import * as v from 'valibot'
import { FetchRecord } from './attributes'
import { Handle } from './handle'
import { Bytes, Count, Duration, List, Time } from './numbers'
import { Gap } from './storage-gaps'
import { RemovedItem, StorageItem } from './storage-items'

/** Work that goes on after the event has ended shows within this time, in milliseconds. */
export const QUIET_AFTER_EVENT = 1500
/** What changes after that is still judged where it comes within this time after the event, in milliseconds. */
export const LATER_CHANGES = 60_000

const text = v.pipe(v.string(), v.maxLength(4096))
const count = v.nullable(Count)

/** Bytes by kind, as `navigator.storage.estimate()` reports. */
export const Usage = v.object({ total: Bytes, details: v.pipe(v.record(text, Bytes), v.maxEntries(1000)) })
export type Usage = v.InferOutput<typeof Usage>

/** How many items a cache or an object store holds, now and in the baseline; null where it is not known. */
const ItemCount = v.object({
  area: v.picklist(['cache-storage', 'indexeddb']),
  /** Database of an object store; '' for a cache. */
  container: text,
  name: text,
  now: count,
  before: count,
})

/** Caches that were deleted since the baseline, and that `navigator.storage.estimate()` still counts. */
export const DeletedCaches = v.object({
  names: List(text),
  bytes: Bytes,
  /** By how many bytes that is more than they had at the baseline. */
  grown: Bytes,
  /** No cache is left that anything else may have come into. */
  alone: v.optional(v.boolean()),
})
export type DeletedCaches = v.InferOutput<typeof DeletedCaches>

/** The origin's storage at one stage of a fetch, compared with the baseline. */
export const StorageSnapshot = v.object({
  type: v.literal('storage-snapshot'),
  handle: Handle,
  /**
   * `started`: the fetch was found, or a moment later. `settled`: it has a result. `event-ended`: the worker's event
   * has ended, or a first look after an unregistration. `final`: a quiet time later. `later`: something changed after that.
   */
  when: v.picklist(['started', 'settled', 'event-ended', 'final', 'later']),
  /** Of a `later` one: when the change was seen for the first time, in epoch milliseconds. */
  changedAt: v.optional(Time),
  /**
   * What it is compared with: the storage `before` the fetch began, or as it was when the fetch was found while it ran
   * already (`first-seen`); `none` when neither could be read.
   */
  baseline: v.picklist(['before', 'first-seen', 'none']),
  /** When the baseline was read, in epoch milliseconds; null when there is none. */
  baselineAt: v.nullable(Time),
  /** Everything that is added or changed, or whose age is not known, and everything that mentions the fetch. */
  items: List(StorageItem),
  /** What the baseline had and is gone, up to a bound. */
  removed: List(RemovedItem),
  counts: List(ItemCount),
  usage: v.nullable(Usage),
  usageBefore: v.nullable(Usage),
  /** Deleted caches that the browser still counts, where that explains the bytes that it counts. */
  deletedCaches: v.optional(DeletedCaches),
  gaps: List(Gap),
  /** How long it took, in milliseconds. */
  took: Duration,
})
export type StorageSnapshot = v.InferOutput<typeof StorageSnapshot>

/** The storage was read long enough ago for what a fetch brings to be distinguished from what was there. */
export const StorageBaseline = v.object({
  type: v.literal('storage-baseline'),
  caches: Count,
  stores: Count,
  files: Count,
  gaps: List(Gap),
})
export type StorageBaseline = v.InferOutput<typeof StorageBaseline>

/** What had become of each request when the fetch settled. */
export const RequestOutcomes = v.object({
  type: v.literal('request-outcomes'),
  handle: Handle,
  total: Count,
  /** The first of them, up to a bound. */
  records: List(FetchRecord),
  /** Why there are none, or why they are what was known before; null when all were read. */
  problem: v.nullable(
    v.variant('kind', [
      /** The browser released them before they could be read. */
      v.object({ kind: v.literal('released') }),
      v.object({ kind: v.literal('unregistered') }),
      v.object({ kind: v.literal('error'), detail: text }),
    ]),
  ),
})
export type RequestOutcomes = v.InferOutput<typeof RequestOutcomes>

/** The browser says that storage of the origin changed. */
export const StorageChanged = v.object({
  type: v.literal('storage-changed'),
  /** `…-list`: a cache or database was added or deleted; `…-content`: what is in one changed. */
  kind: v.picklist(['cache-list', 'cache-content', 'indexeddb-list', 'indexeddb-content']),
  origin: text,
  /** Name of the cache or database; '' for a list. */
  name: text,
  /** Name of the object store; '' for anything else. */
  store: text,
})
export type StorageChanged = v.InferOutput<typeof StorageChanged>

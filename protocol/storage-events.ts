import * as v from 'valibot'
import { FetchRecord } from './attributes'
import { Handle } from './handle'
import { Bytes, Count, Duration, List, Size, Status } from './numbers'

const text = v.pipe(v.string(), v.maxLength(4096))
const count = v.nullable(Count)

/** An entry of Cache Storage for a URL of the fetch. */
export const StoredEntry = v.object({
  cache: text,
  url: text,
  status: Status,
  responseType: text,
  /** Content-Length in bytes, where it is known. */
  size: Size,
  /** It was there before the fetch; null when nobody can tell. */
  before: v.nullable(v.boolean()),
})
export type StoredEntry = v.InferOutput<typeof StoredEntry>

/** A row of IndexedDB that was not there before the fetch. */
export const NewRow = v.object({
  database: text,
  store: text,
  key: text,
  /** Its key or its value mentions the fetch's id. */
  related: v.boolean(),
  /** Stands for its value: another value gives another text. */
  value: text,
  /** It was there when the fetch was seen first: whether it was before, nobody can tell. */
  atFirstSight: v.boolean(),
})
export type NewRow = v.InferOutput<typeof NewRow>

/** A file of the origin private file system that was not there before the fetch, or has grown since. */
export const NewFile = v.object({
  path: text,
  size: Bytes,
  related: v.boolean(),
  atFirstSight: v.boolean(),
})
export type NewFile = v.InferOutput<typeof NewFile>

/** Bytes by kind, as `navigator.storage.estimate()` tells. */
export const Usage = v.object({ total: Bytes, details: v.pipe(v.record(text, Bytes), v.maxEntries(1000)) })
export type Usage = v.InferOutput<typeof Usage>

/** The origin's storage at one moment of a fetch's life, beside what it was before. */
export const Stock = v.object({
  type: v.literal('stock'),
  handle: Handle,
  when: v.picklist(['seen', 'settled', 'over', 'later']),
  /**
   * What it is compared with: the storage `before` the fetch began, or at its `first-sight`, when it ran
   * already; `none` when that could not be read.
   */
  baseline: v.picklist(['before', 'first-sight', 'none']),
  caches: List(v.object({ name: text, count, before: count })),
  entries: List(StoredEntry),
  stores: List(v.object({ database: text, store: text, count, before: count })),
  rows: List(NewRow),
  files: List(NewFile),
  notifications: List(text),
  usage: v.nullable(Usage),
  usageBefore: v.nullable(Usage),
  /** What was not looked at, and why. */
  cuts: List(text),
  /** How long it took, in milliseconds. */
  took: Duration,
})
export type Stock = v.InferOutput<typeof Stock>

/** The storage was looked at long enough ago for what a fetch brings to be told from what was there. */
export const StorageKnown = v.object({
  type: v.literal('storage-known'),
  caches: Count,
  stores: Count,
  files: Count,
  cuts: List(text),
})
export type StorageKnown = v.InferOutput<typeof StorageKnown>

/** What had become of each request when the fetch settled. */
export const Fates = v.object({
  type: v.literal('fates'),
  handle: Handle,
  total: Count,
  /** The first of them, up to a bound. */
  records: List(FetchRecord),
  /** Why there are none. */
  problem: text,
})
export type Fates = v.InferOutput<typeof Fates>

/** The browser says that storage of the origin changed. */
export const StorageChanged = v.object({
  type: v.literal('storage-changed'),
  kind: v.picklist(['cache', 'indexeddb']),
  origin: text,
  /** Name of the cache or database. */
  name: text,
  /** Name of the object store; '' for a cache. */
  store: text,
})
export type StorageChanged = v.InferOutput<typeof StorageChanged>

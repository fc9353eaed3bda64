import * as v from 'valibot'
import { Bytes, Count, Status, Time } from './numbers'

const text = v.pipe(v.string(), v.maxLength(4096))

/** What every item says about its age and its relation to the fetch. */
const common = {
  /**
   * Against the baseline: `added`, `changed` (another value, size or status) or `same`. `unknown` where the
   * baseline does not say, as it was cut short there or there is none.
   */
  change: v.picklist(['added', 'changed', 'same', 'unknown']),
  /** It names the fetch: by its ID as a word of its own, or by the URL of one of its requests. */
  mentions: v.boolean(),
  /** When this page's bridge saw the item for the first Time, in epoch milliseconds; it may be older. */
  firstSeen: Time,
  /** It was in the first snapshot that the bridge took: how much older it is cannot be known. */
  mayBeOlder: v.boolean(),
}

/** A response in Cache Storage. */
export const CacheEntryItem = v.object({
  kind: v.literal('cache-entry'),
  cache: text,
  url: text,
  method: text,
  status: Status,
  responseType: text,
  /** Bytes of the stored body; null where it could not be read without loading it. */
  size: v.nullable(Bytes),
  /** Content-Length; null where it is missing, or counts an encoded body. */
  contentLength: v.nullable(Bytes),
  ...common,
})

/** A row of an IndexedDB object store. */
export const RowItem = v.object({
  kind: v.literal('row'),
  database: text,
  store: text,
  /** The key as text; the same key always gives the same text. */
  key: text,
  /** A short extract of the value; another value gives another text. */
  value: text,
  /** Bytes of the Blobs and buffers in the value, as far as it was read; null where it was not. */
  size: v.nullable(Bytes),
  /** Sizes of the Blobs and buffers in it, the largest first: a response may be among them. */
  bodies: v.array(Bytes),
  ...common,
})

/** A file or folder of the origin private file system. */
export const FileItem = v.object({ kind: v.literal('file'), path: text, size: Bytes, ...common })
export const DirectoryItem = v.object({ kind: v.literal('directory'), path: text, ...common })

/** A cache, database or object store as such, also when it is empty. */
export const CacheItem = v.object({ kind: v.literal('cache'), name: text, ...common })
export const DatabaseItem = v.object({
  kind: v.literal('database'),
  name: text,
  version: v.number(),
  ...common,
})
export const ObjectStoreItem = v.object({
  kind: v.literal('object-store'),
  database: text,
  name: text,
  ...common,
})

/** A key of localStorage, or of the page's sessionStorage. */
export const WebStorageItem = v.object({
  kind: v.picklist(['local-storage', 'session-storage']),
  key: text,
  /** A short extract of the value; another value gives another text. */
  value: text,
  /** Characters of the value. */
  length: Count,
  ...common,
})

/** A notification that the registration of the fetch shows. */
export const NotificationItem = v.object({
  kind: v.literal('notification'),
  tag: text,
  title: text,
  ...common,
})

/** Something that the origin stores. */
export const StorageItem = v.variant('kind', [
  CacheEntryItem,
  RowItem,
  FileItem,
  DirectoryItem,
  CacheItem,
  DatabaseItem,
  ObjectStoreItem,
  WebStorageItem,
  NotificationItem,
])
export type StorageItem = v.InferOutput<typeof StorageItem>
export type ItemOf<K extends StorageItem['kind']> = Extract<StorageItem, { kind: K }>

/** An item that the baseline had and that is not there any more. */
export const RemovedItem = v.object({
  kind: v.picklist([
    'cache-entry',
    'row',
    'file',
    'directory',
    'cache',
    'database',
    'object-store',
    'local-storage',
    'session-storage',
    'notification',
  ]),
  /** Cache, `database/store` or '' for what stands at the top. */
  container: text,
  name: text,
  mentions: v.boolean(),
})
export type RemovedItem = v.InferOutput<typeof RemovedItem>

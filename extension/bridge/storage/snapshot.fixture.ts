import type { Handle } from '../../../protocol/handle'
import type { FoundEntry } from './reading/caches'
import { keyMark, keyText } from './reading/value-text'
import { keyOf } from './snapshot'
import type { Described, Snapshot, Stored } from './stored'

export const DATABASE = 'pod'
export const STORE = 'downloads'
export const HANDLE = 'b:1' as Handle

const stored = (
  place: Pick<Stored, 'kind' | 'container' | 'store' | 'name'>,
  item: Described,
  more: Partial<Stored>,
): Stored => ({ ...place, item, mark: '', named: new Set(), firstSeen: 0, mayBeOlder: true, ...more })

/** A row; its mark is its value. For tests. */
export const rowOf = (key: IDBValidKey, value = '', more: Partial<Stored> = {}): Stored =>
  stored(
    { kind: 'row', container: DATABASE, store: STORE, name: keyMark(key) },
    {
      kind: 'row',
      database: DATABASE,
      store: STORE,
      key: keyText(key),
      value,
      size: 0,
      bodies: [],
    },
    { mark: value, ...more },
  )

export const fileOf = (path: string, size = 1, more: Partial<Stored> = {}): Stored =>
  stored(
    { kind: 'file', container: '', store: '', name: path },
    { kind: 'file', path, size, digest: null },
    {
      mark: `${size}`,
      ...more,
    },
  )

export const cacheOf = (name: string): Stored =>
  stored({ kind: 'cache', container: '', store: '', name }, { kind: 'cache', name }, {})

export const databaseOf = (name: string, version = 1): Stored =>
  stored(
    { kind: 'database', container: '', store: '', name },
    { kind: 'database', name, version },
    {
      mark: `${version}`,
    },
  )

/** What an origin stores, where only some of it matters. For tests. */
export const snapshotOf = (items: readonly Stored[], more: Partial<Snapshot> = {}): Snapshot => ({
  at: 0,
  items: new Map(items.map((one) => [keyOf(one.kind, one.container, one.name, one.store), one])),
  rows: [],
  usage: { total: 0, details: {} },
  gaps: [],
  took: 1,
  ...more,
})

export const entryOf = (url: string, more: Partial<FoundEntry> = {}): FoundEntry => ({
  cache: 'media',
  url,
  status: 200,
  responseType: 'default',
  size: 1000,
  digest: 1,
  contentLength: 1000,
  bytes: 1400,
  mark: 'first',
  ...more,
})

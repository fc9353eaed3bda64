import type { Handle } from '../../../protocol/handle'
import type { Usage } from '../../../protocol/storage-events'
import type { Gap } from '../../../protocol/storage-gaps'
import type { RemovedItem, StorageItem } from '../../../protocol/storage-items'
import type { Place } from './gaps'

export type Kind = RemovedItem['kind']
/** `Omit` that keeps the variants of a union apart. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
/** What an item is, without what a comparison says of it. */
export type Described = Without<StorageItem, 'change' | 'mentions' | 'firstSeen' | 'mayBeOlder'>

/** An item as it was at one moment. */
export interface Stored extends Place {
  readonly name: string
  readonly item: Described
  /** Changes with the content; null where that was not read. */
  readonly mark: string | null
  /** The fetches that its content names, of those that were asked about. */
  readonly named: ReadonlySet<Handle>
  readonly firstSeen: number
  readonly mayBeOlder: boolean
}

/** All that the origin stores, at one moment, as far as it can be read within bounds. */
export interface Snapshot {
  readonly at: number
  readonly items: ReadonlyMap<string, Stored>
  /** Rows of each object store. */
  readonly rows: readonly { readonly database: string; readonly store: string; readonly count: number }[]
  readonly usage: Usage | null
  readonly gaps: readonly Gap[]
  readonly took: number
}

/** A snapshot while it is being taken. */
export interface Draft {
  readonly gaps: Gap[]
  readonly rows: { database: string; store: string; count: number }[]
  /** @param place says where it stands when that is not at the top */
  add(
    kind: Kind,
    container: string,
    name: string,
    item: Described,
    mark: string | null,
    named?: ReadonlySet<Handle>,
    store?: string,
  ): void
  /** The fetches that a text out of a value names. */
  namesIn(text: string): ReadonlySet<Handle>
}

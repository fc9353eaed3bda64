import type { FetchRecord } from '../../../../protocol/attributes'
import type { RemovedItem, StorageItem } from '../../../../protocol/storage-items'
import type { Finding } from '../finding'
import type { Reason } from './reasons'

/**
 * What became of one request: `stored`, or `stored-before` where it was in storage as it is before the fetch.
 * `stored-undated`: it is stored, and whether it was before the fetch is not known.
 * `answered`: the answer to an upload has done its work by arriving. `dropped`: it came, and is not found.
 * `stored-short`: less of it is stored than its headers promised. `incomplete`: it never came whole. `shared`: other requests have its URL.
 */
export type OutcomeKind =
  | 'stored'
  | 'stored-before'
  | 'stored-undated'
  | 'stored-short'
  | 'dropped'
  | 'answered'
  | 'incomplete'
  | 'no-response'
  | 'shared'
  | 'unknown'

export interface Outcome {
  readonly record: FetchRecord
  readonly outcome: OutcomeKind
  /** Items in which it was found. */
  readonly items: readonly StorageItem[]
  /** How many requests have its URL. */
  readonly sharing: number
  /** Of it and others that are equal, some are stored, and which of them is not known; null for any other. */
  readonly equal: EqualResponses | null
}

/** Responses of the same bytes, or of the same size where their bytes are not known. */
export interface EqualResponses {
  readonly stored: number
  readonly all: number
  /** Where those are. */
  readonly items: readonly StorageItem[]
}

/**
 * How an item is related to the fetch. `stored`: a complete response of it. `left`: it names the fetch. `other`: it names
 * another fetch. `shared`: what it names it by is that of another fetch as well. `new`: added or changed, and none of these.
 * `unsure`: it may be new, or may be of the next fetch of the ID.
 * `maybe-stored`: a complete response of it, if it is new.
 */
export type Relation = 'stored' | 'left' | 'other' | 'shared' | 'new' | 'unsure' | 'maybe-stored'

export interface JudgedItem {
  readonly item: StorageItem
  readonly relation: Relation
  /** The other fetch that it names, or whose response it is; '' for none. */
  readonly owner: string
  /** It is a complete response of another fetch. */
  readonly ofOther: boolean
  /** IDs of other fetches that it may belong to, as it names them as well or they ran while it came; the likeliest first. */
  readonly mayBeOf: readonly string[]
  /** It is not as it was when the event ended. */
  readonly late: boolean
  /** It is a new cache, database, store or folder, and is known to hold nothing. */
  readonly empty: boolean
  /** It was there after the event, and was removed later. */
  readonly gone: boolean
  /** It was removed by a button of this panel. */
  readonly isDeleted: boolean
  /** It was changed or named the fetch after the event, and was not listed as such when the storage was read later. */
  readonly reverted: boolean
  /** It is as it was before anything of the fetch had arrived, as far as its content was read. */
  readonly fromBefore: boolean
}

/** Bytes that an origin uses more than before the fetch, and no item that was read accounts for. */
export interface Growth {
  readonly area: 'cache-storage' | 'indexeddb' | 'files'
  readonly bytes: number
}

/** All that a verdict is made of, as it was known at one moment: it never changes afterwards. */
export interface Evidence {
  readonly id: string
  readonly seenAt: number
  readonly success: boolean
  readonly aborted: boolean
  readonly unregistered: boolean
  /** The storage was read a quiet time after the end. */
  readonly final: boolean
  /** The storage was read after the end. */
  readonly compared: boolean
  readonly wrong: readonly Finding[]
  readonly items: readonly JudgedItem[]
  /** What was there before the fetch, is gone, and names neither it nor another fetch of that time. */
  readonly removed: readonly RemovedItem[]
  /** What was new when the event had ended and was removed later, where that is known not to be the handler's work. */
  readonly removedLate: readonly StorageItem[]
  readonly growth: readonly Growth[]
  readonly outcomes: readonly Outcome[]
  /** What is known to be a complete response of it, by more than its size. */
  readonly responses: readonly StorageItem[]
  /** IDs of other fetches that ran since the storage was read that it is compared with. */
  readonly otherIds: readonly string[]
  readonly reasons: readonly Reason[]
  /** How old the storage was that it is compared with when the fetch was found, in milliseconds; negative where it was read later. */
  readonly baselineAge: number | null
  /** How long after the end of its event the storage was read, in milliseconds; null where either is not known. */
  readonly readAfter: number | null
  /** How long after the end of its event a change was seen that the storage was read again for, in milliseconds; null for none. */
  readonly changedAfter: number | null
  /** Bytes that had arrived. */
  readonly arrived: number
}

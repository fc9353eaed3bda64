import * as v from 'valibot'
import { DatabaseProblem } from './database-problem'
import { Bytes, Count, List, Time } from './numbers'

/** How long a tab is recorded without DevTools at most, in milliseconds. */
export const KEEP_FOR = 3 * 24 * 60 * 60_000

/** How many sessions that are over are kept; the oldest goes when there is one more. */
export const KEPT_BOUND = 20

const keepEnds = ['switched-off', 'tab-closed', 'tab-gone', 'restarted', 'too-long'] as const

/**
 * Why the recording of a tab came to its end. `restarted`: the browser, or the extension, was. `tab-gone`: the tab
 * is not there any more, and what became of it was not seen.
 */
export const KeepEnd = v.picklist(keepEnds)
export type KeepEnd = v.InferOutput<typeof KeepEnd>

const text = v.pipe(v.string(), v.maxLength(1000))

/** A recording that is over, without its events. */
export const KeptSession = v.object({
  id: text,
  /** Host and path of the page that the tab showed last; '' when it was never known. */
  title: text,
  startedAt: Time,
  endedAt: Time,
  why: KeepEnd,
  /** How many events it has, and how long they are as text. */
  events: Count,
  bytes: Bytes,
  /** How many events there were no room for. */
  lost: Count,
  /** It is in memory only, because it could not be written to disk. */
  unsaved: v.optional(v.boolean()),
  /** Titles of older sessions that were let go of to make room for this one. */
  replaced: List(text),
})
export type KeptSession = v.InferOutput<typeof KeptSession>

/** The recordings that are over. */
export const KeptList = v.object({
  sessions: v.array(KeptSession),
  /** How many of those on disk are not what a recording is. */
  unreadable: Count,
  /** Why those on disk can't be read; null when they can. */
  problem: v.nullable(DatabaseProblem),
})
export type KeptList = v.InferOutput<typeof KeptList>

/** Some of the events of a recording; each is to be checked by itself. */
export const KeptPage = v.object({
  events: v.pipe(v.array(v.unknown()), v.readonly()),
  /** How many events of this page are not what an event is. */
  unreadable: Count,
})
export type KeptPage = v.InferOutput<typeof KeptPage>

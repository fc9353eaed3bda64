import * as v from 'valibot'

/** How long a tab is recorded without DevTools at most, in milliseconds. */
export const KEEP_FOR = 3 * 24 * 60 * 60_000

/** How many sessions that are over are kept; the oldest goes when there is one more. */
export const KEPT_BOUND = 20

const keepEnds = ['switched-off', 'tab-closed', 'restarted', 'too-long'] as const

/** Why the recording of a tab came to its end. `restarted`: the browser, or the extension, was. */
export const KeepEnd = v.picklist(keepEnds)
export type KeepEnd = v.InferOutput<typeof KeepEnd>

/** A recording that is over, without its events. */
export const KeptSession = v.object({
  id: v.string(),
  /** Host and path of the page that the tab showed last; '' when it was never known. */
  title: v.string(),
  startedAt: v.number(),
  endedAt: v.number(),
  why: KeepEnd,
  /** How many events it has, and how long they are as text. */
  events: v.number(),
  bytes: v.number(),
  /** How many events there were no room for. */
  lost: v.number(),
  /** Titles of older sessions that were let go of to make room for this one. */
  replaced: v.array(v.string()),
})
export type KeptSession = v.InferOutput<typeof KeptSession>

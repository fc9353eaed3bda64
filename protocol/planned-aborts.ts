import * as v from 'valibot'
import { Handle } from './handle'
import { Bytes, Count, Duration, Ordinal } from './numbers'

const short = v.pipe(v.string(), v.maxLength(1024))

/** The longest time that an abort can be planned after, in milliseconds: a timer of the browser takes no more than 24 days. */
export const MAX_ABORT_DELAY = 24 * 60 * 60_000

/** The longest pattern for the ID of a fetch, in characters. */
export const MAX_PATTERN = 1000

/**
 * When a planned abort is to happen. `time` counts from when the abort was planned, or, of one that was planned for the
 * next fetch of an ID, from when that fetch was seen.
 */
export const AbortMoment = v.variant('kind', [
  v.object({ kind: v.literal('bytes'), bytes: v.pipe(Bytes, v.minValue(1)) }),
  v.object({ kind: v.literal('percent'), percent: v.pipe(v.number(), v.minValue(0.1), v.maxValue(99.9)) }),
  v.object({ kind: v.literal('responses'), count: Ordinal }),
  v.object({ kind: v.literal('first-byte') }),
  v.object({ kind: v.literal('time'), ms: v.pipe(Duration, v.maxValue(MAX_ABORT_DELAY)) }),
])
export type AbortMoment = v.InferOutput<typeof AbortMoment>

/** An abort of a fetch at a moment that a person chose. */
export interface AbortPlan {
  /** Names it, and the call of `abort()` that it leads to. */
  readonly command: string
  readonly target:
    | { readonly kind: 'fetch'; readonly handle: Handle }
    /** The next fetch of this storage key whose ID fits; see {@link matchesPattern}. */
    | { readonly kind: 'next'; readonly storageKey: string; readonly pattern: string }
  readonly moment: AbortMoment
  /** The service worker is to be stopped before, so that the abort starts it. */
  readonly cold: boolean
}

/** What became of stopping the worker before a planned abort; `not-running`: no traced worker of its scope ran. */
export const ColdStart = v.picklist(['stopped', 'not-running', 'not-stopped'])
export type ColdStart = v.InferOutput<typeof ColdStart>

/** An abort was planned in a panel for a fetch that runs; it replaces one that was planned for it before. */
export const AbortPlanned = v.object({
  type: v.literal('abort-planned'),
  handle: Handle,
  command: short,
  moment: AbortMoment,
  cold: v.boolean(),
})

/** The same for the next fetch whose ID fits. */
export const NextAbortPlanned = v.object({
  type: v.literal('next-abort-planned'),
  command: short,
  pattern: v.pipe(v.string(), v.maxLength(MAX_PATTERN)),
  moment: AbortMoment,
  cold: v.boolean(),
})

/** A fetch was seen that an abort was planned for by its ID. */
export const PlannedAbortApplied = v.object({
  type: v.literal('planned-abort-applied'),
  handle: Handle,
  command: short,
})

/** The moment of a planned abort has come, and `abort()` is being called: what was known of the fetch then. */
export const PlannedAbortFired = v.object({
  type: v.literal('planned-abort-fired'),
  handle: Handle,
  command: short,
  moment: AbortMoment,
  downloaded: Bytes,
  downloadTotal: Bytes,
  /** Responses that had come while it was observed. */
  responses: Count,
  /** Since the time counts; see {@link AbortMoment}. */
  elapsed: Duration,
  /** Null where the worker was not to be stopped. */
  cold: v.nullable(ColdStart),
})

/**
 * A planned abort will not happen. `asked`: a person removed it. `replaced`: another one was planned for the fetch.
 * `aborted`: Abort was pressed before. `fetch-ended`: before its moment. `no-total`: a share of a fetch that has no `downloadTotal`. `not-followed`: the page
 * does not follow the fetch any more. `failed`: a fault of the extension.
 */
export const PlannedAbortRemoved = v.object({
  type: v.literal('planned-abort-removed'),
  command: short,
  why: v.picklist(['asked', 'replaced', 'aborted', 'fetch-ended', 'no-total', 'not-followed', 'failed']),
})
export type PlannedAbortRemoved = v.InferOutput<typeof PlannedAbortRemoved>

/** Whether an ID fits a pattern, in which `*` stands for any characters, also none; all else stands for itself. */
export function matchesPattern(pattern: string, id: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return id === pattern
  if (id.length < first.length + last.length || !id.startsWith(first) || !id.endsWith(last)) return false
  let at = first.length
  const end = id.length - last.length
  for (const part of rest) {
    const found = id.indexOf(part, at)
    if (found === -1 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}

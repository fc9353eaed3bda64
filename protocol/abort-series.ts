import * as v from 'valibot'
import { Handle } from './handle'
import { Count } from './numbers'
import { MAX_TEXT } from './page-events'
import { AbortMoment, MAX_PATTERN } from './planned-aborts'

const short = v.pipe(v.string(), v.maxLength(1024))
const text = v.pipe(v.string(), v.maxLength(MAX_TEXT))

/** More runs than this are not in a series. */
export const MAX_RUNS = 200

/** One run: when the repetition is aborted, and whether its service worker is stopped before. */
export const PlannedRun = v.object({ moment: AbortMoment, cold: v.boolean() })
export type PlannedRun = v.InferOutput<typeof PlannedRun>

/** A person has a fetch repeated again and again, and each repetition aborted at another moment. */
export const AbortSeriesStarted = v.object({
  type: v.literal('abort-series-started'),
  /** Names the series. */
  series: short,
  /** The fetch that is repeated. */
  handle: Handle,
  scope: text,
  id: text,
  runs: v.pipe(v.array(PlannedRun), v.maxLength(MAX_RUNS)),
  /** What a run has left is deleted before the next one. */
  deletes: v.boolean(),
  /** Workers were traced when it was started: it is known whether one runs. */
  traced: v.boolean(),
})
export type AbortSeriesStarted = v.InferOutput<typeof AbortSeriesStarted>

/** A run begins: the abort of a fetch of this ID is about to be planned under this command, and the fetch to be started. */
export const AbortSeriesRun = v.object({
  type: v.literal('abort-series-run'),
  series: short,
  /** Its place in the plan, counted from 0. */
  run: Count,
  id: v.pipe(v.string(), v.maxLength(MAX_PATTERN)),
  command: short,
})
export type AbortSeriesRun = v.InferOutput<typeof AbortSeriesRun>

/**
 * No fetch was started for a run. `refused`: the browser or the page refused, in the words of `detail`. `permission`: the browser
 * lets the site start no more fetches without a click. `page-gone`: no page of the origin is there. `no-worker`: it has no such
 * registration any more, or none with an active worker.
 */
export const AbortSeriesRunFailed = v.object({
  type: v.literal('abort-series-run-failed'),
  series: short,
  run: Count,
  why: v.picklist(['refused', 'permission', 'page-gone', 'no-worker']),
  detail: short,
})
export type AbortSeriesRunFailed = v.InferOutput<typeof AbortSeriesRunFailed>

/** No other run begins. `stopped`: a person stopped it. `panel-gone`: the panel that ran it is gone. */
export const AbortSeriesEnded = v.object({
  type: v.literal('abort-series-ended'),
  series: short,
  why: v.picklist(['done', 'stopped', 'panel-gone']),
})
export type AbortSeriesEnded = v.InferOutput<typeof AbortSeriesEnded>

/** What is noted of a series. */
export type AbortSeriesBody = AbortSeriesStarted | AbortSeriesRun | AbortSeriesRunFailed | AbortSeriesEnded

/** Whether two events report the same step of the same series: each is noted once. */
export const isSameStep = (a: AbortSeriesBody, b: AbortSeriesBody): boolean =>
  a.type === b.type && a.series === b.series && ('run' in a ? a.run : -1) === ('run' in b ? b.run : -1)

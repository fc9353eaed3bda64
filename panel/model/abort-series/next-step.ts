import type { Handle } from '../../../protocol/handle'
import { isLive } from '../session/fetch-phase'
import type { AbortSeries, SeriesRun } from '../session/plans/abort-series'
import { currentRun } from '../session/plans/abort-series'
import type { View } from '../session/session-view'
import type { Fetch } from '../session/view'

/** So long after the last snapshot of a run does the next one begin, in milliseconds: it is compared with that snapshot. */
const AFTER_SNAPSHOT = 1200
/** A page that was loaded meanwhile gets so long to read its storage, in milliseconds; without that, a run is judged all the same. */
const FOR_BASELINE = 8000
/** An event that is over has its final verdict within this time, in milliseconds. */
const FOR_VERDICT = 20_000
/** A fetch that was started is seen within this time, in milliseconds. */
const FOR_SEEN = 10_000
/** A fetch that is being aborted has ended within this time, in milliseconds. */
const FOR_ABORT = 3000

/** What a series waits for. */
export type SeriesWait =
  | { readonly kind: 'run' | 'page' | 'baseline' | 'start' }
  | { readonly kind: 'others'; readonly ids: readonly string[] }

/** What the panel has to do next for a series. */
export type SeriesStep =
  | { readonly kind: 'wait'; readonly for: SeriesWait }
  | { readonly kind: 'begin'; readonly run: number }
  /** The fetch of a run goes on, although the run is over or was stopped. */
  | { readonly kind: 'abort'; readonly handle: Handle }
  | { readonly kind: 'delete'; readonly run: number }
  | { readonly kind: 'end'; readonly why: 'done' | 'stopped' }

/** What the panel that runs a series knows beside the events. */
export interface SeriesState {
  readonly series: AbortSeries
  readonly view: Pick<View, 'fetches' | 'frames'>
  /** A person has stopped it. */
  readonly stopping: boolean
  /** The page is being asked to start a fetch, and has not answered. */
  readonly starting: boolean
  /** When the page has answered that the fetch of the last run was started; null where it was not asked or refused. */
  readonly startedAt: number | null
  /** Runs whose leftovers were deleted. */
  readonly deleted: ReadonlySet<number>
  /** When something was deleted for the last time. */
  readonly deletedAt: number
  /** Since when nothing but a page's storage is waited for; null where something else is. */
  readonly waitsSince: number | null
  /** Fetches that were asked to end. */
  readonly aborted: ReadonlySet<Handle>
  /** In epoch milliseconds. */
  readonly now: number
}

const wait = (kind: 'run' | 'page' | 'baseline' | 'start'): SeriesStep => ({ kind: 'wait', for: { kind } })

/** A page of the origin follows it. */
const isFollowed = ({ state }: Fetch): boolean => state === 'queued' || state === 'active'

const othersOf = ({ fetches }: Pick<View, 'fetches'>, { storageKey }: AbortSeries): readonly Fetch[] =>
  fetches.filter((fetch) => fetch.storageKey === storageKey && isLive(fetch))

const snapshotEnd = (run: SeriesRun | undefined): number => {
  const { final, 'event-ended': ended } = run?.fetch?.snapshots ?? {}
  const last = final ?? ended
  return last ? last.at + last.body.took : 0
}

/** The fetch of a run that is over, or that was stopped, is not left to run. */
function endFetch(fetch: Fetch, { aborted }: SeriesState): SeriesStep {
  if (!isFollowed(fetch)) return wait('page')
  return aborted.has(fetch.handle) ? wait('run') : { kind: 'abort', handle: fetch.handle }
}

/** What is to be done with the run that has begun last; null where nothing is any more. */
function stepOfRun(run: SeriesRun, state: SeriesState): SeriesStep | null {
  const { stopping, starting, startedAt, now } = state
  const { fetch } = run
  if (starting) return wait('start')
  if (!fetch) {
    if (run.failed || startedAt === null || now - startedAt > FOR_SEEN) return null
    return wait('run')
  }
  if (isLive(fetch)) {
    const isMissed = !run.fired && (run.removed ?? run.failed) !== null
    // It is being aborted; where that has failed, once more.
    const isEnding = run.fired !== null && now - run.fired.at < FOR_ABORT
    return (stopping && !isEnding) || isMissed ? endFetch(fetch, state) : wait('run')
  }
  // Also where it says nothing of its moment: the next one is compared with what it has left.
  if (stopping || fetch.evidence?.final || fetch.state === 'gone') return null
  const { overAt } = fetch
  return fetch.state === 'over' && overAt !== null && now - overAt > FOR_VERDICT ? null : wait('run')
}

/**
 * What to do next: end the run that has begun last, then delete what it has left where that is wanted, then wait until the next
 * one can be compared with what is stored, and begin it. Fetches of an origin run one after the other, so nothing is lost by
 * waiting for others; and there is always room among the five that a browser allows.
 */
export function nextStep(state: SeriesState): SeriesStep {
  const { series, view, stopping, deleted, deletedAt, waitsSince, now } = state
  const run = currentRun(series)
  const index = run ? series.runs.indexOf(run) : -1
  const stray = series.runs.find(({ fetch }, i) => i !== index && fetch && isLive(fetch))
  if (stray?.fetch) return endFetch(stray.fetch, state)
  const step = run && stepOfRun(run, state)
  if (step) return step
  if (stopping) return { kind: 'end', why: 'stopped' }
  if (run && series.deletes && !deleted.has(index)) return { kind: 'delete', run: index }
  const next = index + 1
  if (next >= series.runs.length) return { kind: 'end', why: 'done' }
  const others = othersOf(view, series)
  if (others.length > 0) return { kind: 'wait', for: { kind: 'others', ids: others.map(({ id }) => id) } }
  const pages = [...view.frames.values()].filter(({ storageKey }) => storageKey === series.storageKey)
  if (pages.length === 0) return wait('page')
  const isLate = waitsSince !== null && now - waitsSince > FOR_BASELINE
  if (!isLate && !pages.some(({ storageRead }) => storageRead)) return wait('baseline')
  if (now < Math.max(snapshotEnd(run), deletedAt) + AFTER_SNAPSHOT) return wait('baseline')
  return { kind: 'begin', run: next }
}

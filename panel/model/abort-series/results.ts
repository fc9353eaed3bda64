import type { StorageItem } from '../../../protocol/storage-items'
import { rules, type Severity } from '../audit/rules'
import { noSettings, type SiteSettings } from '../audit/site-settings'
import { audit, type Verdict, type VerdictKind } from '../audit/verdict'
import { endEvent, isLive } from '../session/fetch-phase'
import type { AbortSeries, SeriesRun } from '../session/plans/abort-series'
import { currentRun } from '../session/plans/abort-series'
import type { Fetch } from '../session/view'
import { createLeftovers, findingsOf, type Leftovers, ownFindings } from './leftovers'

/**
 * Why a run says nothing of its moment. `ended`: no other run began. `not-started`: the fetch was not. `fetch-ended`: before the
 * moment. `too-quick`: more had come by then. `not-aborted`: it ended otherwise. `no-total`, `removed`, `aborted-before`, `failed`:
 * of its planned abort. `page-left`: the page that was to abort it. `worker-…`: the worker was not as planned, or that is not known.
 * `log-removed`: its events are in the log no more.
 */
export type NotTried =
  | 'ended'
  | 'not-started'
  | 'fetch-ended'
  | 'too-quick'
  | 'not-aborted'
  | 'no-total'
  | 'removed'
  | 'aborted-before'
  | 'failed'
  | 'page-left'
  | 'worker-not-stopped'
  | 'worker-ran'
  | 'worker-did-not-run'
  | 'worker-unknown'
  | 'log-removed'

/** What goes on in a run. */
export type RunStage = 'starting' | 'downloading' | 'handling' | 'comparing' | 'ending'

/**
 * What a run has shown. `clean` and `not-clean` follow from the final verdict on its fetch. `unknown`: that verdict is unknown; there is
 * none (`no-verdict`); the end was not observed (`end-unknown`); or items from before may hide the same ones (`hidden`).
 */
export type RunResult =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly stage: RunStage }
  | { readonly kind: 'not-tried'; readonly why: NotTried }
  | { readonly kind: 'clean'; readonly verdict: Verdict }
  | {
      readonly kind: 'not-clean'
      readonly verdict: Verdict
      /** What the fetch itself has brought about: of what kind it is, and how many items are left, or new and not matched. */
      readonly found: VerdictKind
      readonly left: number
      readonly unmatched: number
    }
  | {
      readonly kind: 'unknown'
      readonly why: 'verdict' | 'no-verdict' | 'end-unknown' | 'hidden'
      readonly verdict: Verdict | null
      readonly hiding: readonly StorageItem[]
    }

const whyRemoved: Readonly<Record<NonNullable<SeriesRun['removed']>, NotTried>> = {
  asked: 'removed',
  replaced: 'removed',
  aborted: 'aborted-before',
  'fetch-ended': 'fetch-ended',
  'no-total': 'no-total',
  'not-followed': 'page-left',
  lost: 'page-left',
  failed: 'failed',
}

/** More had come when it was aborted than at the moment that was planned: that one was missed. */
function wasTooQuick({ moment, fired }: SeriesRun): boolean {
  if (!fired) return false
  if (moment.kind === 'responses') return fired.responses > moment.count
  const all = fired.downloadTotal > 0 && fired.downloaded >= fired.downloadTotal
  return all && (moment.kind !== 'bytes' || moment.bytes < fired.downloadTotal) && moment.kind !== 'time'
}

/** Why the worker was not as the run wanted it; null where it was. */
function workerProblem({ cold, fired }: SeriesRun, traced: boolean): NotTried | null {
  if (!fired) return null
  if (cold && fired.cold === 'not-stopped') return 'worker-not-stopped'
  if (!cold && !traced) return null
  if (fired.workerRan === null) return 'worker-unknown'
  if (cold) return fired.workerRan ? 'worker-ran' : null
  return fired.workerRan ? null : 'worker-did-not-run'
}

/** Why a run says nothing, of one that has begun; null where it may. */
function notTried(run: SeriesRun, { traced, ended }: AbortSeries, isLast: boolean): NotTried | null {
  if (run.failed) return 'not-started'
  if (!run.fired) {
    // To stop a series aborts the fetch of its run.
    if (run.removed === 'aborted' && isLast && ended) return 'ended'
    if (run.removed) return whyRemoved[run.removed]
    if (!isLast) return run.fetch ? 'removed' : 'log-removed'
    if (run.fetch && !isLive(run.fetch)) return 'fetch-ended'
    return ended ? 'ended' : null
  }
  if (!run.fetch) return 'log-removed'
  const { settledAt, attributes } = run.fetch
  if (settledAt !== null && endEvent(attributes) !== 'backgroundfetchabort') return 'not-aborted'
  return wasTooQuick(run) ? 'too-quick' : workerProblem(run, traced)
}

function stageOf({ fetch, fired }: SeriesRun): RunStage {
  if (!fetch) return 'starting'
  if (isLive(fetch)) return fired ? 'ending' : 'downloading'
  return fetch.state === 'settled' ? 'handling' : 'comparing'
}

interface Around {
  readonly series: AbortSeries
  readonly settings: SiteSettings
  readonly leftovers: Leftovers
  readonly last: SeriesRun | undefined
}

function judged(fetch: Fetch, verdict: Verdict, { series, leftovers }: Around): RunResult {
  const own = ownFindings(verdict)
  if (verdict.kind === 'unknown') return { kind: 'unknown', why: 'verdict', verdict, hiding: [] }
  if (fetch.settledAt === null) return { kind: 'unknown', why: 'end-unknown', verdict, hiding: [] }
  if (own.length > 0) {
    const of = (severity: Severity) => own.filter(({ rule }) => rules[rule].severity === severity).length
    const [left, unmatched] = [of('left'), of('new')]
    const found = of('wrong') ? 'wrong' : left ? 'left' : unmatched ? 'unmatched' : 'errors'
    return { kind: 'not-clean', verdict, found, left, unmatched }
  }
  // What is reported all the same was there before.
  const before = findingsOf(verdict).flatMap(({ stored }) =>
    stored && !leftovers.isResponse(stored) ? [stored] : [],
  )
  const all = [...new Set([...leftovers.hiding(fetch, series.deleted), ...before])]
  if (all.length > 0) return { kind: 'unknown', why: 'hidden', verdict, hiding: all }
  return { kind: 'clean', verdict }
}

function resultOf(run: SeriesRun, around: Around): RunResult {
  const { series, settings, last } = around
  if (!run.begun) return series.ended ? { kind: 'not-tried', why: 'ended' } : { kind: 'waiting' }
  const isLast = run === last
  const why = notTried(run, series, isLast)
  const { fetch } = run
  const verdict = fetch && audit(fetch, settings)
  if (why) {
    // What goes on is said as long as it does.
    const goesOn = isLast && !series.ended && fetch !== null && isLive(fetch)
    return goesOn ? { kind: 'running', stage: 'ending' } : { kind: 'not-tried', why }
  }
  if (fetch && verdict?.final) return judged(fetch, verdict, around)
  if (isLast && !series.ended && fetch?.state !== 'gone') return { kind: 'running', stage: stageOf(run) }
  const unknown = fetch?.settledAt === null ? 'end-unknown' : 'no-verdict'
  return { kind: 'unknown', why: unknown, verdict, hiding: [] }
}

/** What each run of a series has shown so far, by the events and the settings of the site. */
export function resultsOf(series: AbortSeries, settings: SiteSettings = noSettings): readonly RunResult[] {
  const leftovers = createLeftovers()
  const last = currentRun(series)
  const takeIn = (fetch: Fetch | null) => {
    const verdict = fetch && audit(fetch, settings)
    if (fetch && verdict) leftovers.add(fetch, verdict)
  }
  takeIn(series.source)
  return series.runs.map((run) => {
    const result = resultOf(run, { series, settings, leftovers, last })
    takeIn(run.fetch)
    return result
  })
}

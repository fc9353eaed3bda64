import type { AbortSeriesBody, PlannedRun } from '../../../../protocol/abort-series'
import type { Deletable } from '../../../../protocol/deletions'
import type { BodyOf, SessionEvent } from '../../../../protocol/events'
import type { PlannedAbortRemoved } from '../../../../protocol/planned-aborts'
import { runText } from '../../describe/abort-series-text'
import type { Workers } from '../../workers/workers'
import { isReported } from '../fetch-phase'
import type { Fetches } from '../fetches'
import type { Rows } from '../rows'
import type { Fetch } from '../view'

/** The moment of a run has come, and `abort()` was called: what was known then. */
export interface FiredRun {
  readonly at: number
  readonly downloaded: number
  readonly downloadTotal: number
  readonly responses: number
  readonly cold: BodyOf<'planned-abort-fired'>['cold']
  /** Whether a worker of its scope ran; null where workers were not traced. */
  readonly workerRan: boolean | null
}

/** One repetition of a fetch, with all that was observed of it. */
export interface SeriesRun extends PlannedRun {
  /** Null before it has begun. */
  begun: { readonly id: string; readonly command: string; readonly at: number } | null
  fetch: Fetch | null
  fired: FiredRun | null
  /** Why its abort did not happen as planned; `lost`: the page that held the plan is gone. */
  removed: PlannedAbortRemoved['why'] | 'lost' | null
  /** Why no fetch was started for it. */
  failed: Pick<BodyOf<'abort-series-run-failed'>, 'why' | 'detail'> | null
}

/** An item that was deleted while a series ran. */
export interface DeletedItem {
  readonly at: number
  readonly item: Deletable
}

/** A fetch that is repeated, and each repetition of which is aborted at another moment. */
export interface AbortSeries {
  readonly series: string
  readonly startedAt: number
  readonly storageKey: string
  readonly scope: string
  /** The ID of the fetch that is repeated. */
  readonly id: string
  /** That fetch; null where the log has it no more. */
  source: Fetch | null
  readonly deletes: boolean
  readonly traced: boolean
  readonly runs: readonly SeriesRun[]
  readonly deleted: DeletedItem[]
  ended: BodyOf<'abort-series-ended'>['why'] | null
}

export interface AbortSeriesFold {
  readonly all: readonly AbortSeries[]
  apply(event: SessionEvent, body: AbortSeriesBody): void
  /** A fetch was seen: it may be the one of a run. */
  seen(fetch: Fetch): void
  /** What became of the planned abort of a run. */
  planned(event: SessionEvent, body: BodyOf<'planned-abort-fired' | 'planned-abort-removed'>): void
  /** These planned aborts went with their page. */
  lost(commands: readonly string[]): void
  deleted(event: SessionEvent, body: BodyOf<'item-deleted'>): void
  /** The log was cleared: what it has no more is not known of a series that goes on. */
  clear(): void
}

/** Whether a fetch is the one that is repeated, or a repetition. */
export const isPartOf = ({ source, runs }: AbortSeries, { key }: Fetch): boolean =>
  source?.key === key || runs.some(({ fetch }) => fetch?.key === key)

/** The last run of a series that has begun. */
export const currentRun = ({ runs }: AbortSeries): SeriesRun | undefined =>
  runs.findLast(({ begun }) => begun !== null)

const newRun = ({ moment, cold }: PlannedRun): SeriesRun => ({
  moment,
  cold,
  begun: null,
  fetch: null,
  fired: null,
  removed: null,
  failed: null,
})

/** Follows abort series, by what their panel and the pages report. */
export function createAbortSeries(fetches: Fetches, workers: Workers, rows: Rows): AbortSeriesFold {
  let all: AbortSeries[] = []

  const byName = (series: string) => all.find((one) => one.series === series)
  const byCommand = (command: string) =>
    all.flatMap(({ runs }) => runs).find(({ begun }) => begun?.command === command)

  /** Whether a worker of a scope runs, as far as the events go. */
  const runs = (scope: string, at: number): boolean | null =>
    workers.tracer?.state === 'on'
      ? workers.all.some((one) => one.scope === scope && one.stoppedAt === null && one.seenAt < at)
      : null

  return {
    get all() {
      return all
    },
    apply(event, body) {
      const known = byName(body.series)
      switch (body.type) {
        case 'abort-series-started': {
          if (known) return
          const { series, scope, id, deletes, traced } = body
          const source = fetches.byHandle(body.handle) ?? null
          all.push({
            ...{ series, startedAt: event.at, storageKey: event.storageKey ?? '', scope, id, source },
            ...{ deletes, traced, runs: body.runs.map(newRun), deleted: [], ended: null },
          })
          rows.add(event, source)
          return
        }
        case 'abort-series-run': {
          const run = known?.runs[body.run]
          if (!run || run.begun) return
          run.begun = { id: body.id, command: body.command, at: event.at }
          rows.add(event, known.source, { note: runText(body.run, known.runs) })
          return
        }
        case 'abort-series-run-failed': {
          const run = known?.runs[body.run]
          if (!run) return
          run.failed = { why: body.why, detail: body.detail }
          rows.add(event, known.source, { note: runText(body.run, known.runs) })
          return
        }
        case 'abort-series-ended':
          if (!known || known.ended) return
          known.ended = body.why
          rows.add(event, known.source)
      }
    },
    seen(fetch) {
      for (const series of all) {
        if (series.storageKey !== fetch.storageKey || series.scope !== fetch.scope) continue
        const run = series.runs.find(({ begun }) => begun?.id === fetch.id)
        if (run?.fetch === null) run.fetch = fetch
      }
    },
    planned({ at }, body) {
      const run = byCommand(body.command)
      if (!run || run.fired || run.removed) return
      if (body.type === 'planned-abort-removed') {
        run.removed = body.why
        return
      }
      const { downloaded, downloadTotal, responses, cold } = body
      const workerRan = runs(run.fetch?.scope ?? '', at)
      run.fired = { at, downloaded, downloadTotal, responses, cold, workerRan }
    },
    lost(commands) {
      for (const command of commands) {
        const run = byCommand(command)
        if (run && !run.fired) run.removed ??= 'lost'
      }
    },
    deleted({ at }, { item, outcome }) {
      if (outcome.kind !== 'deleted' && outcome.kind !== 'gone') return
      for (const series of all) if (!series.ended) series.deleted.push({ at, item })
    },
    clear() {
      all = all.filter(({ ended }) => ended === null)
      const isKnown = (fetch: Fetch | null) => fetch !== null && isReported(fetch)
      for (const series of all) {
        if (!isKnown(series.source)) series.source = null
        for (const run of series.runs) if (!isKnown(run.fetch)) run.fetch = null
      }
    },
  }
}

import { signal } from '@preact/signals'
import type { AbortSeriesBody, AbortSeriesRunFailed, PlannedRun } from '../../protocol/abort-series'
import { deletableOf } from '../../protocol/deletions'
import type { Handle } from '../../protocol/handle'
import type { PageAnswer } from '../../protocol/page-requests'
import type { SeenRequest } from '../../protocol/seen-requests'
import { now } from '../../wire/clock'
import { ownFindings } from '../model/abort-series/leftovers'
import { nextStep, type SeriesStep, type SeriesWait } from '../model/abort-series/next-step'
import { idFrom } from '../model/abort-series/plan'
import { resultsOf } from '../model/abort-series/results'
import { seriesSummary } from '../model/abort-series/summary'
import { audit } from '../model/audit/verdict'
import type { AbortSeries } from '../model/session/plans/abort-series'
import type { Fetch } from '../model/session/view'
import { needsPermission } from '../model/start-problem'
import { announce } from './announce'
import { nextTarget, planAbort } from './planned-aborts'
import { repeat } from './repeat'
import { askPage } from './session/ask-page'
import { request, tabModel } from './session/session'
import { settings } from './settings'
import { siteSettingsOf } from './site-settings'

/** How often it is looked what there is to do, in milliseconds. */
const LOOK_EVERY = 200
/** How long the start of a worker is waited for, in milliseconds. */
const FOR_WORKER = 3000

/** Key of the fetch that a series is being planned for, while its dialog is open. */
export const planningSeries = signal<string | null>(null)

/** What a series is started with. */
export interface SeriesPlan {
  readonly runs: readonly PlannedRun[]
  /** See `plan.ts`. */
  readonly template: string
  readonly requests: readonly SeenRequest[]
  readonly downloadTotal: number
  readonly deletes: boolean
}

/** The series that this panel runs. */
export interface RunningSeries {
  readonly series: string
  readonly waits: SeriesWait | null
  readonly stopping: boolean
  /** The browser lets the site start no more fetches: a person is to allow it, or to stop. */
  readonly needsPermission: boolean
}

/** The series that this panel runs; null while it runs none. */
export const runningSeries = signal<RunningSeries | null>(null)

/** What the panel remembers of the series that it runs. */
interface Driving {
  readonly name: string
  readonly plan: SeriesPlan
  readonly deleted: Set<number>
  readonly aborted: Set<Handle>
  starting: boolean
  startedAt: number | null
  deletedAt: number
  waitsSince: number | null
  /** Decides about a start that needs the permission: whether to try again. */
  decide: ((again: boolean) => void) | null
}

let driving: Driving | null = null

const publish = (some: Partial<RunningSeries>) => {
  if (runningSeries.value) runningSeries.value = { ...runningSeries.value, ...some }
}
const isStopping = () => runningSeries.peek()?.stopping ?? true
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const note = (step: AbortSeriesBody, storageKey: string) =>
  request((background) => background.noteSeries(step, storageKey))

/** A page is wanted to have a worker that runs, so that the event does not start one. */
async function startWorker({ storageKey, scope }: AbortSeries): Promise<void> {
  const runs = () => tabModel().workers.some((one) => one.scope === scope && one.stoppedAt === null)
  if (runs()) return
  await askPage(storageKey, { kind: 'start-worker', scope })
  const until = now() + FOR_WORKER
  while (!runs() && now() < until) await pause(LOOK_EVERY)
}

const whyFailed = (answer: Extract<PageAnswer, { ok: false }>): AbortSeriesRunFailed['why'] => {
  if (needsPermission(answer)) return 'permission'
  return answer.reason === 'page-gone' || answer.reason === 'no-worker' ? answer.reason : 'refused'
}

/** Starts the fetch of a run, as often as a person lets it be tried. */
async function startFetch(one: Driving, series: AbortSeries, id: string): Promise<PageAnswer | null> {
  const { requests, downloadTotal } = one.plan
  for (;;) {
    if (isStopping()) return null
    const answer = await repeat(series, { id, requests, downloadTotal })
    if (!needsPermission(answer) || isStopping()) return answer
    const again = await new Promise<boolean>((resolve) => {
      one.decide = resolve
      publish({ needsPermission: true })
    })
    one.decide = null
    publish({ needsPermission: false })
    if (!again) return answer
  }
}

async function begin(one: Driving, series: AbortSeries, index: number): Promise<void> {
  const run = series.runs[index]
  if (!run) return
  const { storageKey } = series
  const used = [...tabModel().fetches.map(({ id }) => id), ...series.runs.map(({ begun }) => begun?.id ?? '')]
  const id = idFrom(one.plan.template, new Set(used))
  const command = crypto.randomUUID()
  await note({ type: 'abort-series-run', series: one.name, run: index, id, command }, storageKey)
  if (!run.cold && series.traced) await startWorker(series)
  const fail = (why: AbortSeriesRunFailed['why'], detail = '') =>
    note({ type: 'abort-series-run-failed', series: one.name, run: index, why, detail }, storageKey)
  if (!(await planAbort(nextTarget(storageKey, id), run.moment, run.cold, command))) return fail('page-gone')
  const answer = await startFetch(one, series, id)
  if (answer?.ok) {
    one.startedAt = now()
    return
  }
  await request((background) => background.removePlannedAbort(command))
  if (answer) await fail(whyFailed(answer), answer.detail)
}

/** Deletes what names the fetch of a run, by itself and for certain; what is new but may be of something else stays. */
async function deleteLeftovers(one: Driving, series: AbortSeries, index: number): Promise<void> {
  one.deleted.add(index)
  const fetch = series.runs[index]?.fetch
  const verdict = fetch && audit(fetch, siteSettingsOf(fetch.storageKey))
  if (!fetch || !verdict) return
  const { storageKey, handle, scope } = fetch
  const found = ownFindings({ ...verdict, unmatched: [] }).filter(({ mayBeOf }) => mayBeOf.length === 0)
  for (const item of found.flatMap(({ stored }) => (stored && deletableOf(stored)) ?? [])) {
    if (isStopping()) return
    await askPage(storageKey, { kind: 'delete-item', handle, scope, item })
    one.deletedAt = now()
  }
}

async function perform(one: Driving, series: AbortSeries, step: SeriesStep): Promise<void> {
  switch (step.kind) {
    case 'begin':
      one.startedAt = null
      one.starting = true
      // It can be stopped meanwhile.
      void begin(one, series, step.run)
        .catch(() => {})
        .finally(() => {
          one.starting = false
        })
      return
    case 'abort':
      one.aborted.add(step.handle)
      return request((background) => background.abort(step.handle, crypto.randomUUID()))
    case 'delete':
      return deleteLeftovers(one, series, step.run)
    case 'end':
      return note({ type: 'abort-series-ended', series: one.name, why: step.why }, series.storageKey)
    case 'wait':
      return
  }
}

async function drive(one: Driving): Promise<void> {
  for (;;) {
    const view = tabModel()
    const series = view.abortSeries.find(({ series }) => series === one.name)
    if (series?.ended) {
      // Who does not see the grid hears how it ended.
      announce(seriesSummary(series.runs, resultsOf(series, siteSettingsOf(series.storageKey))))
      return
    }
    if (series) {
      const step = nextStep({
        ...{ series, view, now: now(), stopping: isStopping() },
        ...one,
      })
      const waits = step.kind === 'wait' ? step.for : null
      one.waitsSince = waits?.kind === 'baseline' ? (one.waitsSince ?? now()) : null
      if (JSON.stringify(waits) !== JSON.stringify(runningSeries.peek()?.waits)) publish({ waits })
      await perform(one, series, step)
    }
    await pause(LOOK_EVERY)
  }
}

/** Starts a series for a fetch, unless this panel runs one; resolves when it is on record. */
export async function startSeries(fetch: Fetch, plan: SeriesPlan): Promise<void> {
  if (driving) return
  const name = crypto.randomUUID()
  const one: Driving = {
    ...{ name, plan, deleted: new Set(), aborted: new Set(), starting: false, startedAt: null },
    ...{ deletedAt: 0, waitsSince: null, decide: null },
  }
  driving = one
  runningSeries.value = { series: name, waits: null, stopping: false, needsPermission: false }
  const over = () => {
    driving = null
    runningSeries.value = null
  }
  const { handle, scope, id, storageKey } = fetch
  const { runs, deletes } = plan
  const traced = settings.trace.peek() && tabModel().tracer?.state === 'on'
  try {
    await note(
      {
        type: 'abort-series-started',
        ...{ series: name, handle, scope, id, runs: [...runs], deletes, traced },
      },
      storageKey,
    )
  } catch (error) {
    over()
    throw error
  }
  // It rejects where the extension is gone, which the panel says.
  void drive(one)
    .catch(() => {})
    .finally(over)
}

/** Stops the series that this panel runs, and aborts the fetch of its run. */
export function stopSeries(): void {
  publish({ stopping: true })
  driving?.decide?.(false)
}

/** Tries a start again that the browser refused, as a person has allowed it now. */
export const startAgain = (): void => driving?.decide?.(true)

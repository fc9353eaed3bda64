import type { PlannedRun } from '../../../protocol/abort-series'
import type { FetchRecord } from '../../../protocol/attributes'
import type { Body, BodyOf } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import type { AbortMoment } from '../../../protocol/planned-aborts'
import { createAuditStream, type Look } from '../audit/audit.fixture'
import type { AbortSeries } from '../session/plans/abort-series'
import { createStream, KEY, observed, SCOPE } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { resultsOf } from './results'
import { seriesSummary } from './summary'

export const atOnce: AbortMoment = { kind: 'time', ms: 0 }
export const after = (count: number): AbortMoment => ({ kind: 'responses', count })
export const at = (percent: number): AbortMoment => ({ kind: 'percent', percent })

const ofPage = { document: 'document-1', storageKey: KEY }

type Fired = Partial<BodyOf<'planned-abort-fired'>>

/** A series of a fetch `trip`, step by step, as its panel and the page report it. For tests. */
export function createSeriesStream(runs: readonly PlannedRun[], some: { readonly traced?: boolean } = {}) {
  const stream = createStream()
  const about = { ...ofPage, document: null }
  stream.page(observed.frame())
  stream.page(observed.seen('h', { id: 'trip' }))
  const source = createAuditStream('trip', stream)
  source.ended({})
  stream.panel(
    {
      type: 'abort-series-started',
      ...{ series: 's', handle: 'h' as Handle, scope: SCOPE, id: 'trip' },
      ...{ runs: [...runs], deletes: false, traced: some.traced ?? false },
    },
    10,
    about,
  )
  const series = (): AbortSeries => {
    const [found] = stream.model.abortSeries
    if (!found) throw new Error('No series.')
    return found
  }
  const name = (run: number) => ({ id: `trip-${run + 1}`, handle: `h${run}`, command: `c${run}` })
  const story = {
    stream,
    series,
    step(body: Body) {
      stream.panel(body, 10, about)
      return story
    },
    /** A worker runs, and is traced. */
    worker(running = true) {
      stream.panel({ type: 'tracer', state: 'on', reason: '', detail: '' })
      if (running) stream.panel(trace.seen('w', { scope: SCOPE }), 1, { source: 'worker' })
      return story
    },
    begin(run: number) {
      const { id, command } = name(run)
      const { moment, cold } = runs[run] ?? { moment: atOnce, cold: false }
      story.step({ type: 'abort-series-run', series: 's', run, id, command })
      stream.panel({ type: 'next-abort-planned', command, pattern: id, moment, cold }, 1, ofPage)
      return story
    },
    seen(run: number) {
      const { id, handle, command } = name(run)
      stream.page(observed.seen(handle, { id }))
      stream.page({ type: 'planned-abort-applied', handle: handle as Handle, command }, 0)
      return story
    },
    fired(run: number, fired: Fired = {}) {
      const { handle, command } = name(run)
      const { moment, cold } = runs[run] ?? { moment: atOnce, cold: false }
      const responses = moment.kind === 'responses' ? moment.count : 0
      stream.page({
        type: 'planned-abort-fired',
        ...{ handle: handle as Handle, command, moment, downloaded: 530, downloadTotal: 1000, responses },
        ...{ elapsed: 10, cold: cold ? ('stopped' as const) : null },
        ...fired,
      })
      stream.page(observed.answer(handle, { kind: 'resolved', value: true }, command), 1)
      return story
    },
    /** It ends as it was aborted, and its storage is read twice. */
    ended(run: number, look: Look = {}, body?: Body, records: readonly FetchRecord[] = []) {
      const { id, handle } = name(run)
      createAuditStream(id, stream, handle).ended(look, records, body)
      return story
    },
    removed(run: number, why: BodyOf<'planned-abort-removed'>['why']) {
      stream.page({ type: 'planned-abort-removed', command: name(run).command, why })
      return story
    },
    /** A whole run. */
    run: (run: number, look: Look = {}, fired: Fired = {}) =>
      story.begin(run).seen(run).fired(run, fired).ended(run, look),
    end: (why: BodyOf<'abort-series-ended'>['why'] = 'done') =>
      story.step({ type: 'abort-series-ended', series: 's', why }),
    results: () => resultsOf(series()),
    /** What became of each run, in a word or two. */
    kinds: () =>
      story.results().map((result) => {
        if ('why' in result) return `${result.kind}: ${result.why}`
        return result.kind === 'running' ? `running: ${result.stage}` : result.kind
      }),
    summary: () => seriesSummary(runs, story.results()),
  }
  return story
}

import { expect, test } from 'vitest'
import { contextOf } from '../../../protocol/context/context'
import { entryOf, foreign, LONG_AGO, MEDIA, old, recordOf, rowOf } from '../audit/audit.fixture'
import { createModel } from '../session/fold'
import { observed } from '../streams/events.fixture'
import { resultsOf } from './results'
import { after, at, atOnce, createSeriesStream } from './series.fixture'

const warm = (moment = atOnce) => ({ moment, cold: false })
const cold = (moment = atOnce) => ({ moment, cold: true })

test('a run goes from stage to stage, and is clean only with the final verdict', () => {
  const story = createSeriesStream([warm(), warm(after(1))])
  expect(story.kinds()).toEqual(['waiting', 'waiting'])
  story.begin(0)
  expect(story.kinds()).toEqual(['running: starting', 'waiting'])
  story.seen(0)
  expect(story.kinds()[0]).toBe('running: downloading')
  story.fired(0)
  expect(story.kinds()[0]).toBe('running: ending')
  story.ended(0)
  expect(story.kinds()).toEqual(['clean', 'waiting'])
  story.run(1, { items: [rowOf('trip-2')] })
  expect(story.results()[1]).toMatchObject({ kind: 'not-clean', found: 'left', left: 1, unmatched: 0 })
})

test.each([
  ['its fetch ended before the moment', 'fetch-ended', 'not-tried: fetch-ended'],
  ['it has no total', 'no-total', 'not-tried: no-total'],
  ['somebody removed its abort', 'asked', 'not-tried: removed'],
  ['Abort was pressed', 'aborted', 'not-tried: aborted-before'],
  ['its page does not follow it', 'not-followed', 'not-tried: page-left'],
  ['a fault', 'failed', 'not-tried: failed'],
] as const)('%s: it was not tried', (_, why, kind) => {
  const story = createSeriesStream([warm(at(50))])
  story.begin(0).seen(0).removed(0, why)
  // As long as its fetch goes on, it is being ended.
  expect(story.kinds()).toEqual(['running: ending'])
  story.ended(0, {}, observed.success('h0'))
  expect(story.kinds()).toEqual([kind])
})

test('a page that is left with the plan, a start that was refused and a stop leave a run untried', () => {
  const left = createSeriesStream([warm()])
  left.begin(0).seen(0)
  left.stream.page(observed.frameGone())
  left.end('stopped')
  expect(left.kinds()).toEqual(['not-tried: page-left'])

  const refused = createSeriesStream([warm(), warm()])
  refused.begin(0).removed(0, 'asked')
  refused.step({
    type: 'abort-series-run-failed',
    ...{ series: 's', run: 0, why: 'refused', detail: 'TypeError: There are too many active fetches' },
  })
  expect(refused.kinds()).toEqual(['not-tried: not-started', 'waiting'])
  refused.end('panel-gone')
  expect(refused.kinds()).toEqual(['not-tried: not-started', 'not-tried: ended'])
})

test.each([
  ['more responses than planned', after(2), { responses: 4 }, 'not-tried: too-quick'],
  ['as many as planned', after(2), { responses: 2 }, 'clean'],
  ['all bytes at half of them', at(50), { downloaded: 1000 }, 'not-tried: too-quick'],
  ['most bytes at half of them', at(50), { downloaded: 900 }, 'clean'],
  [
    'all bytes at the first one',
    { kind: 'first-byte' } as const,
    { downloaded: 1000 },
    'not-tried: too-quick',
  ],
  ['bytes of no known total', { kind: 'first-byte' } as const, { downloadTotal: 0 }, 'clean'],
])('%s', (_, moment, fired, kind) => {
  const story = createSeriesStream([warm(moment)])
  story.run(0, {}, fired)
  expect(story.kinds()).toEqual([kind])
})

test('a run whose fetch was aborted to stop the series says so', () => {
  const story = createSeriesStream([warm(after(1))])
  story.begin(0).seen(0).removed(0, 'aborted').ended(0).end('stopped')
  expect(story.kinds()).toEqual(['not-tried: ended'])
})

test('a run whose fetch succeeds although it was aborted says nothing of an abort', () => {
  const story = createSeriesStream([warm()])
  story.begin(0).seen(0).fired(0).ended(0, {}, observed.success('h0'))
  expect(story.kinds()).toEqual(['not-tried: not-aborted'])
})

test('the worker has to be as the run wants it', () => {
  const notStopped = createSeriesStream([cold()], { traced: true }).worker()
  notStopped.run(0, {}, { cold: 'not-stopped' })
  expect(notStopped.kinds()).toEqual(['not-tried: worker-not-stopped'])

  const again = createSeriesStream([cold()], { traced: true }).worker()
  again.run(0)
  expect(again.kinds()).toEqual(['not-tried: worker-ran'])

  const stopped = createSeriesStream([cold()], { traced: true }).worker(false)
  stopped.run(0)
  expect(stopped.kinds()).toEqual(['clean'])

  const none = createSeriesStream([warm()], { traced: true }).worker(false)
  none.run(0)
  expect(none.kinds()).toEqual(['not-tried: worker-did-not-run'])

  const lost = createSeriesStream([warm()], { traced: true })
  lost.run(0)
  expect(lost.kinds()).toEqual(['not-tried: worker-unknown'])
})

test('a verdict that is unknown is unknown, and so is an end that nobody observed', () => {
  const story = createSeriesStream([warm(), warm(after(1))])
  story.run(0, { baseline: 'none', baselineAt: null })
  story.begin(1).seen(1).fired(1)
  story.stream.page(observed.gone('h1', 'not-listed'))
  story.end()
  expect(story.kinds()).toEqual(['unknown: verdict', 'unknown: end-unknown'])
})

test('a run whose fetch is not compared any more is unknown when the next one begins', () => {
  const story = createSeriesStream([warm(), warm(after(1))])
  story.begin(0).seen(0).fired(0)
  story.stream.page(observed.failure('h0'))
  story.stream.page(observed.over('h0'))
  story.begin(1)
  expect(story.kinds()).toEqual(['unknown: no-verdict', 'running: starting'])
})

const entry = entryOf(206, { change: 'added', contentLength: 2000 })

test('what an earlier run has left is not this run’s, but may hide the same', () => {
  const story = createSeriesStream([warm(), warm(after(1)), warm(after(2))])
  const first = foreign(rowOf('open', 'x'))
  story.run(0, { items: [first] })
  story.run(1)
  story.run(2, { items: [rowOf('trip-3')] })
  expect(story.kinds()).toEqual(['not-clean', 'unknown: hidden', 'not-clean'])
})

test('an older item under a URL of the fetch is not what this run has left', () => {
  const story = createSeriesStream([warm(), warm(after(1))])
  story.run(0, { items: [entry] })
  story.run(1, { items: [old(entry)] })
  expect(story.kinds()).toEqual(['not-clean', 'unknown: hidden'])
})

test('items of a run’s own ID hide nothing, and neither does what was deleted or is gone', () => {
  const own = createSeriesStream([warm(), warm(after(1))])
  own.run(0, { items: [rowOf('trip-1')] })
  own.run(1)
  expect(own.kinds()).toEqual(['not-clean', 'clean'])

  const open = foreign(rowOf('open', 'x'))
  const gone = createSeriesStream([warm(), warm(after(1))])
  gone.run(0, { items: [open] })
  gone.run(1, { removed: [{ kind: 'row', container: 'pod/downloads', name: 'open', mentions: false }] })
  // It hides nothing; that it is gone says nothing about whose it was.
  expect(gone.kinds()).toEqual(['not-clean', 'unknown: verdict'])

  for (const [baselineAt, kind] of [
    [2_000_000, 'clean'],
    [LONG_AGO, 'unknown: hidden'],
  ] as const) {
    const deleted = createSeriesStream([warm(), warm(after(1))])
    deleted.run(0, { items: [open] })
    const item = { kind: 'row', database: 'pod', store: 'downloads', key: 'open' } as const
    deleted.stream.page({
      type: 'item-deleted',
      ...{ handle: deleted.series().runs[0]?.fetch?.handle ?? expect.unreachable(), command: 'd', item },
      outcome: { kind: 'deleted' },
    })
    deleted.run(1, { baselineAt })
    expect(deleted.kinds()).toEqual(['not-clean', kind])
  }
})

test('a complete response that an earlier run has stored is no leftover of the next one', () => {
  const story = createSeriesStream([warm(), warm(after(1))])
  const whole = entryOf(200)
  story
    .begin(0)
    .seen(0)
    .fired(0)
    .ended(0, { items: [whole] }, undefined, [recordOf({ url: MEDIA })])
  story
    .begin(1)
    .seen(1)
    .fired(1)
    .ended(1, { items: [old(whole)] }, undefined, [recordOf({ url: MEDIA })])
  expect(story.kinds()).toEqual(['clean', 'clean'])
})

test('an imported session shows the same; of what was removed from the log nothing is claimed', () => {
  const story = createSeriesStream([warm(), warm(after(1)), warm(after(2))])
  story.run(0, { items: [rowOf('trip-1')] })
  story.run(1)
  story.begin(2).seen(2)
  const again = createModel()
  again.apply(story.stream.events)
  expect(again.abortSeries.map((one) => resultsOf(one).map(({ kind }) => kind))).toEqual([
    ['not-clean', 'clean', 'running'],
  ])
  const rest = createModel()
  rest.apply(contextOf(story.stream.events, []))
  expect(
    rest.abortSeries.map((one) =>
      resultsOf(one).map((result) => ('why' in result ? result.why : result.kind)),
    ),
  ).toEqual([['log-removed', 'log-removed', 'running']])
  story.stream.panel({ type: 'cleared', command: 'x' })
  expect(story.kinds()).toEqual(['not-tried: log-removed', 'not-tried: log-removed', 'running: downloading'])
})

import { expect, test } from 'vitest'
import type { AbortMoment } from '../../../protocol/planned-aborts'
import { after, at, atOnce, createSeriesStream } from '../abort-series/series.fixture'
import { aborted, trace } from '../streams/workers.fixture'
import { abortedStream, around } from './copy-test.fixture'
import { testMoment } from './moment'

function planned(moment: AbortMoment, some: { cold?: boolean; worker?: boolean } = {}) {
  const story = createSeriesStream([{ moment, cold: some.cold ?? false }])
  if (some.worker) story.worker()
  story.run(0)
  const fetch = story.series().runs[0]?.fetch
  if (!fetch) return expect.unreachable()
  return testMoment(fetch, story.stream.model.rows)
}

test.each<[AbortMoment, object]>([
  [atOnce, { bytes: 0, responses: 0, ms: 0, most: 0 }],
  [
    { kind: 'time', ms: 5 },
    { bytes: 0, responses: 0, ms: 5, most: null },
  ],
  [{ kind: 'first-byte' }, { bytes: 1, responses: 0, most: 0 }],
  [after(2), { bytes: 0, responses: 2, most: 2 }],
  [at(50), { bytes: 500, responses: 0, most: null }],
  [
    { kind: 'bytes', bytes: 77 },
    { bytes: 77, responses: 0 },
  ],
])('a planned abort is done again as planned: %j', (moment, expected) => {
  expect(planned(moment)).toMatchObject({ ...expected, cold: false })
})

test('the worker is stopped first where it was', () => {
  expect(planned(atOnce, { cold: true }).cold).toBe(true)
  expect(planned(atOnce).cold).toBe(false)
  expect(planned(atOnce).text).toMatch(/^Aborted as planned: at once. Whether the service worker was running/)
})

test('an abort by hand is done again at the amount that had come', () => {
  const story = abortedStream()
  const moment = testMoment(story.fetch(), around(story).view.rows)
  expect(moment).toMatchObject({ bytes: 500, responses: 0, most: 0 })
  expect(moment.text).toMatch(/^Aborted when 500 B and 0 of its responses were reported/)
})

test('a time that counts from the middle of the fetch is not taken for one from its start', () => {
  const story = createSeriesStream([{ moment: { kind: 'time', ms: 5 }, cold: false }])
  story.begin(0).seen(0)
  story.stream.panel({ type: 'navigated', url: 'https://pod.example/', reload: false }, 5000)
  story.fired(0, { responses: 1 }).ended(0)
  const fetch = story.series().runs[0]?.fetch
  if (!fetch) return expect.unreachable()
  expect(testMoment(fetch, story.stream.model.rows)).toMatchObject({
    bytes: 530,
    responses: 1,
    most: 1,
    ms: 0,
  })
})

test('a worker that was started for the event was not running when the abort came', () => {
  const running = aborted()
  running.worker(trace.dispatched())
  expect(testMoment(running.fetch(), running.model.rows)).toMatchObject({
    cold: false,
    text: expect.stringMatching(/The service worker was running then\.$/),
  })
  const started = aborted()
  started.worker(trace.stopped())
  started.worker(trace.seen('w2', { how: 'started' }))
  started.worker(trace.dispatched({ worker: 'w2' }))
  expect(testMoment(started.fetch(), started.model.rows)).toMatchObject({
    cold: true,
    text: expect.stringMatching(/was not running then; here, it is stopped first\.$/),
  })
})

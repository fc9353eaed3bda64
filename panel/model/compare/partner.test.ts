import { expect, test } from 'vitest'
import { at, createSeriesStream } from '../abort-series/series.fixture'
import { fileOf } from '../audit/audit.fixture'
import { createStream, observed } from '../streams/events.fixture'
import { likelyPartner, nearestCleanRun } from './partner'

test('a fetch is compared with one that has ended and is called alike, the nearest one', () => {
  const stream = createStream()
  const run = (handle: string, id: string, ends = true) => {
    stream.page(observed.seen(handle, { id }))
    if (ends) stream.page(observed.failure(handle))
    if (ends) stream.page(observed.over(handle))
  }
  run('h1', 'trip-1')
  run('h2', 'map')
  run('h3', 'trip-2')
  run('h4', 'map')
  run('h5', 'trip-3', false)
  const partnerOf = (nth: number) => {
    const fetch = stream.model.fetches[nth]
    const partner = fetch && likelyPartner(fetch, stream.model.fetches)
    return partner && stream.model.fetches.indexOf(partner)
  }
  expect([0, 1, 2, 3, 4].map(partnerOf)).toEqual([2, 3, 0, 1, 2])
  const [only] = stream.model.fetches
  expect(only && likelyPartner(only, [only])).toBe(null)
})

test('a run is compared with the nearest one that is clean, of the same state of the worker if there is one', () => {
  const plan = [25, 50, 75].flatMap((percent) => [
    { moment: at(percent), cold: false },
    { moment: at(percent), cold: true },
  ])
  const left = (run: number) => ({ items: [fileOf(`trip-${run + 1}.bin`)] })
  const story = createSeriesStream(plan, { traced: false })
  story.run(0).run(2, left(2)).run(4, left(4)).end()
  const nearest = (index: number) => {
    const run = nearestCleanRun(story.series(), story.results(), index)
    return run && story.series().runs.indexOf(run)
  }
  expect([0, 1, 2, 3, 4].map(nearest)).toEqual([null, null, 0, null, 0])
  // One that is farther away, with the worker in the same state, says more.
  const [clean] = story.results()
  const { source } = story.series()
  const runs = story.series().runs.map((run) => ({ ...run, fetch: source }))
  const results = runs.map((_, i) => ((i === 1 || i === 4) && clean ? clean : ({ kind: 'waiting' } as const)))
  expect(nearestCleanRun({ runs }, results, 2)).toBe(runs[4])
})

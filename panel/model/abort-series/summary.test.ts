import { expect, test } from 'vitest'
import { rowOf } from '../audit/audit.fixture'
import { after, at, atOnce, createSeriesStream } from './series.fixture'

const both = (...moments: readonly (typeof atOnce)[]) =>
  moments.flatMap((moment) => [
    { moment, cold: false },
    { moment, cold: true },
  ])

/** A series of runs, some of which have left something. */
function done(
  plan: ReturnType<typeof both>,
  bad: readonly number[],
  some: { end?: boolean; until?: number } = {},
) {
  const story = createSeriesStream(plan)
  const until = some.until ?? plan.length
  story.worker(false)
  for (const [run] of plan.slice(0, until).entries())
    story.run(run, bad.includes(run) ? { items: [rowOf(`trip-${run + 1}`)] } : {})
  if (some.end ?? true) story.end()
  return story.summary()
}

test('all clean', () => {
  expect(done(both(atOnce, after(2)), [])).toBe('4 of 4 runs clean.')
  expect(done([{ moment: atOnce, cold: false }], [])).toBe('1 of 1 run clean.')
})

test('where something was found is said, with the worker’s state where both were tried', () => {
  const plan = both(atOnce, after(2), at(50))
  expect(done(plan, [3])).toBe(
    '5 of 6 runs clean. Not clean only after 2 responses, with the worker stopped first.',
  )
  expect(done(plan, [2, 3, 5])).toBe(
    '3 of 6 runs clean. Not clean only after 2 responses, with the worker running or stopped first; at 50%, with the worker stopped first.',
  )
  expect(
    done(
      plan.filter(({ cold }) => !cold),
      [1],
    ),
  ).toBe('2 of 3 runs clean. Not clean only after 2 responses.')
})

test('“only” is not said where others are not clean, open or not tried', () => {
  expect(done(both(atOnce), [0, 1])).toBe(
    '0 of 2 runs clean. Not clean at once, with the worker running or stopped first.',
  )
  expect(done(both(atOnce, after(2)), [0], { until: 2, end: false })).toBe(
    '1 of 4 runs clean. Not clean at once, with the worker running. 2 runs to go.',
  )
  expect(done(both(atOnce, after(2)), [0], { until: 3 })).toBe(
    '2 of 4 runs clean. Not clean at once, with the worker running. 1 moment could not be tried.',
  )
})

test('a run that is unknown is counted as such', () => {
  const story = createSeriesStream([{ moment: atOnce, cold: false }])
  story.run(0, { baseline: 'none', baselineAt: null }).end()
  expect(story.summary()).toBe('0 of 1 run clean. 1 run is unknown.')
})

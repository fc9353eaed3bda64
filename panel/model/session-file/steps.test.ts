import { expect, test } from 'vitest'
import { atOnce, eachOf, part, type Steps } from './steps'

const numbers = Array.from({ length: 1000 }, (_, n) => n)

/** What the steps yield, and what comes of them. */
function run<T>(steps: Steps<T>): { shares: number[]; result: T } {
  const shares: number[] = []
  for (;;) {
    const { done, value } = steps.next()
    if (done) return { shares, result: value }
    shares.push(value)
  }
}

test('each thing of a list is done once, in order, and it says how far it is', () => {
  const seen: number[] = []
  const places: number[] = []
  const { shares } = run(
    eachOf(numbers, (one, index) => {
      seen.push(one)
      places.push(index)
    }),
  )
  expect(seen).toEqual(numbers)
  expect(places).toEqual(numbers)
  expect(shares).toEqual([0, 0.25, 0.5, 0.75])
})

test('nothing is done before it is asked for', () => {
  const seen: number[] = []
  const steps = eachOf(numbers, (one) => seen.push(one))
  steps.next()
  expect(seen).toEqual([])
  steps.next()
  expect(seen).toHaveLength(250)
})

test('a part of longer work says how far the whole is', () => {
  function* whole(): Steps<string> {
    yield* part(
      0.5,
      1,
      eachOf(numbers, () => {}),
    )
    return 'done'
  }
  expect(run(whole())).toEqual({ shares: [0.5, 0.625, 0.75, 0.875], result: 'done' })
  expect(atOnce(whole())).toBe('done')
})

test('an empty list takes no step', () => {
  expect(
    run(
      eachOf([], () => {
        throw new Error('There is nothing.')
      }),
    ).shares,
  ).toEqual([])
})

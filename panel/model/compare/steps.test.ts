import { expect, test } from 'vitest'
import { comparisonOf, shown } from './compare.fixture'

test('the steps of two aborts are counted from abort(), each with its time and the difference', () => {
  const { from, lines } = comparisonOf({ handler: 40 }, { handler: 140 }).steps
  expect(from).toBe('abort')
  expect(shown(lines)).toEqual([
    'same: abort() | 10 ms at 0 | 10 ms at 0',
    'same: to settled | 210 ms at 0 | 210 ms at 0',
    'same: until records released | 88 ms at +210 ms | 188 ms at +210 ms',
    'same: handler running | 43 ms at +225 ms | 143 ms at +225 ms',
    'same: handler | 2.0 ms at +225 ms | 2.0 ms at +225 ms',
    'same: promise #1 | 41 ms at +226 ms | 141 ms at +226 ms',
  ])
  expect(lines.map(({ difference }) => difference?.by)).toEqual([0, 0, 100, 100, 0, 100])
})

test('where one was not aborted here, both are counted from their end', () => {
  const { from, lines } = comparisonOf({ abort: false }, {}).steps
  expect(from).toBe('settled')
  expect(shown(lines)).toEqual([
    'only-b: abort() | – | 10 ms at −210 ms',
    'only-b: to settled | – | 210 ms at −210 ms',
    'same: until records released | 40 ms at 0 | 40 ms at 0',
  ])
})

test('the steps in a worker that was not traced are not observed', () => {
  const { lines } = comparisonOf({ handler: 40 }, {}).steps
  expect(shown(lines.slice(3))).toEqual([
    'not-observed: handler running | 43 ms at +225 ms | not observed',
    'not-observed: handler | 2.0 ms at +225 ms | not observed',
    'not-observed: promise #1 | 41 ms at +226 ms | not observed',
  ])
})

test('what the page notices late is no difference', () => {
  const of = (uncertainty: number) =>
    comparisonOf({ handler: 40, uncertainty }, { handler: 45, uncertainty }).steps.lines[2]?.difference
  expect(of(1)).toMatchObject({ by: 5 })
  expect(of(5)).toBe(null)
})

import { expect, test } from 'vitest'
import { observed } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
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

test('the handlers of two different events are not compared', () => {
  const { facts, steps } = comparisonOf({ handler: 40, end: observed.success('h') }, { handler: 90 })
  const handler = facts.find(({ name }) => name === 'Handler')
  expect(handler).toMatchObject({ a: { text: '43 ms' }, b: { text: '93 ms' }, difference: null })
  expect(steps.lines.at(-1)).toMatchObject({ name: 'promise #1', difference: null })
})

test('a promise that one handler has not given is none of its steps, once its event is over', () => {
  const two = [trace.waits(1), trace.waits(2), trace.settled(1), trace.settled(2), trace.done(2)]
  const second = (reports: Parameters<typeof comparisonOf>[1]['reports']) =>
    comparisonOf(
      { handler: 1, reports: two },
      { handler: 1, ...(reports ? { reports } : {}) },
    ).steps.lines.find(({ name }) => name === 'promise #2')
  expect(second([trace.waits(1), trace.settled(1), trace.done()])).toMatchObject({ group: 'only-a' })
  expect(second([trace.waits(1), trace.settled(1)])).toMatchObject({ group: 'not-observed' })
})

test('a step that was cut short has no time to compare, and one that was lost no end', () => {
  const running = (last: ReturnType<typeof trace.stopped>) =>
    comparisonOf({ handler: 1 }, { handler: 1, reports: [trace.waits(), last] }).steps.lines.find(
      ({ name }) => name === 'handler running',
    )
  expect(running(trace.stopped())).toMatchObject({ group: 'differs', difference: null })
  expect(running(trace.stopped('w1', 'untraced'))).toMatchObject({ group: 'not-observed', difference: null })
})

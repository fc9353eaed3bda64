import { expect, test } from 'vitest'
import { noSettings } from '../audit/site-settings'
import { describe } from '../describe/describe'
import { createStream, observed, startedStream } from '../streams/events.fixture'
import { sinceOrigin } from './time-origin'

const times = (stream: ReturnType<typeof createStream>) =>
  stream.model.rows.map((row) => sinceOrigin(row)?.text ?? null)

test('counts from the press of Abort, before it with a minus', () => {
  const stream = startedStream()
  stream.panel(observed.abort('h'), 1500)
  stream.page(observed.failure('h'), 12)
  expect(times(stream)).toEqual(['−1.50 s', '+0.0 ms', '+12 ms'])
})

test('counts from the end of a fetch that somebody else aborted', () => {
  const stream = startedStream()
  stream.page(observed.failure('h'), 40)
  stream.page(observed.over('h'), 25)
  expect(times(stream)).toEqual(['−40 ms', '+0.0 ms', '+25 ms'])
})

test('counts from the start of a fetch that was not aborted', () => {
  const stream = startedStream()
  stream.page(observed.success('h'), 300)
  expect(times(stream)).toEqual(['+0.0 ms', '+300 ms'])
})

test('has nothing to count from where no fetch is', () => {
  const stream = createStream()
  stream.panel(observed.navigated())
  expect(times(stream)).toEqual([null])
})

test('an abort that came to nothing is no moment to count from; one that was not answered is', () => {
  const after = (outcome: Parameters<typeof observed.answer>[1]) => {
    const stream = startedStream()
    stream.panel(observed.abort('h'), 1000)
    stream.page(observed.answer('h', outcome), 10)
    return times(stream)[0]
  }
  expect(after({ kind: 'page-gone' })).toBe('+0.0 ms')
  expect(after({ kind: 'resolved', value: false })).toBe('+0.0 ms')
  expect(after({ kind: 'unanswered' })).toBe('−1.00 s')
})

test('a sentence leaves out the time that the column says, and no other one', () => {
  const stream = startedStream()
  stream.panel(observed.abort('h'), 1500)
  stream.page(observed.failure('h'), 12)
  stream.page(observed.over('h'), 30)
  const texts = stream.model.rows.map((row) => describe(row, noSettings, true).text)
  expect(texts[2]).not.toMatch(/after/)
  expect(texts[3]).toMatch(/after 30 ms/)
  expect(stream.model.rows.map((row) => describe(row).text)[2]).toMatch(
    /12 ms after the abort was requested in this panel/,
  )
})

test('the time since the end of a fetch that was aborted elsewhere is said once as well', () => {
  const stream = startedStream()
  stream.page(observed.failure('h'), 12)
  stream.page(observed.over('h'), 30)
  const [, settled, over] = stream.model.rows.map((row) => describe(row, noSettings, true).text)
  expect(settled).toMatch(/Not aborted/)
  expect(over).toBe('backgroundfetchabort, if it was fired, has ended')
})

import { expect, test } from 'vitest'
import { say, tell } from './events.fixture'
import { sinceZero } from './moment'

const times = (told: ReturnType<typeof tell>) => told.model.rows.map(sinceZero)

test('counts from the press of Abort, before it with a minus', () => {
  const told = tell()
  told.page(say.seen('h1'))
  told.panel(say.abort('h1'), 1500)
  told.page(say.failure('h1'), 12)
  expect(times(told)).toEqual(['−1.50 s', '+0.0 ms', '+12 ms'])
})

test('counts from the end of a fetch that somebody else aborted', () => {
  const told = tell()
  told.page(say.seen('h1'))
  told.page(say.failure('h1'), 40)
  told.page(say.over('h1'), 25)
  expect(times(told)).toEqual(['−40 ms', '+0.0 ms', '+25 ms'])
})

test('counts from the start of a fetch that was not aborted', () => {
  const told = tell()
  told.page(say.seen('h1'))
  told.page(say.success('h1'), 300)
  expect(times(told)).toEqual(['+0.0 ms', '+300 ms'])
})

test('has nothing to count from where no fetch is', () => {
  const told = tell()
  told.panel(say.navigated())
  expect(times(told)).toEqual([null])
})

test('an abort that came to nothing is no moment to count from; one that was not answered is', () => {
  const after = (outcome: Parameters<typeof say.answer>[1]) => {
    const told = tell()
    told.page(say.seen('h1'))
    told.panel(say.abort('h1'), 1000)
    told.page(say.answer('h1', outcome), 10)
    return times(told)[0]
  }
  expect(after({ kind: 'page-gone' })).toBe('+0.0 ms')
  expect(after({ kind: 'resolved', value: false })).toBe('+0.0 ms')
  expect(after({ kind: 'unanswered' })).toBe('−1.00 s')
})

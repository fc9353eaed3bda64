import { expect, test } from 'vitest'
import { noSettings } from './audit/site-settings'
import { describe } from './describe'
import { say, tell } from './events.fixture'
import { sinceOrigin } from './moment'

const times = (told: ReturnType<typeof tell>) => told.model.rows.map((row) => sinceOrigin(row)?.text ?? null)

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

test('a sentence leaves out the time that the column says, and no other one', () => {
  const told = tell()
  told.page(say.seen('h1'))
  told.panel(say.abort('h1'), 1500)
  told.page(say.failure('h1'), 12)
  told.page(say.over('h1'), 30)
  const texts = told.model.rows.map((row) => describe(row, noSettings, true).text)
  expect(texts[2]).not.toMatch(/after/)
  expect(texts[3]).toMatch(/after 30 ms/)
  expect(told.model.rows.map((row) => describe(row).text)[2]).toMatch(/12 ms after Abort was pressed/)
})

test('the time since the end of a fetch that was aborted elsewhere is said once as well', () => {
  const told = tell()
  told.page(say.seen('h1'))
  told.page(say.failure('h1'), 12)
  told.page(say.over('h1'), 30)
  const [, settled, over] = told.model.rows.map((row) => describe(row, noSettings, true).text)
  expect(settled).toMatch(/Not aborted/)
  expect(over).toBe('records released')
})

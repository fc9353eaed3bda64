import { expect, test } from 'vitest'
import { describe } from './describe'
import { say, tell } from './events.fixture'
import { endEvent } from './view'

test('a success settles the fetch, and the worker’s event ends it', () => {
  const stream = tell()
  stream.page(say.seen('h'))
  stream.page(say.success('h'), 40)
  expect(stream.states()).toEqual(['episode 1 settled'])
  expect(stream.last()).toMatch(/success.*backgroundfetchsuccess/)
  stream.page(say.over('h'), 300)
  expect(stream.states()).toEqual(['episode 1 over'])
  expect(stream.last()).toMatch(/backgroundfetchsuccess over.*300 ms/)
  expect(stream.model.fetches[0]?.attributes.recordsAvailable).toBe(false)
})

test.each([
  ['bad-status', /200–299/],
  ['fetch-error', /network/],
  ['quota-exceeded', /storage/],
  ['download-total-exceeded', /downloadTotal/],
] as const)('a failure of kind %s is an error that says what it means', (reason, meaning) => {
  const stream = tell()
  stream.page(say.seen('h'))
  stream.page(say.failure('h', reason))
  expect(stream.last()).toContain(reason)
  expect(stream.last()).toMatch(meaning)
  expect(stream.last()).toContain('backgroundfetchfail')
  const row = stream.model.rows.at(-1)
  expect(row && describe(row).level).toBe('error')
})

test('each end has the worker’s event that the standard gives it', () => {
  const of = (body: ReturnType<typeof say.success>) =>
    body.type === 'settled' ? endEvent(body.attributes) : ''
  expect(of(say.success('h'))).toBe('backgroundfetchsuccess')
  expect(of(say.failure('h', 'aborted'))).toBe('backgroundfetchabort')
  expect(of(say.failure('h', 'bad-status'))).toBe('backgroundfetchfail')
  expect(of(say.failure('h', 'quota-exceeded'))).toBe('backgroundfetchfail')
})

test('an end that two frames tell is one row', () => {
  const stream = tell()
  stream.page(say.seen('h'))
  stream.page(say.success('h'))
  stream.page(say.success('h'))
  stream.page(say.over('h'))
  stream.page(say.over('h'))
  expect(stream.kinds()).toEqual(['fetch-seen', 'settled', 'event-over'])
})

test('nothing brings an ended fetch back to life', () => {
  const stream = tell()
  stream.page(say.seen('h'))
  stream.page(say.success('h'))
  stream.page(say.progress('h', 3))
  expect(stream.states()).toEqual(['episode 1 settled'])
  stream.page(say.over('h'))
  stream.page(say.progress('h', 4))
  stream.page(say.gone('h'))
  expect(stream.states()).toEqual(['episode 1 over'])
})

test.each([
  ['unregistered', /unregistered/],
  ['not-listed', /No longer listed/],
] as const)('a fetch that is gone without an end says how: %s', (reason, text) => {
  const stream = tell()
  stream.page(say.seen('h'))
  stream.page(say.gone('h', reason))
  expect(stream.states()).toEqual(['episode 1 gone'])
  expect(stream.last()).toMatch(text)
})

test('a fetch is queued until a byte moves, down or up', () => {
  const stream = tell()
  stream.page(say.seen('down'))
  expect(stream.model.fetches[0]).toMatchObject({ state: 'queued', activeAt: null })
  const moved = stream.page(say.progress('down', 1))
  stream.page(say.progress('down', 2))
  expect(stream.model.fetches[0]).toMatchObject({ state: 'active', activeAt: moved.at })
  stream.page(say.seen('up', { id: 'upload' }))
  stream.page(say.progress('up', 0, { uploaded: 5, uploadTotal: 10 }))
  expect(stream.states()).toEqual(['episode 1 active', 'upload 1 active'])
})

test('when bytes moved for the last time is known, and telling the same bytes again is no movement', () => {
  const stream = tell()
  stream.page(say.seen('h'))
  const moved = stream.page(say.progress('h', 5))
  stream.page(say.progress('h', 5), 10_000)
  stream.page(say.failure('h'), 10_000)
  expect(stream.model.fetches[0]?.movedAt).toBe(moved.at)
})

test('a fetch of any length keeps a bounded number of samples, the first and the last among them', () => {
  const stream = tell()
  const seen = stream.page(say.seen('h'))
  for (let i = 1; i <= 20_000; i++) stream.page(say.progress('h', i), 1)
  const samples = stream.model.fetches[0]?.samples ?? []
  expect(samples.length).toBeLessThanOrEqual(1000)
  expect(samples.length).toBeGreaterThan(100)
  expect(samples[0]?.at).toBe(seen.at)
  expect(samples.at(-1)?.downloaded).toBe(20_000)
  expect(samples.map((one) => one.at)).toEqual(samples.map((one) => one.at).sort((a, b) => a - b))
})

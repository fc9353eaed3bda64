import { expect, test } from 'vitest'
import { describe } from '../describe/describe'
import { endEvent } from '../session/fetch-phase'
import { createStream, observed } from './events.fixture'

test('a success settles the fetch, and the worker’s event ends it', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.success('h'), 40)
  expect(stream.states()).toEqual(['episode 1 settled'])
  expect(stream.last()).toMatch(/success.*backgroundfetchsuccess/)
  stream.page(observed.over('h'), 300)
  expect(stream.states()).toEqual(['episode 1 over'])
  expect(stream.last()).toMatch(/records released.*300 ms/)
  expect(stream.model.fetches[0]?.attributes.recordsAvailable).toBe(false)
})

test.each([
  ['bad-status', /200–299/],
  ['fetch-error', /does not say why.*preflight.*mixed content.*network.*CORS.*Content-Encoding.*Range/],
  ['quota-exceeded', /storage/],
  ['download-total-exceeded', /downloadTotal/],
] as const)('a failure of kind %s is an error that says what it means', (reason, meaning) => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.failure('h', reason))
  expect(stream.last()).toContain(reason)
  expect(stream.last()).toMatch(meaning)
  expect(stream.last()).toContain('backgroundfetchfail')
  const row = stream.model.rows.at(-1)
  expect(row && describe(row).level).toBe('error')
})

test('each end has the worker’s event that the standard gives it', () => {
  const of = (body: ReturnType<typeof observed.success>) =>
    body.type === 'settled' ? endEvent(body.attributes) : ''
  expect(of(observed.success('h'))).toBe('backgroundfetchsuccess')
  expect(of(observed.failure('h', 'aborted'))).toBe('backgroundfetchabort')
  expect(of(observed.failure('h', 'bad-status'))).toBe('backgroundfetchfail')
  expect(of(observed.failure('h', 'quota-exceeded'))).toBe('backgroundfetchfail')
})

test('an end that two frames tell is one row', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.success('h'))
  stream.page(observed.success('h'))
  stream.page(observed.over('h'))
  stream.page(observed.over('h'))
  expect(stream.kinds()).toEqual(['fetch-seen', 'settled', 'event-over'])
})

test('nothing brings an ended fetch back to life', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.success('h'))
  stream.page(observed.progress('h', 3))
  expect(stream.states()).toEqual(['episode 1 settled'])
  stream.page(observed.over('h'))
  stream.page(observed.progress('h', 4))
  stream.page(observed.gone('h'))
  expect(stream.states()).toEqual(['episode 1 over'])
})

test.each([
  ['unregistered', /unregistered/],
  ['not-listed', /no longer listed/],
] as const)('a fetch that is gone without an end says how: %s', (reason, text) => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.gone('h', reason))
  expect(stream.states()).toEqual(['episode 1 gone'])
  expect(stream.last()).toMatch(text)
})

test('a fetch is queued until a byte moves, down or up', () => {
  const stream = createStream()
  stream.page(observed.seen('down'))
  expect(stream.model.fetches[0]).toMatchObject({ state: 'queued', activeAt: null })
  const moved = stream.page(observed.progress('down', 1))
  stream.page(observed.progress('down', 2))
  expect(stream.model.fetches[0]).toMatchObject({ state: 'active', activeAt: moved.at })
  stream.page(observed.seen('up', { id: 'upload' }))
  stream.page(observed.progress('up', 0, { uploaded: 5, uploadTotal: 10 }))
  expect(stream.states()).toEqual(['episode 1 active', 'upload 1 active'])
})

test('when bytes moved for the last time is known, and telling the same bytes again is no movement', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  const moved = stream.page(observed.progress('h', 5))
  stream.page(observed.progress('h', 5), 10_000)
  stream.page(observed.failure('h'), 10_000)
  expect(stream.model.fetches[0]?.movedAt).toBe(moved.at)
})

test('a fetch of any length keeps a bounded number of samples, the first and the last among them', () => {
  const stream = createStream()
  const seen = stream.page(observed.seen('h'))
  for (let i = 1; i <= 20_000; i++) stream.page(observed.progress('h', i), 1)
  const samples = stream.model.fetches[0]?.samples ?? []
  expect(samples.length).toBeLessThanOrEqual(1000)
  expect(samples.length).toBeGreaterThan(100)
  expect(samples[0]?.at).toBe(seen.at)
  expect(samples.at(-1)?.downloaded).toBe(20_000)
  expect(samples.map((one) => one.at)).toEqual(samples.map((one) => one.at).sort((a, b) => a - b))
})

import { expect, test } from 'vitest'
import { createStream, observed } from '../streams/events.fixture'
import { progressParts, shortProgress, wholeProgress } from './progress'

function first(stream: ReturnType<typeof createStream>) {
  const [fetch] = stream.model.fetches
  if (!fetch) throw new Error('No fetch.')
  return fetch
}

test('a fetch that runs says its share, its bytes and their total, with one unit where it is the same', () => {
  const stream = createStream()
  stream.page(observed.seen('h', {}, { downloadTotal: 3_900_000 }))
  expect(shortProgress(first(stream))).toBe('0 B/3.9 MB')
  stream.page(observed.progress('h', 1_600_000, { downloadTotal: 3_900_000 }))
  expect(shortProgress(first(stream))).toBe('41% · 1.6/3.9 MB')
})

test('an aborted fetch says what had arrived, although it reads 0 at its end', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.progress('h', 410))
  stream.page(observed.failure('h'))
  expect(shortProgress(first(stream))).toBe('41% · 410 B')
  expect(wholeProgress(first(stream))).toMatch(/^410 B of 1\.0 kB/)
})

test('a success says what arrived, and not that it was all of it', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.response('h', {}, 3))
  stream.page(observed.success('h'))
  expect(shortProgress(first(stream))).toBe('1.0 kB · 3 of 3 responses')
})

test('nothing is said of a share whose total is unknown', () => {
  const stream = createStream()
  stream.page(observed.seen('h', {}, { downloadTotal: 0 }))
  stream.page(observed.progress('h', 9000, { downloadTotal: 0 }))
  expect(shortProgress(first(stream))).toBe('9.0 kB')
})

test('what is sent counts until something arrives', () => {
  const stream = createStream()
  const upload = { downloadTotal: 0, uploadTotal: 2000 }
  stream.page(observed.seen('h', {}, upload))
  stream.page(observed.progress('h', 0, { ...upload, uploaded: 500 }))
  expect(shortProgress(first(stream))).toBe('25% · 500 B/2.0 kB uploaded')
})

test('a request that has failed is no response', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.progress('h', 15))
  stream.page(observed.response('h', {}, 1))
  stream.page(observed.response('h', { index: 1, status: 0, responseType: 'error' }, 2))
  expect(stream.last()).toMatch(/\(1 of 3, 1 failed\)$/)
  expect(shortProgress(first(stream))).toBe('1% · 15 B/1.0 kB · 1 of 3 responses, 1 failed')
  // A page that has found it later counts those that it has not reported itself.
  const third = observed.response('h', { index: 2 }, 3)
  stream.page({ ...third, failed: 2 } as typeof third)
  expect(wholeProgress(first(stream))).toMatch(/, 1 of 3 responses, 2 failed$/)
})

test('what may be left out where there is no room is a part of its own, with what stands before it', () => {
  expect(progressParts('41% · 1.6/3.9 MB · 1 of 3 responses')).toEqual([
    '41%',
    ' · 1.6/3.9 MB',
    ' · 1 of 3 responses',
  ])
  expect(progressParts('0 B/9.0 MB')).toEqual(['0 B', '/9.0 MB'])
  expect(progressParts('')).toEqual([''])
})

import { expect, test } from 'vitest'
import { createStream, observed } from '../streams/events.fixture'
import { shortProgress, wholeProgress } from './progress'

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

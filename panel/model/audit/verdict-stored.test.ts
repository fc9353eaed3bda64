import { expect, test } from 'vitest'
import type { FetchRecord } from '../../../protocol/attributes'
import type { StorageItem } from '../../../protocol/storage-items'
import { observed } from '../streams/events.fixture'
import { bodyOf, createAuditStream, entryOf, fileOf, foreign, old, recordOf, rowOf } from './audit.fixture'
import { succeeded } from './verdict.fixture'

test.each<[string, StorageItem, RegExp]>([
  [
    'a file of its size',
    foreign(fileOf('movie.bin', 1000)),
    /^1 of 1 responses, 1\.0 kB in OPFS movie\.bin$/,
  ],
  [
    'a Blob in a row',
    foreign(rowOf('movie', 'Blob', { size: 1000, bodies: [bodyOf(1000)] })),
    /^1 of 1 responses, 1\.0 kB in pod\/downloads: movie$/,
  ],
  ['its cache entry', entryOf(200), /^1 of 1 responses, 1\.0 kB in media$/],
  [
    'an entry of another key',
    foreign(entryOf(200, { url: 'https://pod.example/mine' })),
    /^1 of 1 .* in media$/,
  ],
])('a success is stored in %s', (_, item, line) => {
  expect(succeeded([item]).verdict()).toMatchObject({ kind: 'stored', line: expect.stringMatching(line) })
})

test.each<[string, () => ReturnType<typeof createAuditStream>, string, RegExp]>([
  [
    'nothing is new',
    () => succeeded([]),
    'not-stored',
    /^Not found in storage: 1 of 1 responses \(1\.0 kB\)$/,
  ],
  [
    'only one of two is stored',
    () => succeeded([entryOf(200)], [recordOf(), recordOf({ index: 1, url: 'https://pod.example/b' })], 2000),
    'not-stored',
    /^Not found in storage: 1 of 2 responses \(1\.0 kB\); Stored: 1 of 2 responses/,
  ],
  [
    'it was stored before',
    () => succeeded([old(entryOf(200))]),
    'unknown',
    /was in storage before the fetch/,
  ],
  [
    'a row may hold it as text',
    () => succeeded([foreign(rowOf('x', `${'a'.repeat(400)}…`))]),
    'unknown',
    /may be in pod\/downloads: x/,
  ],
  [
    'there is no baseline',
    () => {
      const story = createAuditStream().seen()
      return story.ended(
        { baseline: 'none', baselineAt: null, usageBefore: null },
        [recordOf()],
        observed.success('h'),
      )
    },
    'unknown',
    /not read before the fetch/,
  ],
  [
    'the requests could not be read',
    () => {
      const story = createAuditStream().seen().settled([], observed.success('h'))
      return story
        .requests({ problem: { kind: 'error', detail: 'no' } })
        .over()
        .later()
    },
    'unknown',
    /requests could not be read/,
  ],
  [
    'an upload was answered',
    () => succeeded([], [recordOf({ method: 'POST' })]),
    'answered',
    /^1 request with another method than GET was answered/,
  ],
])('a success has words of its own where %s', (_, story, kind, line) => {
  expect(story().verdict()).toMatchObject({ kind, line: expect.stringMatching(line) })
})

test.each<[string, Partial<Parameters<typeof recordOf>[0]>, StorageItem[], number, RegExp]>([
  [
    'an empty body',
    { contentLength: 5_000_000, bodySize: 0 },
    [],
    0,
    /^Success, but 0 B of 5\.0 MB can be read/,
  ],
  [
    'a short body',
    { contentLength: 5_000_000, bodySize: 4_000_000 },
    [],
    4_000_000,
    /4\.0 MB of 5\.0 MB can be read/,
  ],
  [
    'a stored body that is short',
    { contentLength: 5_000_000 },
    [entryOf(200, { size: 0 })],
    0,
    /^Success, but 0 B of 5\.0 MB can be read/,
  ],
  [
    'bytes that were never counted',
    { contentLength: 5_000_000 },
    [],
    0,
    /^Success, but 0 B of 5\.0 MB can be read/,
  ],
])('a success with %s is wrong', (_, some, items, downloaded, line) => {
  const { kind, line: said } = succeeded(items, [recordOf(some)], downloaded).verdict()
  expect(kind).toBe('wrong')
  expect(said).toMatch(line)
})

test('a response that is stored short is not called missing, and its row says how much there is', () => {
  const stored = succeeded([entryOf(200, { size: 10 })], [recordOf({ bodySize: 10 })], 10).verdict()
  expect(stored.outcomes).toMatchObject([{ outcome: 'stored-short' }])
  expect(stored.line).toMatch(
    /^Success, but 10 B of 1\.0 kB can be read: .*\. Stored, smaller than promised: 1 of 1 responses, 10 B/,
  )
  expect(stored.line).not.toContain('Not found')
  expect(stored.gaps).toEqual([])
})

test('where the body could not be read, what the browser counted is its size', () => {
  const [outcome] = succeeded([], [recordOf({ contentLength: 5000 })], 12).verdict().outcomes
  expect(outcome?.record.bodySize).toBe(12)
  const [whole] = succeeded([], [recordOf({ contentLength: 5000 })], 5000).verdict().outcomes
  expect(whole?.record.bodySize).toBeNull()
})

test.each([
  ['a file', foreign(fileOf('movie.bin', 1000))],
  ['a Blob', foreign(rowOf('movie', 'Blob', { size: 1000, bodies: [bodyOf(1000)] }))],
  ['an entry under another URL', foreign(entryOf(200, { url: 'https://pod.example/other' }))],
  ['an entry under its URL', entryOf(200)],
])('%s of the size of a response is one only where its bytes are the same', (_, item) => {
  const ended = (bodyDigest: number | null) =>
    createAuditStream()
      .seen()
      .ended({ items: [item] }, [recordOf({ bodyDigest })])
      .verdict()
  expect(ended(7).kind).toBe('clean')
  expect(ended(8).kind).toBe(item.mentions ? 'left' : 'unmatched')
  // Under its own URL, with its status and its size, it is taken for the response.
  const isAtUrl = item.mentions
  expect(ended(null)).toMatchObject({
    kind: isAtUrl ? 'clean' : 'unknown',
    gaps: isAtUrl ? [] : [expect.stringMatching(/content was not compared/)],
  })
})

test('an encoded body, or the answer to HEAD, is not called short', () => {
  const encoded = succeeded([], [recordOf({ contentLength: 5000, encoded: true })], 10)
  const head = succeeded([], [recordOf({ contentLength: 5000, method: 'HEAD' })], 0)
  expect([...encoded.rules(), ...head.rules()]).not.toContain('short-body')
})

const cors = { responseType: 'cors', contentLength: 1400 } as const

test('of another origin, fewer bytes than Content-Length says are not called short: it may be that of an encoded body', () => {
  const story = succeeded([entryOf(200, { size: 1000 })], [recordOf({ ...cors, bodySize: 1000 })], 1000)
  expect(story.rules()).not.toContain('short-body')
  const verdict = story.verdict()
  expect(verdict).toMatchObject({ kind: 'unknown', outcomes: [{ outcome: 'stored' }] })
  expect(verdict.gaps).toEqual([expect.stringMatching(/CORS hides Content-Encoding/)])
})

test.each([
  ['nothing of a large body came', { ...cors, contentLength: 5000, bodySize: 0 }],
  ['its request has Range, to which no encoded answer is accepted', { ...cors, status: 206, hasRange: true }],
])('of another origin, a body is called short where %s', (_, some) => {
  expect(succeeded([], [recordOf({ bodySize: 1000, ...some })], 1000).rules()).toContain('short-body')
})

test('an empty body of a request with Range and the status 200 was dropped, whatever its size was', () => {
  const dropped = (some: Partial<FetchRecord>) =>
    succeeded([], [recordOf({ hasRange: true, bodySize: 0, ...some })], 0)
  for (const contentLength of [null, 21]) {
    const story = dropped({ contentLength })
    expect(story.rules()).toContain('range-dropped')
    expect(story.rules()).not.toContain('short-body')
    expect(story.verdict().line).toMatch(
      /a body is empty: Chromium drops it where .* Range with 200\. \/media/,
    )
  }
  expect(dropped({ contentLength: 0 }).rules()).not.toContain('range-dropped')
  expect(dropped({ status: 206 }).rules()).not.toContain('range-dropped')
})

test('a row of which not all was read is not taken for a response', () => {
  const part = foreign(rowOf('movie', 'Blob', { size: 5000, bodies: [bodyOf(1000)] }))
  expect(
    createAuditStream()
      .seen()
      .ended({ items: [part] }, [recordOf()])
      .verdict().kind,
  ).toBe('unmatched')
})

test('a response that is shorter than promised is not a complete one', () => {
  const short = createAuditStream()
    .seen()
    .ended({ items: [entryOf(200, { size: 500 })] }, [recordOf()])
  expect(short.verdict().kind).toBe('left')
  const unread = createAuditStream()
    .seen()
    .ended({ items: [entryOf(200, { size: null })] }, [recordOf()])
  expect(unread.verdict()).toMatchObject({
    kind: 'unknown',
    line: expect.stringMatching(/size of a stored response/),
  })
})

test('a row in which there is more than responses, or nothing, is not taken for one', () => {
  const row = foreign(rowOf('movie', 'Blob', { size: 1500, bodies: [bodyOf(1000), bodyOf(500)] }))
  expect(
    createAuditStream()
      .seen()
      .ended({ items: [row] }, [recordOf()])
      .verdict().kind,
  ).toBe('unmatched')
  const empty = recordOf({ contentLength: 0, bodySize: 0 })
  expect(
    createAuditStream()
      .seen()
      .ended({ items: [foreign(fileOf('a', 0))] }, [empty])
      .verdict().kind,
  ).toBe('unmatched')
})

test('one response does not account for two files of its size', () => {
  const files = ['a', 'b'].map((path) => foreign(fileOf(path, 1000)))
  const story = createAuditStream().seen().ended({ items: files }, [recordOf()])
  expect(story.verdict()).toMatchObject({
    kind: 'unmatched',
    line: expect.stringMatching(/^1 new file in OPFS \(b,/),
  })
})

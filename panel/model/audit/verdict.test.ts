import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import type { StorageItem } from '../../../protocol/storage-items'
import { createStream, observed } from '../streams/events.fixture'
import {
  bodyOf,
  changed,
  createAuditStream,
  entryOf,
  fileOf,
  foreign,
  LONG_AGO,
  type Look,
  old,
  recordOf,
  rowOf,
  step,
  usageOf,
} from './audit.fixture'
import { audit, type VerdictKind } from './verdict'

const row = rowOf('episode')
const ended = (...items: StorageItem[]) => createAuditStream().seen().ended({ items })
const succeeded = (items: readonly StorageItem[], records = [recordOf()], downloaded = 1000) =>
  createAuditStream().seen({}, downloaded).ended({ items }, records, observed.success('h', downloaded))

test('a fetch that has not settled, or was not compared, has no verdict', () => {
  expect(audit(createAuditStream().seen().fetch())).toBeNull()
  expect(audit(createAuditStream().seen().settled().fetch())).toBeNull()
})

test('clean says that nothing is new or left, or what is stored', () => {
  expect(ended().verdict()).toMatchObject({ kind: 'clean', line: 'nothing new, nothing left', final: true })
  const one = createAuditStream()
    .seen()
    .ended({ items: [entryOf(200)] }, [recordOf()])
  expect(one.verdict().line).toBe('1 complete response is stored, nothing else is new or left, 1.0 kB')
})

test.each<[string, StorageItem[], RegExp]>([
  [
    'a row whose key is made from the ID',
    [
      foreign(
        rowOf('movie-7', '', {
          database: 'db',
          store: 'store',
          size: 8_400_000,
          bodies: [bodyOf(8_400_000)],
        }),
      ),
    ],
    /^1 new row in db\/store \(movie-7, 8\.4 MB\), not matched to this fetch$/,
  ],
  ['a file', [foreign(fileOf('42.part', 20))], /^1 new file in OPFS \(42\.part, 20 B\), not matched/],
  [
    'a changed row',
    [foreign(changed(rowOf('list')))],
    /^1 changed row in pod\/downloads \(list\), not matched/,
  ],
  [
    'many rows',
    ['a', 'b', 'c', 'd', 'e'].map((key) => foreign(rowOf(key))),
    /^5 new rows in pod\/downloads \(a, b, c and 2 more\), not matched/,
  ],
  [
    'an empty cache',
    [{ ...foreign(row), kind: 'cache', name: 'tmp' } as StorageItem],
    /^1 new cache \(tmp\), not matched/,
  ],
  [
    'a directory',
    [{ ...foreign(row), kind: 'directory', path: 'parts' } as StorageItem],
    /^1 new directory in OPFS \(parts\), not matched/,
  ],
])('%s that is new is counted and named with its size', (_, items, line) => {
  expect(ended(...items).verdict()).toMatchObject({ kind: 'unmatched', line: expect.stringMatching(line) })
})

test('bytes that no item accounts for are new as well', () => {
  const grown = createAuditStream()
    .seen()
    .ended({ usage: usageOf(0, 8_400_000) })
  expect(grown.verdict().kind).toBe('unmatched')
  expect(grown.verdict().line).toMatch(/^8\.4 MB in IndexedDB that no listed item accounts for, not matched/)
  const explained = createAuditStream()
    .seen()
    .ended({ usage: usageOf(0, 0, 500_000), items: [foreign(fileOf('a', 500_000))] })
  expect(explained.rules()).toEqual(['not-matched'])
})

test('a new container of which all is listed is not listed itself', () => {
  const cache = { ...foreign(row), kind: 'cache', name: 'media' } as StorageItem
  const storing = createAuditStream()
    .seen()
    .ended({ items: [cache, entryOf(200)] }, [recordOf()])
  expect(storing.verdict().kind).toBe('clean')
  expect(ended(cache, foreign(entryOf(200, { url: 'https://pod.example/x' }))).verdict().line).toMatch(
    /^1 new cache entry in media \(x, 1\.0 kB\), not/,
  )
})

test.each<[string, StorageItem, string]>([
  [
    'before the panel',
    old({ ...row, mayBeOlder: true }),
    'older than the fetch: from at least 1 min 40 s before its start',
  ],
  [
    'while the panel was open',
    old(fileOf('episode.part')),
    'older than the fetch: from 1 min 40 s before its start',
  ],
  ['and changed', changed(row), 'older than the fetch: from 1 min 40 s before its start, changed since'],
  [
    'at a time that is not known',
    { ...row, change: 'unknown', mayBeOlder: true, firstSeen: 1_000_200 },
    'may be older than the fetch',
  ],
])('what names the fetch is left, whatever its age: from %s', (_, item, age) => {
  const { kind, line } = ended(item).verdict()
  expect(kind).toBe('left')
  expect(line).toContain(
    `1 item names this fetch: ${item.kind === 'file' ? item.path : 'pod/downloads: episode'}`,
  )
  expect(line).toContain(age)
})

test('what is left is named with its bytes, and what is new beside it', () => {
  const left = ended(row, fileOf('parts/episode.part', 2048), foreign(rowOf('other')))
  expect(left.verdict()).toMatchObject({
    kind: 'left',
    line: '2 items name this fetch: pod/downloads: episode and 1 more, 2.0 kB. 1 new row in pod/downloads (other), not matched to this fetch',
  })
})

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
    /^1 upload was answered/,
  ],
])('a success has words of its own where %s', (_, story, kind, line) => {
  expect(story().verdict()).toMatchObject({ kind, line: expect.stringMatching(line) })
})

test.each<[string, Partial<Parameters<typeof recordOf>[0]>, StorageItem[], number, RegExp]>([
  ['an empty body', { contentLength: 5_000_000, bodySize: 0 }, [], 0, /^Success, but 0 B of 5\.0 MB arrived/],
  [
    'a short body',
    { contentLength: 5_000_000, bodySize: 4_000_000 },
    [],
    4_000_000,
    /4\.0 MB of 5\.0 MB arrived/,
  ],
  [
    'a stored body that is short',
    { contentLength: 5_000_000 },
    [entryOf(200, { size: 0 })],
    0,
    /^Success, but 0 B of 5\.0 MB arrived/,
  ],
  [
    'bytes that were never counted',
    { contentLength: 5_000_000 },
    [],
    0,
    /^Success, but 0 B of 5\.0 MB arrived/,
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
    /^Success, but 10 B of 1\.0 kB arrived: .*\. Stored, not complete: 1 of 1 responses, 10 B/,
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

test('entries of caches that were not compared are said to be so, and it is not called clean', () => {
  const gaps = [{ kind: 'entries-not-compared', bytes: 5000 }] as const
  const { kind, line } = createAuditStream()
    .seen()
    .ended({ gaps: [...gaps] })
    .verdict()
  expect(kind).toBe('unknown')
  expect(line).toBe(
    'nothing wrong was found in what could be compared; the cache entries under other URLs than those of the fetch (5.0 kB) were compared by their total size only, and not searched for its ID: see Application > Cache storage',
  )
  const success = createAuditStream()
    .seen()
    .ended({ gaps: [...gaps] }, [recordOf()], observed.success('h', 1000))
  expect(success.verdict()).toMatchObject({ kind: 'not-stored', gaps: [expect.stringMatching(/other URLs/)] })
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

test('the new version of a database is not hidden by what is kept in it', () => {
  const database = { kind: 'database', name: 'pod', version: 2 } as const
  const item = changed({ ...foreign(rowOf('x')), ...database })
  const row = foreign(rowOf('movie', 'Blob', { size: 1000, bodies: [bodyOf(1000)] }))
  const { kind, unmatched } = createAuditStream()
    .seen()
    .ended({ items: [item, row] }, [recordOf()])
    .verdict()
  expect([kind, unmatched.map(({ item }) => item)]).toEqual(['unmatched', ['pod']])
})

test('an item that was replaced after the event by another of its size changed after it', () => {
  const at = (digest: number) => ({ items: [fileOf('episode.part', 10, { digest })] })
  const story = createAuditStream().seen().settled().over(at(1)).later(at(2))
  expect(story.rules()).toEqual(['changed-after'])
})

test('an item that was looked up at another time did not change after the event', () => {
  const entry = entryOf(200, { url: 'https://pod.example/episode' })
  const look = (firstSeen: number) => ({ items: [{ ...entry, firstSeen }] })
  const story = createAuditStream()
    .seen()
    .settled()
    .over()
    .look('event-ended', look(1_000_500))
    .look('final', look(1_002_000), 1500)
  const [left] = story.verdict().left
  expect(left?.note).toBe('')
})

test('an encoded body, or the answer to HEAD, is not called short', () => {
  const encoded = succeeded([], [recordOf({ contentLength: 5000, encoded: true })], 10)
  const head = succeeded([], [recordOf({ contentLength: 5000, method: 'HEAD' })], 0)
  expect([...encoded.rules(), ...head.rules()]).not.toContain('short-body')
})

test('a success whose handler failed is not said to have cleaned up', () => {
  const failed = createAuditStream().seen({}, 1000).settled([recordOf()], observed.success('h'))
  failed.event({}, [step.waitUntil(), step.rejected()]).over().later()
  expect(failed.verdict().kind).toBe('wrong')
  expect(failed.verdict().line).toMatch(
    /not everything may be stored.*Not found in storage: 1 of 1 responses/,
  )
  expect(failed.verdict().line).not.toContain('clean-up')
})

test('a success that nothing listens to is wrong, an upload is not', () => {
  const of = (method: string) =>
    createAuditStream()
      .seen({}, 1000)
      .settled([recordOf({ method })], observed.success('h'))
      .event({ handlers: 0 })
      .over()
      .later()
  expect(of('GET').verdict().line).toMatch(/^Nothing listened to backgroundfetchsuccess/)
  expect(of('POST').verdict().kind).toBe('answered')
})

test('errors that the handler logged are part of the verdict', () => {
  const logged = (...steps: ReturnType<typeof step.logged>[]) =>
    createAuditStream().seen().settled().event({}, steps).over().later()
  expect(logged(step.logged()).verdict()).toMatchObject({
    kind: 'errors',
    line: '1 error logged: finalize failed',
  })
  expect(logged(step.uncaught(), step.logged()).verdict().line).toBe(
    '2 errors logged, the first: TypeError: no',
  )
  const left = createAuditStream()
    .seen()
    .settled()
    .event({}, [step.logged()])
    .over({ items: [row] })
    .later({ items: [row] })
  expect(left.verdict()).toMatchObject({
    kind: 'left',
    line: expect.stringMatching(/1 error logged: finalize failed/),
  })
})

test('an error that is logged after the verdict makes another row', () => {
  const story = createAuditStream().seen().settled().event().over().later()
  const before = story.said()
  const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
  story.stream.page(step.logged(), 10, about)
  expect(story.said()).toEqual([...before, 'verdict: errors logged: 1 error logged: finalize failed'])
})

test('an event that the browser ended stays wrong, and no row changes what it said', () => {
  const story = createAuditStream()
    .seen()
    .settled()
    .event({}, [step.waitUntil()], false)
    .look('final', {}, 30_000)
  const [first = ''] = story.said()
  expect(first).toMatch(/^verdict: wrong: The event is not over.*promise #1 has not settled/)
  story.stream.page(observed.over('h'), 277_000)
  story.look('event-ended').later()
  expect(story.said()[0]).toBe(first)
  expect(story.said().at(-1)).toMatch(
    /wrong: The browser ended the event after 5 min \d+ s, promise #1 never settled/,
  )
  expect(story.verdict().kind).toBe('wrong')
})

test('an event that is not over after half a minute is judged by the snapshot of then, and by no earlier one', () => {
  const early = createAuditStream().seen().settled().look('settled')
  expect(early.said()).toEqual([])
  const story = early.look('settled', { items: [row] }, 30_000)
  expect(story.verdict()).toMatchObject({ kind: 'wrong', final: false })
  expect(story.verdict().line).toMatch(/^The event is not over.*1 item names this fetch/)
  expect(story.over().later().verdict()).toMatchObject({ kind: 'clean', final: true })
  expect(story.said()[0]).toMatch(/^verdict: wrong so far: The event is not over/)
})

test('what is known so far has a row for each kind of verdict, however often it grows', () => {
  const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
  const story = createAuditStream()
    .seen()
    .settled()
    .event({}, [step.waitUntil()], false)
    .look('settled', {}, 30_000)
  for (let n = 0; n < 20; n++) story.stream.page(step.logged(`error ${n}`), 10, about)
  expect(story.said()).toEqual([expect.stringMatching(/^verdict: wrong so far: The event is not over/)])
  expect(story.verdict().line).toMatch(/20 errors logged/)
  story.over({ items: [row] })
  const soFar = story.said()
  expect(soFar.at(-1)).toMatch(/^verdict: left so far/)
  story.later({ items: [row] })
  expect(story.said()).toEqual([...soFar, expect.stringMatching(/^verdict: left: .*20 errors logged/)])
})

test('where the worker is not registered any more, its event is not taken for ended', () => {
  const story = createAuditStream().seen().settled()
  story.stream.page({ ...observed.over('h'), unregistered: true } as Body)
  expect(story.stream.last()).toMatch(/^records released: Its worker is not registered any more/)
  expect(story.look('event-ended').later().verdict()).toMatchObject({
    kind: 'unknown',
    gaps: ['whether the worker’s event was fired, or has ended, is not known'],
  })
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

test('an event that ends late, but by itself, is not called ended by the browser', () => {
  const story = createAuditStream().seen().settled().look('final', {}, 30_000)
  expect(story.verdict().kind).toBe('wrong')
  expect(story.over().later().verdict().kind).toBe('clean')
  expect(story.said()).toHaveLength(3)
})

test('the verdict comes in two steps, each with a row of its own', () => {
  const story = createAuditStream().seen().settled().over()
  expect(story.said()).toEqual(['verdict: clean so far: nothing new, nothing left'])
  expect(story.verdict().final).toBe(false)
  story.later({ items: [row] })
  expect(story.said()[0]).toBe('verdict: clean so far: nothing new, nothing left')
  expect(story.said()[1]).toMatch(
    /^verdict: wrong: Storage changed after the event ended.*pod\/downloads: episode/,
  )
})

test('what a handler without waitUntil() writes after its event is said, unless others write there too', () => {
  const rows = Array.from({ length: 15 }, (_, i) => foreign(rowOf(`tile-${i}`)))
  const of = (before: StorageItem[], handlers = 1) =>
    createAuditStream()
      .seen()
      .look('settled', { items: before })
      .settled()
      .event({ handlers })
      .over({ items: before })
      .later({ items: [...before, ...rows] })
  expect(of([]).verdict()).toMatchObject({
    kind: 'wrong',
    line: expect.stringMatching(/tile-0; .*and 12 more/),
  })
  expect(of([foreign(rowOf('mine'))]).verdict().kind).toBe('unmatched')
  const untraced = createAuditStream().seen().settled().over().later({ items: rows })
  expect(untraced.verdict()).toMatchObject({
    kind: 'unmatched',
    line: expect.stringMatching(/^15 new rows .*15 changed after the event ended/),
  })
})

test('requests that share a URL are not distinguished, and no size is given to them', () => {
  const records = [0, 1].map((index) => recordOf({ index }))
  const stored = succeeded([entryOf(200)], records, 2000)
  expect(stored.verdict().kind).toBe('unknown')
  expect(stored.verdict().line).toContain('2 requests share this URL: their responses can’t be distinguished')
  expect(stored.verdict().outcomes.map(({ outcome }) => outcome)).toEqual(['shared', 'shared'])
  const storing = createAuditStream()
    .seen()
    .ended({ items: [entryOf(200)] }, records)
  expect(storing.verdict().kind).toBe('unknown')
})

test('nothing is pending once a fetch has ended, and what was seen to come counts', () => {
  const story = createAuditStream().seen()
  story.stream.page(observed.response('h', { index: 1, url: 'b' }))
  const pending = { state: 'pending', status: null } as const
  story
    .settled([recordOf({ ...pending }), recordOf({ index: 1, url: 'b', ...pending })])
    .over()
    .later()
  expect(story.verdict().outcomes.map(({ outcome }) => outcome)).toEqual(['incomplete', 'dropped'])
})

test('an answer that never came has words of its own', () => {
  const story = createAuditStream()
    .seen()
    .settled([recordOf({ state: 'no-response', status: 0 })], observed.failure('h', 'bad-status'))
  expect(
    story
      .over()
      .later()
      .verdict()
      .outcomes.map(({ outcome }) => outcome),
  ).toEqual(['no-response'])
})

test('each request has its outcome', () => {
  const records = ['stored', 'old', 'dropped', 'half'].map((name, index) =>
    recordOf({ index, url: `https://pod.example/${name}`, state: name === 'half' ? 'failed' : 'ready' }),
  )
  const items = [
    entryOf(200, { url: 'https://pod.example/kept' }),
    old(entryOf(200, { url: 'https://pod.example/old' })),
  ]
  const story = createAuditStream().seen().ended({ items }, records)
  expect(story.verdict().outcomes.map(({ outcome }) => outcome)).toEqual([
    'stored',
    'stored-before',
    'dropped',
    'incomplete',
  ])
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

test.each([
  [
    'a gap',
    { gaps: [{ kind: 'database-busy', database: 'pod', side: 'now' } as const] },
    /database pod is busy/,
  ],
  ['no baseline', { baseline: 'none', baselineAt: null } as const, /not read before the fetch/],
  ['a late baseline', { baseline: 'first-seen' } as const, /first read when the fetch was already running/],
  ['no usage', { usage: null }, /bytes in use are not known/],
  [
    'an item of which it is not known whether it is new',
    { items: [foreign({ ...row, change: 'unknown' as const })] },
    /1 item may be new/,
  ],
])('it is never clean where something was not compared: %s', (_, look, line) => {
  expect(createAuditStream().seen().ended(look).verdict()).toMatchObject({
    kind: 'unknown',
    line: expect.stringMatching(line),
  })
})

test('an item is not taken for unread because its name is in the words of a gap', () => {
  const gap = { kind: 'database-busy', database: 'other', side: 'now' } as const
  const story = createAuditStream()
    .seen()
    .ended({ items: [foreign(rowOf('busy', '', { database: 'pod v2 is busy' }))], gaps: [gap] })
  expect(story.verdict()).toMatchObject({
    kind: 'unmatched',
    gaps: ['database other is busy or was deleted'],
  })
})

test('no snapshot while it ran is needed where there is a baseline', () => {
  const story = createAuditStream()
  story.stream.page(observed.seen('h'))
  story.settled([recordOf({ status: 404 })], observed.failure('h', 'bad-status'))
  expect(
    story
      .over({ items: [row] })
      .later({ items: [row] })
      .verdict().kind,
  ).toBe('left')
})

test('a page that went away before the comparison is the reason that is given', () => {
  const lost = createAuditStream().seen().settled()
  lost.stream.page(observed.frameGone())
  expect(lost.verdict()).toMatchObject({
    kind: 'unknown',
    gaps: [expect.stringMatching(/page was closed or left/)],
  })
  expect(lost.said()).toHaveLength(1)
  // The next page of the origin may read the storage after all.
  lost.look('event-ended', { items: [row] })
  expect(lost.verdict()).toMatchObject({ kind: 'left' })
})

/** What a page reads that knows nothing of before: all that is stored. */
const byAnotherPage = (items: readonly StorageItem[]): Look => ({
  baseline: 'none',
  baselineAt: null,
  usageBefore: null,
  items: items.map((item) => ({ ...item, change: 'unknown', mayBeOlder: true })),
  gaps: [{ kind: 'caches-not-listed', grown: null }],
})
const note = foreign(rowOf('note'))

test.each<[string, Look, Look, VerdictKind, RegExp]>([
  ['what is still there', { items: [row] }, byAnotherPage([row, note]), 'left', /^1 item names this fetch/],
  ['what is new', { items: [note] }, byAnotherPage([note]), 'unmatched', /^1 new row/],
  ['what was removed since', { items: [row] }, byAnotherPage([note]), 'unknown', /another one read/],
  ['what names it since', {}, byAnotherPage([row]), 'left', /^1 item names this fetch/],
  ['nothing that names it', {}, byAnotherPage([note]), 'unknown', /another one read the storage again/],
])('a second look by another page: %s', (_, first, second, kind, line) => {
  const story = createAuditStream().seen().settled().over(first)
  story.stream.page(observed.frameGone())
  story.look('event-ended', second).later(second)
  expect(story.verdict()).toMatchObject({ kind, line: expect.stringMatching(line) })
  expect(story.verdict().gaps).toContainEqual(expect.stringMatching(/another one read the storage again/))
})

test('a verdict that is final does not become weaker when another page reads the storage', () => {
  const story = createAuditStream().seen().ended()
  const verdict = story.verdict()
  expect(verdict.kind).toBe('clean')
  story.look('event-ended', byAnotherPage([row])).later(byAnotherPage([row]))
  expect(story.verdict()).toEqual(verdict)
})

test('a fetch whose worker was unregistered is judged by what it left, and by no handler', () => {
  const left = createAuditStream().seen({ items: [row] })
  left.stream.page(observed.gone('h', 'unregistered'))
  left.requests({ total: 1, records: [recordOf({ state: 'unknown', status: null })] })
  left.later({ items: [row] })
  expect(left.verdict()).toMatchObject({ kind: 'left', unregistered: true })
  const clean = createAuditStream().seen()
  clean.stream.page(observed.gone('h', 'unregistered'))
  expect(clean.requests({}).later().verdict()).toMatchObject({ kind: 'clean', wrong: [] })
})

test('a fetch that nobody saw end is not judged', () => {
  const lost = createAuditStream().seen({ items: [row] })
  lost.stream.page(observed.gone('h', 'not-listed'))
  lost.later({ items: [row] })
  expect(audit(lost.fetch())).toBeNull()
  expect(lost.said()).toEqual([])
})

test('the handler of an aborted fetch that removes what the next one of its ID wrote is wrong, each has a verdict', () => {
  const first = createAuditStream()
    .seen({ items: [row] })
    .settled()
  const second = createAuditStream('episode', first.stream, 'h2').seen({ items: [row] })
  first.over().later()
  expect(first.verdict().kind).toBe('wrong')
  expect(first.verdict().line).toMatch(
    /removed what the running fetch of the same ID wrote.*pod\/downloads: episode/,
  )
  expect(second.ended({}, [], observed.failure('h2')).verdict().kind).toBe('clean')
})

test('that it removed what the next one wrote stands when the next one is read again, without it', () => {
  const first = createAuditStream()
    .seen({ items: [row] })
    .settled()
  const second = createAuditStream('episode', first.stream, 'h2').seen({ items: [row] })
  first.over()
  second.look('started')
  first.later()
  expect(first.verdict()).toMatchObject({ kind: 'wrong', wrong: [{ rule: 'removed-next' }] })
})

test.each([
  ['a database could not be opened', { kind: 'database-busy', side: 'now', database: 'pod' }],
  [
    'values could not be read',
    { kind: 'values-not-compared', side: 'now', database: 'pod', store: 'downloads' },
  ],
] as const)('where %s, nothing is said to be removed', (_, gap) => {
  const first = createAuditStream()
    .seen({ items: [row] })
    .settled()
  createAuditStream('episode', first.stream, 'h2').seen({ items: [row] })
  first.over({ gaps: [gap] }).later()
  expect(first.verdict().kind).toBe('unknown')
})

test('what another fetch of the origin is named by is not new of this one', () => {
  const stream = createStream()
  const one = createAuditStream('ep-1', stream, 'h1').seen({ items: [rowOf('ep-1')] })
  createAuditStream('ep-12', stream, 'h12').seen({ items: [rowOf('ep-12')] })
  one.ended({ items: [foreign(rowOf('ep-12'))] }, [], observed.failure('h1'))
  expect(one.verdict()).toMatchObject({
    kind: 'clean',
    line: expect.stringMatching(/1 new item names the fetch ep-12$/),
  })
})

test('a matching rule says what belongs to the fetch', () => {
  const story = createAuditStream('dl-7')
    .seen()
    .ended({ items: [foreign(rowOf('movie-7'))] })
  const matching = [{ pattern: 'dl-(.*)', replacement: 'movie-$1' }]
  expect(story.verdict().kind).toBe('unmatched')
  const settings = { disabled: new Set<string>(), ignored: new Set<string>(), matching }
  expect(story.verdict(settings)).toMatchObject({ kind: 'left', line: expect.stringMatching(/movie-7/) })
})

test('the age of what was there is counted from its start', () => {
  const story = ended({ ...row, change: 'same', firstSeen: LONG_AGO + 100_000 + 10 - 8000 })
  expect(story.verdict().line).toContain('from 8.00 s before its start')
})

const GAP = 'the handler may have logged errors that were not read'

test.each([
  ['its handler', step.counted(1000, true)],
  ['a handler that is not known', step.counted(0, true, null)],
])('errors that were not read from the console of %s keep a verdict from being clean', (_, counted) => {
  const story = createAuditStream().seen().settled().event({}, [counted]).over().later()
  expect(story.verdict()).toMatchObject({ kind: 'unknown', gaps: [GAP] })
  expect(story.verdict().line).toContain(GAP)
})

test('what was counted and is all keeps no verdict from being clean', () => {
  const story = createAuditStream()
    .seen()
    .settled()
    .event({}, [step.counted(900, false)])
    .over()
    .later()
  expect(story.verdict()).toMatchObject({ kind: 'clean', gaps: [] })
})

test('errors that were not read when an event was dispatched and not yet reported may be its own', () => {
  const story = createAuditStream().seen().settled()
  const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
  // Reports of one time: the event is reported after the message.
  story.event({}, [], false)
  const [seen, dispatched] = story.stream.model.rows.map(({ event }) => event.body).slice(-2)
  const fresh = createAuditStream().seen().settled()
  for (const body of [seen, step.counted(0, true, null), dispatched])
    if (body) fresh.stream.page(body, 0, about)
  fresh.over().later()
  expect(fresh.verdict()).toMatchObject({ kind: 'unknown', gaps: [GAP] })
})

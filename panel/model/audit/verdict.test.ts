import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import type { StorageItem } from '../../../protocol/storage-items'
import { say, tell } from '../events.fixture'
import {
  changed,
  entryOf,
  fileOf,
  foreign,
  LONG_AGO,
  old,
  recordOf,
  rowOf,
  step,
  tellAudit,
  usageOf,
} from './audit.fixture'
import { audit } from './verdict'

const row = rowOf('episode')
const ended = (...items: StorageItem[]) => tellAudit().seen().ended({ items })
const succeeded = (items: readonly StorageItem[], records = [recordOf()], downloaded = 1000) =>
  tellAudit().seen({}, downloaded).ended({ items }, records, say.success('h', downloaded))

test('a fetch that has not settled, or was not compared, has no verdict', () => {
  expect(audit(tellAudit().seen().fetch())).toBeNull()
  expect(audit(tellAudit().seen().settled().fetch())).toBeNull()
})

test('clean says that nothing is new or left, or what is stored', () => {
  expect(ended().verdict()).toMatchObject({ kind: 'clean', line: 'nothing new, nothing left', final: true })
  const one = tellAudit()
    .seen()
    .ended({ items: [entryOf(200)] }, [recordOf()])
  expect(one.verdict().line).toBe('1 complete response is stored, nothing else is new or left, 1.0 kB')
})

test.each<[string, StorageItem[], RegExp]>([
  [
    'a row whose key is made from the ID',
    [foreign(rowOf('movie-7', '', { database: 'db', store: 'store', size: 8_400_000, bodies: [8_400_000] }))],
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
  const grown = tellAudit()
    .seen()
    .ended({ usage: usageOf(0, 8_400_000) })
  expect(grown.verdict().kind).toBe('unmatched')
  expect(grown.verdict().line).toMatch(/^8\.4 MB in IndexedDB that no listed item accounts for, not matched/)
  const explained = tellAudit()
    .seen()
    .ended({ usage: usageOf(0, 0, 500_000), items: [foreign(fileOf('a', 500_000))] })
  expect(explained.rules()).toEqual(['not-matched'])
})

test('a new container of which all is listed is not listed itself', () => {
  const cache = { ...foreign(row), kind: 'cache', name: 'media' } as StorageItem
  const kept = tellAudit()
    .seen()
    .ended({ items: [cache, entryOf(200)] }, [recordOf()])
  expect(kept.verdict().kind).toBe('clean')
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
    foreign(rowOf('movie', 'Blob', { size: 1000, bodies: [1000] })),
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

test.each<[string, () => ReturnType<typeof tellAudit>, string, RegExp]>([
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
      const story = tellAudit().seen()
      return story.ended(
        { baseline: 'none', baselineAt: null, usageBefore: null },
        [recordOf()],
        say.success('h'),
      )
    },
    'unknown',
    /not read before the fetch/,
  ],
  [
    'the requests could not be read',
    () => {
      const story = tellAudit().seen().settled([], say.success('h'))
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

test('clean says how far entries of caches that were there before were compared', () => {
  const usage = { usage: usageOf(5000), usageBefore: usageOf(5000) }
  const { kind, line } = tellAudit().seen().ended(usage).verdict()
  expect(kind).toBe('clean')
  expect(line).toBe(
    'nothing new, nothing left; cache entries under other URLs were compared by their total size only',
  )
})

test('an item that was looked up at another time did not change after the event', () => {
  const entry = entryOf(200, { url: 'https://pod.example/episode' })
  const look = (firstSeen: number) => ({ items: [{ ...entry, firstSeen }] })
  const story = tellAudit()
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
  const failed = tellAudit().seen({}, 1000).settled([recordOf()], say.success('h'))
  failed.event({}, [step.waitUntil(), step.rejected()]).over().later()
  expect(failed.verdict().kind).toBe('wrong')
  expect(failed.verdict().line).toMatch(
    /not everything may be stored.*Not found in storage: 1 of 1 responses/,
  )
  expect(failed.verdict().line).not.toContain('clean-up')
})

test('a success that nothing listens to is wrong, an upload is not', () => {
  const of = (method: string) =>
    tellAudit()
      .seen({}, 1000)
      .settled([recordOf({ method })], say.success('h'))
      .event({ handlers: 0 })
      .over()
      .later()
  expect(of('GET').verdict().line).toMatch(/^Nothing listened to backgroundfetchsuccess/)
  expect(of('POST').verdict().kind).toBe('answered')
})

test('errors that the handler logged are part of the verdict', () => {
  const logged = (...steps: ReturnType<typeof step.logged>[]) =>
    tellAudit().seen().settled().event({}, steps).over().later()
  expect(logged(step.logged()).verdict()).toMatchObject({
    kind: 'errors',
    line: '1 error logged: finalize failed',
  })
  expect(logged(step.uncaught(), step.logged()).verdict().line).toBe(
    '2 errors logged, the first: TypeError: no',
  )
  const left = tellAudit()
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
  const story = tellAudit().seen().settled().event().over().later()
  const before = story.said()
  const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
  story.stream.page(step.logged(), 10, about)
  expect(story.said()).toEqual([...before, 'verdict: errors logged: 1 error logged: finalize failed'])
})

test('an event that the browser ended stays wrong, and no row changes what it said', () => {
  const story = tellAudit().seen().settled().event({}, [step.waitUntil()], false).look('final', {}, 30_000)
  const [first = ''] = story.said()
  expect(first).toMatch(/^verdict: wrong: The event is not over.*promise #1 has not settled/)
  story.stream.page(say.over('h'), 277_000)
  story.look('event-ended').later()
  expect(story.said()[0]).toBe(first)
  expect(story.said().at(-1)).toMatch(
    /wrong: The browser ended the event after 5 min \d+ s, promise #1 never settled/,
  )
  expect(story.verdict().kind).toBe('wrong')
})

test('an event that is not over after half a minute is judged by the snapshot of then, and by no earlier one', () => {
  const early = tellAudit().seen().settled().look('settled')
  expect(early.said()).toEqual([])
  const story = early.look('settled', { items: [row] }, 30_000)
  expect(story.verdict()).toMatchObject({ kind: 'wrong', final: false })
  expect(story.verdict().line).toMatch(/^The event is not over.*1 item names this fetch/)
  expect(story.over().later().verdict()).toMatchObject({ kind: 'clean', final: true })
  expect(story.said()[0]).toMatch(/^verdict: wrong so far: The event is not over/)
})

test('where the worker is not registered any more, its event is not taken for ended', () => {
  const story = tellAudit().seen().settled()
  story.stream.page({ ...say.over('h'), unregistered: true } as Body)
  expect(story.stream.last()).toMatch(/^records released: Its worker is not registered any more/)
  expect(story.look('event-ended').later().verdict()).toMatchObject({
    kind: 'unknown',
    gaps: ['whether the worker’s event was fired, or has ended, is not known'],
  })
})

test('a row of which not all was read is not taken for a response', () => {
  const part = foreign(rowOf('movie', 'Blob', { size: 5000, bodies: [1000] }))
  expect(
    tellAudit()
      .seen()
      .ended({ items: [part] }, [recordOf()])
      .verdict().kind,
  ).toBe('unmatched')
})

test('an event that ends late, but by itself, is not called ended by the browser', () => {
  const story = tellAudit().seen().settled().look('final', {}, 30_000)
  expect(story.verdict().kind).toBe('wrong')
  expect(story.over().later().verdict().kind).toBe('clean')
  expect(story.said()).toHaveLength(3)
})

test('the verdict comes in two steps, each with a row of its own', () => {
  const story = tellAudit().seen().settled().over()
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
    tellAudit()
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
  const untraced = tellAudit().seen().settled().over().later({ items: rows })
  expect(untraced.verdict()).toMatchObject({
    kind: 'unmatched',
    line: expect.stringMatching(/^15 new rows .*15 changed after the event ended/),
  })
})

test('requests that share a URL are not told apart, and no size is given to them', () => {
  const records = [0, 1].map((index) => recordOf({ index }))
  const stored = succeeded([entryOf(200)], records, 2000)
  expect(stored.verdict().kind).toBe('unknown')
  expect(stored.verdict().line).toContain('2 requests share this URL: their responses can’t be distinguished')
  expect(stored.verdict().outcomes.map(({ outcome }) => outcome)).toEqual(['shared', 'shared'])
  const kept = tellAudit()
    .seen()
    .ended({ items: [entryOf(200)] }, records)
  expect(kept.verdict().kind).toBe('unknown')
})

test('nothing is pending once a fetch has ended, and what was seen to come counts', () => {
  const story = tellAudit().seen()
  story.stream.page(say.response('h', { index: 1, url: 'b' }))
  const pending = { state: 'pending', status: null } as const
  story
    .settled([recordOf({ ...pending }), recordOf({ index: 1, url: 'b', ...pending })])
    .over()
    .later()
  expect(story.verdict().outcomes.map(({ outcome }) => outcome)).toEqual(['incomplete', 'dropped'])
})

test('an answer that never came has words of its own', () => {
  const story = tellAudit()
    .seen()
    .settled([recordOf({ state: 'no-response', status: 0 })], say.failure('h', 'bad-status'))
  expect(
    story
      .over()
      .later()
      .verdict()
      .outcomes.map(({ outcome }) => outcome),
  ).toEqual(['no-response'])
})

test('each request has its outcome', () => {
  const records = ['kept', 'old', 'dropped', 'half'].map((name, index) =>
    recordOf({ index, url: `https://pod.example/${name}`, state: name === 'half' ? 'failed' : 'ready' }),
  )
  const items = [
    entryOf(200, { url: 'https://pod.example/kept' }),
    old(entryOf(200, { url: 'https://pod.example/old' })),
  ]
  const story = tellAudit().seen().ended({ items }, records)
  expect(story.verdict().outcomes.map(({ outcome }) => outcome)).toEqual([
    'stored',
    'stored-before',
    'dropped',
    'incomplete',
  ])
})

test('a response that is shorter than promised is not a complete one', () => {
  const short = tellAudit()
    .seen()
    .ended({ items: [entryOf(200, { size: 500 })] }, [recordOf()])
  expect(short.verdict().kind).toBe('left')
  const unread = tellAudit()
    .seen()
    .ended({ items: [entryOf(200, { size: null })] }, [recordOf()])
  expect(unread.verdict()).toMatchObject({
    kind: 'unknown',
    line: expect.stringMatching(/size of a stored response/),
  })
})

test('a row in which there is more than responses, or nothing, is not taken for one', () => {
  const row = foreign(rowOf('movie', 'Blob', { size: 1500, bodies: [1000, 500] }))
  expect(
    tellAudit()
      .seen()
      .ended({ items: [row] }, [recordOf()])
      .verdict().kind,
  ).toBe('unmatched')
  const empty = recordOf({ contentLength: 0, bodySize: 0 })
  expect(
    tellAudit()
      .seen()
      .ended({ items: [foreign(fileOf('a', 0))] }, [empty])
      .verdict().kind,
  ).toBe('unmatched')
})

test('one response does not account for two files of its size', () => {
  const files = ['a', 'b'].map((path) => foreign(fileOf(path, 1000)))
  const story = tellAudit().seen().ended({ items: files }, [recordOf()])
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
  expect(tellAudit().seen().ended(look).verdict()).toMatchObject({
    kind: 'unknown',
    line: expect.stringMatching(line),
  })
})

test('an item is not taken for unread because its name is in the words of a gap', () => {
  const gap = { kind: 'database-busy', database: 'other', side: 'now' } as const
  const story = tellAudit()
    .seen()
    .ended({ items: [foreign(rowOf('busy', '', { database: 'pod v2 is busy' }))], gaps: [gap] })
  expect(story.verdict()).toMatchObject({
    kind: 'unmatched',
    gaps: ['database other is busy or was deleted'],
  })
})

test('no snapshot while it ran is needed where there is a baseline', () => {
  const story = tellAudit()
  story.stream.page(say.seen('h'))
  story.settled([recordOf({ status: 404 })], say.failure('h', 'bad-status'))
  expect(
    story
      .over({ items: [row] })
      .later({ items: [row] })
      .verdict().kind,
  ).toBe('left')
})

test('a page that went away before the comparison is the reason that is given', () => {
  const lost = tellAudit().seen().settled()
  lost.stream.page(say.frameGone())
  expect(lost.verdict()).toMatchObject({
    kind: 'unknown',
    gaps: [expect.stringMatching(/page was closed or left/)],
  })
  expect(lost.said()).toHaveLength(1)
  // The next page of the origin may read the storage after all.
  lost.look('event-ended', { items: [row] })
  expect(lost.verdict()).toMatchObject({ kind: 'left' })
})

test('a fetch whose worker was unregistered is judged by what it left, and by no handler', () => {
  const left = tellAudit().seen({ items: [row] })
  left.stream.page(say.gone('h', 'unregistered'))
  left.requests({ total: 1, records: [recordOf({ state: 'unknown', status: null })] })
  left.later({ items: [row] })
  expect(left.verdict()).toMatchObject({ kind: 'left', unregistered: true })
  const clean = tellAudit().seen()
  clean.stream.page(say.gone('h', 'unregistered'))
  expect(clean.requests({}).later().verdict()).toMatchObject({ kind: 'clean', wrong: [] })
})

test('a fetch that nobody saw end is not judged', () => {
  const lost = tellAudit().seen({ items: [row] })
  lost.stream.page(say.gone('h', 'not-listed'))
  lost.later({ items: [row] })
  expect(audit(lost.fetch())).toBeNull()
  expect(lost.said()).toEqual([])
})

test('the handler of an aborted fetch that removes what the next one of its ID wrote is wrong, each has a verdict', () => {
  const first = tellAudit()
    .seen({ items: [row] })
    .settled()
  const second = tellAudit('episode', first.stream, 'h2').seen({ items: [row] })
  first.over().later()
  expect(first.verdict().kind).toBe('wrong')
  expect(first.verdict().line).toMatch(
    /removed what the running fetch of the same ID wrote.*pod\/downloads: episode/,
  )
  expect(second.ended({}, [], say.failure('h2')).verdict().kind).toBe('clean')
})

test('what another fetch of the origin is named by is not new of this one', () => {
  const stream = tell()
  const one = tellAudit('ep-1', stream, 'h1').seen({ items: [rowOf('ep-1')] })
  tellAudit('ep-12', stream, 'h12').seen({ items: [rowOf('ep-12')] })
  one.ended({ items: [foreign(rowOf('ep-12'))] }, [], say.failure('h1'))
  expect(one.verdict()).toMatchObject({
    kind: 'clean',
    line: expect.stringMatching(/1 new item names the fetch ep-12$/),
  })
})

test('a matching rule tells what belongs to the fetch', () => {
  const story = tellAudit('dl-7')
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

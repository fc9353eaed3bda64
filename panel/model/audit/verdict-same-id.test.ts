import { expect, test } from 'vitest'
import type { StorageChanged } from '../../../protocol/storage-events'
import { createStream, KEY, observed } from '../streams/events.fixture'
import { createAuditStream, entryOf, foreign, type Look, recordOf, rowOf } from './audit.fixture'
import { noSettings } from './site-settings'

const outerRow = rowOf('outer/episode')
const innerRow = rowOf('inner/episode')
const both: Look = { items: [outerRow, innerRow] }
const INNER = 'https://pod.example/app/'

/** Two fetches of two registrations that have one ID; the inner one is seen last. */
function nested(look: Look = both) {
  const stream = createStream()
  const inner = createAuditStream('episode', stream, 'inner')
  const outer = createAuditStream('episode', stream, 'outer').seen(look)
  stream.page(observed.seen('inner', { scope: INNER }))
  inner.look('started', look)
  const end = (one: typeof inner, after: Look, late = after) =>
    one
      .settled([], observed.failure(one === inner ? 'inner' : 'outer'))
      .over(after)
      .later(late)
  return { outer, inner, end }
}

const unknown = (line: RegExp) => ({ kind: 'unknown', line: expect.stringMatching(line) })

test('a handler that deletes its row while a fetch of its ID runs in another registration is not said to be wrong', () => {
  const { outer, end } = nested()
  end(outer, { items: [innerRow] })
  expect(outer.rules()).toEqual([])
  expect(outer.verdict()).toMatchObject(
    unknown(/a fetch of scope .*app\/ has the same ID: pod\/downloads: inner\/episode names both/),
  )
  expect(outer.verdict().line).not.toMatch(/in use again/)
})

test('what names the ID of two fetches that run is left by neither of them', () => {
  const { inner, end } = nested()
  end(inner, both)
  expect(inner.rules()).toEqual([])
  expect(inner.verdict()).toMatchObject(
    unknown(/a fetch of scope .* has the same ID: .*outer\/episode and other items \(2 in all\) name both/),
  )
  const matching = [{ pattern: '(.*)', replacement: 'outer/$1' }]
  expect(inner.verdict({ ...noSettings, matching }).kind).toBe('unknown')
})

test('what is gone while another fetch of the ID runs may be of that one', () => {
  const { outer, end } = nested({ items: [outerRow] })
  end(outer, {})
  expect(outer.verdict()).toMatchObject(
    unknown(/running fetch of scope .*app\/ has the same ID, and .*outer\/episode is gone/),
  )
})

test('what one of them has left is not said to be of the other, which ends later', () => {
  const { outer, inner, end } = nested()
  end(inner, both)
  end(outer, { items: [innerRow] })
  expect(outer.verdict()).toMatchObject(unknown(/inner\/episode names both/))
  expect(outer.verdict().gaps).toHaveLength(1)
})

test('where nothing names the ID of two fetches, or both have ended and nothing is left, each is clean', () => {
  const plain = nested({})
  plain.end(plain.inner, {})
  plain.end(plain.outer, {})
  expect([plain.inner.verdict().kind, plain.outer.verdict().kind]).toEqual(['clean', 'clean'])
  const noted = nested()
  noted.inner.settled([], observed.failure('inner'))
  noted.end(noted.outer, {})
  expect(noted.outer.verdict().kind).toBe('clean')
})

test('what was left when the event ended is reported although another registration begins a fetch of that ID', () => {
  const stream = createStream()
  const first = createAuditStream('episode', stream).seen({ items: [outerRow] })
  first.settled().over({ items: [outerRow] })
  stream.page(observed.seen('inner', { scope: INNER }), 2000)
  first.later(both)
  expect(first.rules()).toEqual(['row-left'])
  expect(first.verdict().left.map(({ item }) => item)).toEqual(['pod/downloads: outer/episode'])
  expect(first.verdict().gaps).toEqual([expect.stringMatching(/has the same ID/)])
})

test('what comes after the event and names both is not said to come late', () => {
  const { outer, end } = nested({})
  end(outer, {}, { items: [rowOf('note', 'cut …'), innerRow] })
  expect(outer.verdict()).toMatchObject({ kind: 'unknown', wrong: [] })
})

test('what is stored under the URL of a request, and what names neither, is judged as without the other one', () => {
  const { outer } = nested({})
  const items = [entryOf(200), foreign(rowOf('movie-7'))]
  outer
    .settled([recordOf({ state: 'failed', status: null })], observed.failure('outer'))
    .over({ items })
    .later({ items })
  expect(outer.rules()).toEqual(['entry-left', 'not-matched'])
})

test('a success beside a fetch of its ID is known to store nothing', () => {
  const { outer } = nested()
  const record = recordOf({ contentLength: 50_000 })
  outer.settled([record], observed.success('outer', 50_000)).over(both).later(both)
  expect(outer.verdict().kind).toBe('not-stored')
})

test.each<[string, Look, RegExp]>([
  ['is removed', {}, /running fetch of scope .*app\/ has the same ID, and .*outer\/episode is gone/],
  ['is changed', { items: [rowOf('outer/episode', 'x')] }, /outer\/episode names both/],
])('what names both and %s after the event makes a fetch not clean', (_, late, line) => {
  const { outer, end } = nested({ items: [outerRow] })
  end(outer, { items: [outerRow] }, late)
  expect(outer.verdict()).toMatchObject({ ...unknown(line), wrong: [] })
})

test('an entry under the ID as its URL that is gone while the other one runs may be of that one', () => {
  const { outer, end } = nested({ items: [entryOf(200, { url: 'https://pod.example/episode' })] })
  end(outer, {})
  expect(outer.verdict()).toMatchObject(unknown(/has the same ID, and .*episode is gone/))
})

const url = 'https://pod.example/media/episode.mp3'
const ownEntry = entryOf(200, { url })

test('an entry under the URL of its own request that names the ID is judged when it comes after the event', () => {
  const { outer } = nested({})
  outer
    .settled([recordOf({ url })], observed.failure('outer'))
    .over({})
    .later({ items: [ownEntry] })
  expect(outer.rules()).toContain('changed-after')
})

test.each<[string, Look, string, readonly string[]]>([
  ['an entry of its own that names the ID', { items: [ownEntry] }, 'media', ['wait-until-missing']],
  ['a row that names the ID of both', both, 'downloads', []],
])('%s, which is gone after the handler had returned, is known by whose it is', (_, before, place, rules) => {
  const { outer, inner } = nested({})
  inner.settled([], observed.failure('inner')).over({})
  outer.look('started', before)
  outer.settled([recordOf({ url })], observed.failure('outer')).event({ asynchronous: true })
  const change: StorageChanged = {
    type: 'storage-changed',
    origin: KEY,
    ...(place === 'media'
      ? { kind: 'cache-content', name: 'media', store: '' }
      : { kind: 'indexeddb-content', name: 'pod', store: place }),
  }
  const tracer = { producer: 'tracer', source: 'storage', document: null, storageKey: null } as const
  outer.stream.page(change, 60, tracer)
  expect(outer.over({}).later({}).rules()).toEqual(rules)
})

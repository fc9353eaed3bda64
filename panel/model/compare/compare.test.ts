import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changed, entryOf, fileOf, foreign, MEDIA, old, recordOf, rowOf } from '../audit/audit.fixture'
import { identityOf } from '../audit/evidence/items'
import { createModel } from '../session/fold'
import { observed } from '../streams/events.fixture'
import { streams } from '../streams/stream.fixture'
import { compare } from './compare'
import { comparisonOf, played, shown, sideOf } from './compare.fixture'
import type { Group, Line } from './line'

const row = rowOf('episode', 'episode', { size: 8000 })

const lineNamed = (lines: readonly Line[], name: string) => {
  const line = lines.find((one) => one.name === name)
  if (!line) throw new Error(`No line ${name}.`)
  return line
}

test('what one handler leaves and the other does not is only in the one', () => {
  const wrong = { look: { items: [row] } }
  const left = '| left, 8.0 kB'
  expect(shown(comparisonOf(wrong, {}).findings)).toEqual([`only-a: pod/downloads: episode ${left} | –`])
  expect(shown(comparisonOf({}, wrong).findings)).toEqual([`only-b: pod/downloads: episode | – ${left}`])
  expect(comparisonOf(wrong, {}).summary).toBe('Different: Verdict. Findings and storage: 1 only in A.')
})

test('what both leave is in both, also under the keys of their own IDs', () => {
  const own = (id: string) => ({ id, look: { items: [rowOf(id), fileOf(`parts/${id}.bin`, 10)] } })
  expect(shown(comparisonOf(own('trip-1'), own('trip-2')).findings)).toEqual([
    'same: pod/downloads: trip-1 / pod/downloads: trip-2 | left | left',
    'same: parts/trip-1.bin / parts/trip-2.bin | left, 10 B | left, 10 B',
  ])
})

test('parts of a fetch are not taken for each other', () => {
  const part = (n: number) => ({ look: { items: [rowOf(`episode/${n}`)] } })
  expect(comparisonOf(part(1), part(2)).findings.map(({ group }) => group)).toEqual(['only-a', 'only-b'])
})

test('an item of another size, or that is stored in one and left in the other, is different', () => {
  const file = (size: number) => ({ look: { items: [fileOf('episode.bin', size)] } })
  const [line] = comparisonOf(file(10), file(30)).findings
  expect(line).toMatchObject({ group: 'differs', difference: { unit: 'bytes', by: 20 } })
  const records = [recordOf({ bodySize: 1000 })]
  const whole = { look: { items: [entryOf(200)] }, records }
  const short = { look: { items: [entryOf(200, { size: 400 })] }, records }
  expect(shown(comparisonOf(whole, short).findings)).toEqual([
    `differs: media: ${MEDIA} | stored, 1.0 kB | left, 400 B`,
  ])
})

test('where a part of the storage was not read, what the other one left there is not observed', () => {
  const gap = { kind: 'unreadable', area: 'indexeddb', side: 'now', detail: '' } as const
  const unread = { look: { gaps: [gap] } }
  expect(shown(comparisonOf({ look: { items: [row] } }, unread).findings)).toEqual([
    'not-observed: pod/downloads: episode | left, 8.0 kB | not observed',
  ])
  // What is not in that part is.
  const other = { look: { items: [fileOf('episode.bin')] } }
  expect(comparisonOf(other, unread).findings[0]?.group).toBe('only-a')
})

test('what does not name a fetch is not observed where the storage before it is not known', () => {
  const made = { look: { items: [foreign(fileOf('tmp.bin', 5))] } }
  expect(comparisonOf(made, {}).findings[0]?.group).toBe('only-a')
  expect(comparisonOf(made, { look: { baseline: 'first-seen' } }).findings[0]?.group).toBe('not-observed')
  expect(comparisonOf(made, { look: { baseline: 'none', baselineAt: null } }).findings[0]?.group).toBe(
    'not-observed',
  )
})

test('what an earlier fetch has left may hide that a later one left the same', () => {
  const made = { look: { items: [foreign(fileOf('tmp.bin', 5))] } }
  const later = { after: 60_000 }
  expect(comparisonOf(made, later).findings[0]?.group).toBe('not-observed')
  expect(comparisonOf(later, made).findings[0]?.group).toBe('not-observed')
  const removed = [{ kind: 'file', container: '', name: 'tmp.bin', mentions: false }] as const
  expect(comparisonOf(made, { ...later, look: { removed: [...removed] } }).findings[0]?.group).toBe('only-a')
  // What names the fetch would be listed whatever its age.
  expect(comparisonOf({ look: { items: [row] } }, later).findings[0]?.group).toBe('only-a')
})

test('a fetch whose storage was not compared has left nothing that is known', () => {
  const { side } = played({ look: { items: [row] } })
  const { stream } = played()
  stream.page(observed.seen('h2', { id: 'next' }))
  stream.page(observed.failure('h2'))
  const next = stream.model.fetches.at(-1)
  if (!next) throw new Error('No fetch.')
  const comparison = compare(side, sideOf(next, stream.model))
  expect(shown(comparison.findings)).toEqual([
    'not-observed: pod/downloads: episode | left, 8.0 kB | not observed',
  ])
  expect(lineNamed(comparison.facts, 'Verdict')).toMatchObject({ group: 'not-observed' })
})

test('the time of a handler that was traced is not compared with an event that was not', () => {
  const traced = comparisonOf({ handler: 40 }, { handler: 140 })
  expect(lineNamed(traced.facts, 'Handler')).toMatchObject({
    group: 'same',
    difference: { unit: 'ms', by: 100 },
  })
  const untraced = comparisonOf({ handler: 40 }, {})
  expect(lineNamed(untraced.facts, 'Handler')).toMatchObject({
    group: 'not-observed',
    difference: null,
    b: { text: 'event ≤ 40 ms' },
  })
})

test('who aborted them differs only where nobody could have aborted both', () => {
  const by = (some: object) => lineNamed(comparisonOf({}, some).facts, 'Ended by')
  expect(by({})).toMatchObject({ group: 'same', a: { text: 'this panel' } })
  expect(by({ abort: false })).toMatchObject({ group: 'differs', b: { text: 'not this panel' } })
  const elsewhere = comparisonOf({ abort: false }, { abort: false })
  expect(lineNamed(elsewhere.facts, 'Ended by').group).toBe('not-observed')
  expect(by({ end: observed.success('h') })).toMatchObject({ group: 'not-observed', b: { text: '–' } })
})

test('requests that were answered otherwise are different, and what is not known of one is not', () => {
  const of = (some: Parameters<typeof recordOf>[0]) => ({ records: [recordOf(some)] })
  const group = (a: Parameters<typeof recordOf>[0], b: Parameters<typeof recordOf>[0]): Group | undefined =>
    comparisonOf(of(a), of(b)).requests[0]?.group
  expect(group({}, {})).toBe('same')
  expect(group({}, { status: 404 })).toBe('differs')
  expect(group({}, { state: 'failed', status: null })).toBe('differs')
  expect(group({}, { state: 'unknown', status: null })).toBe('not-observed')
  const two = { records: [recordOf(), recordOf({ index: 1, url: `${MEDIA}?2` })] }
  expect(comparisonOf(two, of({})).requests.map((one) => one.group)).toEqual(['same', 'only-a'])
  expect(comparisonOf(two, {}).requests.map((one) => one.group)).toEqual(['not-observed', 'not-observed'])
})

/** Fetches of a session that may have reported anything. */
const anyOf = streams(80).map((events) => {
  const model = createModel()
  model.apply(events)
  return model.fetches.map((fetch) => sideOf(fetch, model))
})

const anyItem = fc.constantFrom(
  row,
  rowOf('episode/1', 'episode', { size: 10 }),
  rowOf('trip-2', 'trip-2'),
  foreign(rowOf('17', 'x')),
  foreign(fileOf('tmp.bin', 5)),
  old(fileOf('episode.bin', 5)),
  changed(fileOf('trip-2.bin', 9)),
  entryOf(200),
  entryOf(404),
  entryOf(200, { size: null, digest: null }),
  { ...foreign(fileOf('cache.tmp', 7)), change: 'unknown' } as const,
)
const anyGap = fc.constantFrom(
  { kind: 'unreadable', area: 'indexeddb', side: 'now', detail: '' } as const,
  { kind: 'unreadable', area: 'files', side: 'baseline', detail: '' } as const,
  { kind: 'caches-not-listed', grown: null } as const,
)
const anyRecord = fc.constantFrom(
  recordOf({ bodySize: 1000 }),
  recordOf({ status: 404 }),
  recordOf({ state: 'unknown' }),
)

/** Two fetches that have ended, and of which the storage was compared more or less. */
const anyEnded = fc.array(
  fc
    .record({
      id: fc.constantFrom('episode', 'trip-2', 'x'),
      items: fc.uniqueArray(anyItem, { maxLength: 4, selector: (item) => identityOf(item) }),
      gaps: fc.array(anyGap, { maxLength: 1 }),
      baseline: fc.constantFrom('before', 'before', 'first-seen'),
      records: fc.array(anyRecord, { maxLength: 1 }),
      abort: fc.boolean(),
      end: fc.constantFrom(observed.failure('h'), observed.success('h')),
      handler: fc.constantFrom(0, 40),
      after: fc.constantFrom(10, 60_000),
    })
    .map(({ items, gaps, baseline, handler, ...rest }) => {
      const look = { items, gaps, baseline } as const
      return played({ ...rest, look: { ...look, gaps: [...gaps] }, ...(handler ? { handler } : {}) }).side
    }),
  { minLength: 2, maxLength: 2 },
)
const anySides = fc.oneof(anyOf, anyEnded)

const inverse: Readonly<Record<Group, Group>> = {
  'only-a': 'only-b',
  'only-b': 'only-a',
  differs: 'differs',
  'not-observed': 'not-observed',
  same: 'same',
}
const all = ({ facts, steps, findings, requests }: ReturnType<typeof compare>) => [
  ...facts,
  ...steps.lines,
  ...findings,
  ...requests,
]

test('a fetch does not differ from itself', () => {
  fc.assert(
    fc.property(anySides, (sides) => {
      for (const side of sides) {
        const comparison = compare(side, side)
        for (const { group, difference } of all(comparison)) {
          expect(['same', 'not-observed']).toContain(group)
          expect(difference?.by ?? 0).toBe(0)
        }
        expect(comparison.summary).toBe('No difference in what was observed of both.')
      }
    }),
    { numRuns: 300 },
  )
})

test('the other way round a comparison says the same of each', () => {
  const keys = (lines: readonly Line[], mirrored: boolean) =>
    lines
      .map(({ a, b, group, difference }) =>
        JSON.stringify(
          mirrored
            ? [b, a, inverse[group], difference && { ...difference, by: 0 - difference.by }]
            : [a, b, group, difference && { ...difference, by: 0 + difference.by }],
        ),
      )
      .sort()
  fc.assert(
    fc.property(anySides, (sides) => {
      for (const [i, a] of sides.entries()) {
        const b = sides[(i + 1) % sides.length] ?? a
        expect(keys(all(compare(a, b)), false)).toEqual(keys(all(compare(b, a)), true))
      }
    }),
    { numRuns: 300 },
  )
})

test('nothing is only in one fetch where the other one was not compared', () => {
  fc.assert(
    fc.property(anyOf, anyEnded, ([uncompared], [ended]) => {
      if (!uncompared || !ended || uncompared.fetch.evidence?.compared) return
      const groups = compare(ended, uncompared).findings.map(({ name, group }) => `${group}: ${name}`)
      // What a handler did wrong is known from its trace alone.
      expect(
        groups.filter((one) => one.startsWith('only-a: pod/') || one.startsWith('only-a: media')),
      ).toEqual([])
    }),
  )
})

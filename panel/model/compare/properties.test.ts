import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changed, entryOf, fileOf, foreign, old, recordOf, rowOf } from '../audit/audit.fixture'
import { identityOf } from '../audit/evidence/items'
import { createModel } from '../session/fold'
import { observed } from '../streams/events.fixture'
import { streams } from '../streams/stream.fixture'
import { compare } from './compare'
import { played, sideOf } from './compare.fixture'
import type { Group, Line } from './line'

const row = rowOf('episode', 'episode', { size: 8000 })

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

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FetchRecord } from '../../../protocol/attributes'
import type { StorageItem } from '../../../protocol/storage-items'
import { say } from '../events.fixture'
import { entryOf, fileOf, LONG_AGO, recordOf, rowOf, tellAudit, usageOf } from './audit.fixture'

/** What an origin holds: a name for each place, and for each of its items a number of bytes. */
type Stored = Readonly<Record<string, number>>

const URLS = ['https://pod.example/a', 'https://pod.example/b', 'https://pod.example/c'] as const
const names = ['episode', 'movie-7', '42.part', 'list', ...URLS]
const kinds = ['row', 'file', 'cache-entry', 'local-storage', 'cache', 'directory'] as const
const sizes = [0, 10, 1000, 2000, 8_400_000]

const storage = fc.dictionary(
  fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...names)).map((parts) => parts.join(' ')),
  fc.constantFrom(...sizes),
  { maxKeys: 6 },
)

const record = fc
  .record({
    state: fc.constantFrom('ready', 'failed', 'no-response', 'unknown', 'pending'),
    status: fc.constantFrom(200, 206, 404, 500),
    contentLength: fc.constantFrom(null, ...sizes),
    encoded: fc.boolean(),
    bodySize: fc.constantFrom(null, ...sizes),
  })
  .map((some) => (some.state === 'ready' ? some : { ...some, status: null, bodySize: null }))

const requests = fc
  .array(fc.tuple(fc.constantFrom(...URLS), record), { maxLength: 3 })
  .map((all) => all.map(([url, some], index) => recordOf({ ...some, url, index } as Partial<FetchRecord>)))

function itemOf(place: string, size: number, change: StorageItem['change']): StorageItem {
  const [kind = '', name = ''] = place.split(' ')
  const mentions = name === 'episode' || name.startsWith('https:')
  const firstSeen = change === 'added' ? 1_000_000 : LONG_AGO
  const common = { change, mentions, firstSeen, mayBeOlder: false }
  switch (kind) {
    case 'row':
      return rowOf(name, String(size), { size, bodies: size > 0 ? [size] : [], ...common })
    case 'file':
      return fileOf(name, size, common)
    case 'cache-entry':
      return entryOf(200, { url: name, size, contentLength: null, ...common })
    case 'local-storage':
      return { kind, key: name, value: String(size), length: size, ...common }
    case 'cache':
      return { kind, name, ...common }
    default:
      return { kind: 'directory', path: name, ...common }
  }
}

/** What a bridge reports of two states of a storage. */
function compared(before: Stored, after: Stored): StorageItem[] {
  return Object.entries(after)
    .map(([place, size]) => {
      const was = before[place]
      return itemOf(place, size, was === undefined ? 'added' : was === size ? 'same' : 'changed')
    })
    .filter((item) => item.change !== 'same' || item.mentions)
}

/** Written anew for the test: an item that may only be a complete response of one of these requests. */
function isComplete(item: StorageItem, records: readonly FetchRecord[]): boolean {
  if (item.kind === 'cache' || item.kind === 'directory') return false
  if (!('size' in item) || item.size === null) return false
  const { size } = item
  return records.some((one) => {
    if (one.state !== 'ready' || one.status === null || one.status >= 300) return false
    if (records.filter(({ url }) => url === one.url).length > 1) return false
    const promised = one.encoded ? null : one.contentLength
    if (promised !== null && one.bodySize !== null && one.bodySize < promised) return false
    const wanted = one.bodySize ?? promised
    if (item.kind === 'cache-entry' && item.url === one.url) return wanted === null || size >= wanted
    return wanted !== null && wanted > 0 && size === wanted
  })
}

const ended = (items: readonly StorageItem[], records: readonly FetchRecord[]) =>
  tellAudit().seen().ended({ items }, records)

/** The machine may be busy. */
const PATIENCE = 60_000

test(
  'clean is never said of a difference that holds anything but complete responses',
  () => {
    fc.assert(
      fc.property(storage, storage, requests, (before, after, records) => {
        const items = compared(before, after)
        const { kind } = ended(items, records).verdict()
        const inContainers = items.filter((item) => item.kind !== 'cache' && item.kind !== 'directory')
        const holds = inContainers.some((item) => !isComplete(item, records))
        // A cache or folder is accounted for by what is in it.
        const unexplained = items.some(
          (item) =>
            (item.kind === 'cache' &&
              (item.mentions || item.name !== 'media' || inContainers.length === 0)) ||
            (item.kind === 'directory' && item.change !== 'same'),
        )
        if (holds || unexplained) expect(kind).not.toBe('clean')
        if (items.length === 0) expect(kind).toBe('clean')
      }),
      { numRuns: 600 },
    )
  },
  PATIENCE,
)

test(
  'clean is never said where something was not compared, or bytes are not accounted for',
  () => {
    fc.assert(
      fc.property(
        storage,
        requests,
        fc.record({
          gaps: fc.nat(2),
          grown: fc.constantFrom(0, 300_000),
          baseline: fc.constantFrom('before', 'none'),
        }),
        (after, records, { gaps, grown, baseline }) => {
          if (gaps === 0 && grown === 0 && baseline === 'before') return
          const items = compared(after, after).filter(() => gaps > 0)
          const story = tellAudit()
            .seen()
            .ended(
              {
                items,
                baseline: baseline === 'none' ? 'none' : 'before',
                usage: usageOf(0, 0, grown),
                gaps: gaps > 0 ? [{ kind: 'database-busy', database: 'pod', side: 'baseline' }] : [],
              },
              records,
            )
          expect(story.verdict().kind).not.toBe('clean')
        },
      ),
      { numRuns: 300 },
    )
  },
  PATIENCE,
)

test(
  'a success is stored only where each of its responses is found',
  () => {
    fc.assert(
      fc.property(storage, storage, requests, (before, after, records) => {
        const items = compared(before, after)
        const story = tellAudit().seen().ended({ items }, records, say.success('h', 10_000_000))
        const { kind } = story.verdict()
        const fresh = items.filter(({ change }) => change !== 'same')
        const found = fresh.filter((item) => isComplete(item, records)).length
        if (kind === 'stored') expect(found).toBeGreaterThanOrEqual(Math.min(records.length, 1))
        if (fresh.length === 0) expect(kind).not.toBe('stored')
        expect(kind).not.toBe('clean')
      }),
      { numRuns: 400 },
    )
  },
  PATIENCE,
)

test(
  'the same stream gives the same verdict',
  () => {
    fc.assert(
      fc.property(storage, requests, (after, records) => {
        const items = compared({}, after)
        expect(ended(items, records).said()).toEqual(ended(items, records).said())
      }),
      { numRuns: 100 },
    )
  },
  PATIENCE,
)

import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { checkedEvents } from '../../../protocol/checked-events'
import { createAuditStream } from '../audit/audit.fixture'
import { noSettings } from '../audit/site-settings'
import { audit } from '../audit/verdict'
import { describe } from '../describe/describe'
import { report } from '../report/report'
import { tracedEnd } from '../session/ends/end-witness'
import { endEvent, isLive } from '../session/fetch-phase'
import { createModel } from '../session/fold'
import { isShared } from '../session/rows'
import type { Fetch, Row } from '../session/view'
import { trackOf } from '../timeline/timeline'
import { waterfall } from '../waterfall/waterfall'
import { shown } from './events.fixture'
import { fold, follow, mayGetCause, RUNS, words } from './folded.fixture'
import { anyBody } from './schema-values.fixture'
import { disturbed, disturbedStreams, piecesOf, streams } from './stream.fixture'

vi.setConfig({ testTimeout: 3_600_000 })

const about = { extension: '1', browser: [], session: '', settings: noSettings, workers: [] }

test('any events fold without an exception, and can be put into words', () => {
  const anything = fc
    .tuple(disturbedStreams(), fc.array(anyBody, { maxLength: 20 }))
    .map(([events, bodies]) => [
      ...events,
      ...bodies.map((body, i) => ({
        producer: 'other',
        seq: i + 1,
        at: 1_000_000 + i,
        source: 'page' as const,
        document: 'a',
        storageKey: 'https://pod.example',
        body,
      })),
    ])
  fc.assert(
    fc.property(anything, (events) => {
      const model = fold(events)
      for (const text of words(model)) expect(text).not.toBe('')
      for (const fetch of model.fetches) expect(report(fetch, model.rows, about)).toContain(fetch.id)
    }),
    RUNS,
  )
})

test('what is no event is not folded, and takes nothing along', () => {
  const broken = fc.tuple(streams(40), fc.array(fc.tuple(fc.nat(), fc.anything()), { maxLength: 10 }))
  const spoiled = fc.tuple(streams(40), fc.nat(), fc.constantFrom('at', 'seq', 'body', 'producer', 'source'))
  fc.assert(
    fc.property(broken, ([events, rubbish]) => {
      const all: unknown[] = [...events]
      for (const [at, one] of rubbish) all.splice(at % (all.length + 1), 0, one)
      expect(shown(fold(checkedEvents(all).events))).toEqual(shown(fold(events)))
    }),
    RUNS,
  )
  fc.assert(
    fc.property(spoiled, ([events, at, key]) => {
      const index = at % Math.max(1, events.length)
      const all = events.map((event, i) => (i === index ? { ...event, [key]: { wrong: true } } : event))
      const rest = events.filter((_, i) => i !== index)
      expect(shown(fold(checkedEvents(all).events))).toEqual(shown(fold(rest)))
    }),
    RUNS,
  )
})

test('the same events give the same view, however they are cut, and read from a file', () => {
  const cut = disturbedStreams().chain((events) => fc.tuple(fc.constant(events), piecesOf(events)))
  fc.assert(
    fc.property(cut, ([events, pieces]) => {
      const before = JSON.stringify(events)
      const whole = shown(fold(events))
      expect(shown(fold(...pieces))).toEqual(whole)
      expect(shown(fold(JSON.parse(before)))).toEqual(whole)
      // Folding changes no event.
      expect(JSON.stringify(events)).toBe(before)
    }),
    RUNS,
  )
})

test('what is sent once more is ignored', () => {
  fc.assert(
    fc.property(streams(), fc.nat(), (events, at) => {
      const from = at % (events.length + 1)
      const again = [...events.slice(0, from), ...events.slice(0, from), ...events.slice(from), ...events]
      expect(shown(fold(again))).toEqual(shown(fold(events)))
    }),
    RUNS,
  )
})

test('rows are in the order of their clock, each under its own name', () => {
  fc.assert(
    fc.property(disturbedStreams(), (events) => {
      const { rows } = fold(events)
      const times = rows.map(({ at }) => at)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
    }),
    RUNS,
  )
})

/** Rows that say more when more is known of what they are about. */
const GROWING = new Set<Row['kind']>(['verdict', 'worker-seen', 'handler-returned'])

test('a row never changes what it said', () => {
  fc.assert(
    fc.property(disturbedStreams(), (events) => {
      const said = new Map<number, string>()
      follow(events, ({ rows }) => {
        for (const row of rows) {
          if (isShared(row.kind) || GROWING.has(row.kind) || mayGetCause(row)) continue
          const { name, text } = describe(row)
          const words = `${row.kind} ${name}: ${text}`
          const before = said.get(row.key) ?? words
          expect(words).toBe(before)
          said.set(row.key, words)
        }
      })
    }),
    RUNS,
  )
})

test('a fetch that has ended is never shown as running again', () => {
  fc.assert(
    fc.property(disturbedStreams(), (events) => {
      const ended = new Set<string>()
      follow(events, ({ fetches }) => {
        for (const fetch of fetches) {
          if (!isLive(fetch)) ended.add(fetch.key)
          else expect(ended).not.toContain(fetch.key)
        }
      })
    }),
    RUNS,
  )
})

test('fetches are never mixed, and one of an id runs at a time', () => {
  fc.assert(
    fc.property(disturbedStreams(), (events) => {
      const ids = new Map<string, string>()
      for (const { body } of events) if (body.type === 'fetch-seen') ids.set(body.handle, body.id)
      const { rows, fetches } = fold(events)
      for (const { event, fetch } of rows) {
        if (fetch && 'handle' in event.body) expect(ids.get(event.body.handle)).toBe(fetch.id)
      }
      const live = fetches.filter(isLive).map(({ storageKey, scope, id }) => `${storageKey} ${scope} ${id}`)
      expect(new Set(live).size).toBe(live.length)
      expect(new Set(fetches.map(({ key }) => key)).size).toBe(fetches.length)
    }),
    RUNS,
  )
})

test('no duration is negative', () => {
  fc.assert(
    fc.property(disturbedStreams(), (events) => {
      const model = fold(events)
      for (const { after, count } of model.rows) {
        if (after !== null) expect(after).toBeGreaterThanOrEqual(0)
        expect(count).toBeGreaterThan(0)
      }
      for (const fetch of model.fetches) {
        for (const { start, end } of [...waterfall(fetch), ...trackOf(fetch, 2_000_000).phases]) {
          if (end !== null) expect(end).toBeGreaterThanOrEqual(start)
        }
      }
      for (const text of words(model))
        expect(text).not.toMatch(/(?:^|[ (])[-−]\d[\d.,]* (?:ms|s|min|h|d)\b|NaN|Infinity|undefined/)
    }),
    RUNS,
  )
})

/** All that it requested is known, also where the last time could not be read how the requests ended. */
const areRequestsKnown = ({ requests: known }: Fetch) =>
  known !== null && known.records.length >= (known.problem ? Math.max(1, known.total) : known.total)

const isKnown = (fetch: Fetch) => {
  const after = (fetch.snapshots.final ?? fetch.snapshots['event-ended'])?.body
  return after?.baseline === 'before' && after.gaps.length === 0 && areRequestsKnown(fetch)
}

test('no verdict is clean when a look at the storage is missing', () => {
  const whole = createAuditStream().seen().ended().stream.events
  expect(fold(whole).fetches.map((fetch) => audit(fetch)?.kind)).toEqual(['clean'])
  fc.assert(
    fc.property(fc.oneof(disturbedStreams(), disturbed(fc.constant(whole), 4)), (events) => {
      follow(events, ({ fetches }) => {
        for (const fetch of fetches) {
          if (audit(fetch)?.kind === 'clean') expect(isKnown(fetch)).toBe(true)
        }
      })
    }),
    RUNS,
  )
})

test('what a worker knows of the end of a fetch, no page’s side contradicts', () => {
  fc.assert(
    fc.property(disturbedStreams(), (events) => {
      follow(events, ({ fetches, rows }) => {
        for (const fetch of fetches) {
          const end = tracedEnd(fetch)
          if (!end) continue
          expect(['gone', 'unobserved']).not.toContain(fetch.state)
          if (fetch.settledAt !== null) expect(endEvent(fetch.attributes)).toBe(end.dispatched.name)
          expect(fetch.unregisteredAt).toBeNull()
          if (end.doneAt !== null && !isLive(fetch) && fetch.settledBy === 'worker')
            expect(fetch.state).toBe('over')
        }
        for (const row of rows) {
          if (row.kind === 'not-traced' && row.fetch) expect(tracedEnd(row.fetch)).toBeUndefined()
          if (row.kind === 'still-running' && row.traced?.doneAt)
            expect(row.at).toBeLessThan(row.traced.doneAt)
        }
      })
    }),
    RUNS,
  )
})

test('a reader of the log who takes in what changed has the same rows as one who begins anew', () => {
  const asked = disturbedStreams().chain((events) => fc.tuple(fc.constant(events), piecesOf(events)))
  fc.assert(
    fc.property(asked, ([, pieces]) => {
      const model = createModel()
      let rows: readonly Row[] = []
      let version = -1
      for (const piece of pieces) {
        model.apply(piece)
        const change = model.since(version)
        version = change.version
        rows = [...rows.slice(0, change.from), ...model.rows.slice(change.from)]
        expect(rows).toEqual(model.rows)
      }
    }),
    RUNS,
  )
})

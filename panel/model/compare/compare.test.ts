import { expect, test } from 'vitest'
import { entryOf, fileOf, foreign, MEDIA, recordOf, rowOf } from '../audit/audit.fixture'
import { noSettings } from '../audit/site-settings'
import { observed } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
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

test('a short body is not observed of a response whose Content-Length may be that of an encoded body', () => {
  const end = observed.success('h', 1000)
  const of = (some: Parameters<typeof recordOf>[0]) => ({ end, abort: false, records: [recordOf(some)] })
  const short = of({ bodySize: 10 })
  const group = (other: Parameters<typeof recordOf>[0]) =>
    comparisonOf(short, of(other)).findings.find(({ name }) => /arrived|short/.test(name))?.group
  expect(group({ bodySize: 1000 })).toBe('only-a')
  expect(group({ bodySize: 900, responseType: 'cors' })).toBe('not-observed')
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
  expect(by({ abort: false })).toMatchObject({ group: 'differs', b: { text: 'unknown (not this panel)' } })
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

test('the summary says where only times differ, and where a step does', () => {
  const summary = (...fetches: Parameters<typeof comparisonOf>) => comparisonOf(...fetches).summary
  expect(summary({}, {})).toBe('No difference in what was observed of both.')
  expect(summary({ handler: 40 }, { handler: 9000 })).toBe('Only times and amounts differ.')
  const reports = [trace.returned(), trace.done(0)]
  expect(summary({ handler: 40 }, { handler: 40, reports })).toBe('Different: Steps.')
})

const groupsOf = (...fetches: Parameters<typeof comparisonOf>) =>
  comparisonOf(...fetches).findings.map(({ group }) => group)

test('a fetch whose page left before the storage was read again has left nothing that is known', () => {
  expect(groupsOf({ look: { items: [row] } }, { leaves: true })).toEqual(['not-observed'])
})

test('entries of caches that were not listed are observed only under the URLs of the fetch', () => {
  const entry = { look: { items: [entryOf(200, { size: 400 })] }, records: [recordOf()] }
  const look = { gaps: [{ kind: 'caches-not-listed', grown: null } as const] }
  expect(groupsOf(entry, { look })).toEqual(['not-observed'])
  expect(groupsOf(entry, { look, records: [recordOf()] })).toEqual(['only-a'])
})

test('what a handler did wrong is only in one where the other one was traced', () => {
  const throws = { handler: 1, reports: [trace.exception(), trace.done(0)] }
  expect(groupsOf(throws, { handler: 40 })).toEqual(['only-a'])
  expect(groupsOf(throws, {})).toEqual(['not-observed'])
  expect(groupsOf(throws, throws)).toEqual(['same'])
})

test('an item whose age is not known in one, or that is ignored there, is no difference', () => {
  const file = foreign(fileOf('tmp.bin', 5))
  const unsure = { look: { items: [{ ...file, change: 'unknown' } as const] } }
  expect(groupsOf({ look: { items: [file] } }, unsure)).toEqual(['not-observed'])
  const [a, b] = [played({ look: { items: [row] } }).side, played({ look: { items: [row] } }).side]
  const settings = { ...noSettings, ignored: new Set(['row pod/downloads']) }
  expect(shown(compare(a, { ...b, settings }).findings)).toEqual([
    'same: pod/downloads: episode | left, 8.0 kB | ignored, 8.0 kB',
  ])
})

test('an item that is new in one and names the other is different, whatever its size', () => {
  const file = fileOf('tmp.bin', 5)
  expect(groupsOf({ look: { items: [file] } }, { look: { items: [foreign(file)] } })).toEqual(['differs'])
})

test('a verdict that is unknown, or not final, does not differ from another one', () => {
  const verdict = (some: object) =>
    lineNamed(comparisonOf({ look: { items: [row] } }, some).facts, 'Verdict').group
  expect(verdict({})).toBe('differs')
  expect(verdict({ look: { baseline: 'none', baselineAt: null } })).toBe('not-observed')
  const { side, stream, story } = played({ look: { items: [row] } })
  stream.page(observed.seen('h2', { id: 'next' }))
  expect(story.verdict().final).toBe(true)
  const open = {
    ...side,
    fetch: { ...side.fetch, evidence: side.fetch.evidence && { ...side.fetch.evidence, final: false } },
  }
  expect(lineNamed(compare(open, played().side).facts, 'Verdict').group).toBe('not-observed')
})

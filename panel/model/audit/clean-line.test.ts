import { expect, test } from 'vitest'
import type { Gap } from '../../../protocol/storage-gaps'
import { observed } from '../streams/events.fixture'
import { verdictCell, verdictText } from '../table/verdict-cell'
import { createAuditStream, entryOf, fileOf, foreign, recordOf, rowOf, usageOf } from './audit.fixture'
import { noSettings } from './site-settings'

const SECOND = 'https://pod.example/media/2.wav'
const records = [recordOf(), recordOf({ index: 1, url: SECOND, state: 'failed', status: null })]
const entry = entryOf(200, { cache: 'podcast-7' })

/** A fetch of two responses, of which one came whole and is stored. */
const kept = (body = observed.failure('h')) =>
  createAuditStream()
    .seen()
    .ended({ items: [entry], usage: usageOf(1000) }, records, body)

test('a complete response that is kept after an abort is said with how many there were, and where it is', () => {
  const { kind, line } = kept().verdict()
  expect(kind).toBe('clean')
  expect(line).toBe(
    '1 of 2 responses (1.0 kB) is stored in cache podcast-7 (kept after the abort); nothing else is new or left',
  )
})

test('it is in the table and in the row of the log, too', () => {
  const story = kept()
  const cell = verdictCell(story.fetch(), noSettings)
  expect(cell && verdictText(cell)).toBe('clean, 1 kept')
  expect(story.said().at(-1)).toMatch(/^verdict: clean: 1 of 2 responses .*kept after the abort/)
})

test('of a fetch that failed it is not called an abort', () => {
  expect(kept(observed.failure('h', 'bad-status')).verdict().line).toMatch(/kept although the fetch failed/)
})

test('where nothing is stored, or more is wrong, the table says nothing of it', () => {
  const text = (story: ReturnType<typeof createAuditStream>) => {
    const cell = verdictCell(story.fetch(), noSettings)
    return cell && verdictText(cell)
  }
  expect(text(createAuditStream().seen().ended({}, records))).toBe('clean')
  const left = createAuditStream()
    .seen()
    .ended({ items: [entry, rowOf('episode')], usage: usageOf(1000) }, records)
  expect(text(left)).toBe('1 left')
})

test('what is gone after a success is no finding: it may replace what was there', () => {
  const removed = [{ kind: 'row', container: 'pod/downloads', name: 'old', mentions: false }] as const
  const verdict = createAuditStream()
    .seen({}, 1000)
    .ended(
      { items: [entry], usage: usageOf(1000), removed: [...removed] },
      [recordOf()],
      observed.success('h'),
    )
    .verdict()
  expect(verdict).toMatchObject({ kind: 'stored', removed: [], kept: null })
})

test('a response that was removed later is not said to be stored, and is not counted as kept', () => {
  const story = kept()
  story.look('later', { usage: usageOf() }, 1000)
  const { kind, line, kept: number } = story.verdict()
  expect([kind, number]).toEqual(['clean', null])
  expect(line).toBe(
    '1 of 2 responses (1.0 kB) was stored in cache podcast-7, removed after the event ended; nothing new, nothing left',
  )
})

test('what is kept is said as well where more is left, new or not known', () => {
  const line = (more: ReturnType<typeof rowOf>[], gaps: Gap[] = [], body = observed.failure('h')) =>
    createAuditStream()
      .seen()
      .ended({ items: [entry, ...more], usage: usageOf(1000), gaps }, records, body)
      .verdict().line
  const grown: Gap = { kind: 'caches-not-listed', grown: 500 }
  const text = 'Kept after the abort: 1 of 2 responses (1.0 kB) in cache podcast-7'
  expect(line([], [grown])).toMatch(
    new RegExp(`^nothing wrong was found .*${text.replace(/[()]/g, '\\$&')}$`),
  )
  expect(line([rowOf('episode')])).toMatch(
    new RegExp(`^1 item names this fetch.*${text.replace(/[()]/g, '\\$&')}$`),
  )
  expect(line([], [grown], observed.failure('h', 'bad-status'))).toMatch(
    /Kept although the fetch failed: 1 of 2/,
  )
})

test('a file that is a response by its size only is not said to be one that is kept', () => {
  const file = fileOf('7.part', 1000, { digest: null })
  const { kind, line } = createAuditStream()
    .seen()
    .ended({ items: [file] }, records)
    .verdict()
  expect(kind).toBe('unknown')
  expect(line).not.toMatch(/Kept/)
})

test('what is gone and was not matched is said as well where more is left or new', () => {
  const removed = [{ kind: 'row', container: 'pod/downloads', name: '41', mentions: false }] as const
  const line = (item: ReturnType<typeof rowOf>) =>
    createAuditStream()
      .seen()
      .ended({ items: [item], removed: [...removed] })
      .verdict().line
  const gone = /\. 1 item that was there before the fetch is gone and does not name it \(pod\/downloads: 41\)/
  expect(line(rowOf('episode'))).toMatch(gone)
  expect(line(foreign(rowOf('42')))).toMatch(gone)
})

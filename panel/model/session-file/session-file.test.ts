import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { SessionEvent } from '../../../protocol/events'
import { createAuditStream } from '../audit/audit.fixture'
import { createModel } from '../session/fold'
import { createStream, observed, shown } from '../streams/events.fixture'
import { bodyShapes, randomOf, sampleBody } from '../streams/random.fixture'
import { streamNumber } from '../streams/stream.fixture'
import { MAX_SIZE } from './envelope'
import { readSession, sizeProblem } from './read'
import { atOnce } from './steps'
import { pageHost, summary, type Writer, writeSession } from './write'

const writer: Writer = {
  extension: '1.2.3',
  browser: [{ brand: 'Chromium', version: '156' }],
  now: Date.UTC(2026, 10, 23, 12, 0, 0),
}
const nothing = { queries: false, hosts: false }

const written = (events: readonly SessionEvent[], redacted = nothing) =>
  atOnce(writeSession(events, redacted, writer))
const textOf = (events: readonly SessionEvent[]) => written(events).parts.join('')

function read(json: string) {
  const reading = atOnce(readSession(json))
  if (!reading.ok) throw new Error(reading.problem)
  return reading
}
const problemOf = (json: string) => {
  const reading = atOnce(readSession(json))
  return reading.ok ? '' : reading.problem
}

const fold = (events: readonly SessionEvent[]) => {
  const model = createModel()
  model.apply(events)
  return shown(model)
}

/** A session of one fetch, from its start to its verdict. */
const session = () => {
  const audited = createAuditStream()
  audited.stream.panel({ type: 'watch-started' })
  audited.stream.page(observed.frame())
  return audited.seen().event().ended().stream.events
}

/** One event of every type. */
const everything = (): SessionEvent[] => {
  const random = randomOf(5)
  return bodyShapes.map((shape, i) => ({
    producer: 'p',
    seq: i + 1,
    at: 1000 + i,
    source: 'page',
    document: 'd',
    storageKey: 'https://pod.example',
    body: sampleBody(shape, random),
  }))
}

test('what was exported is imported as it was', () => {
  for (const events of [session(), everything(), streamNumber(4, 400), []]) {
    const { events: back } = read(textOf(events))
    expect(back).toEqual(events)
    expect(fold(back)).toEqual(fold(events))
  }
})

test('the page that describes the format names each type of event once', () => {
  const page = readFileSync(
    fileURLToPath(new URL('../../../docs/session-format.md', import.meta.url)),
    'utf8',
  )
  const [, table = ''] = page.split('| schemas | `body.type` |')
  const [rows = ''] = table.split('\n\n')
  const named = [...rows.matchAll(/`([a-z-]+)`/g)].map(([, type]) => type)
  expect(named.sort()).toEqual(bodyShapes.map(({ entries }) => entries?.type?.literal).sort())
})

test('a file says what wrote it, when, and what was looked at', () => {
  const { envelope } = read(textOf(session()))
  expect(envelope).toEqual({
    format: 'background-fetch-devtools-session',
    version: 1,
    extension: '1.2.3',
    browser: [{ brand: 'Chromium', version: '156' }],
    exportedAt: '2026-11-23T12:00:00.000Z',
    title: 'pod.example',
    redacted: nothing,
    matching: [],
  })
})

test('a file is called by the host, unless that is not to be seen', () => {
  expect(written(session()).name).toMatch(/^background-fetch-pod\.example-2026-11-2\dT\d\d-\d\d-\d\d\.json$/)
  expect(written(session(), { queries: false, hosts: true }).name).toMatch(/^background-fetch-redacted-2026/)
  expect(written([]).name).toMatch(/^background-fetch-tab-2026/)
})

test('the host is the one of the page that was there last', () => {
  const stream = createStream()
  stream.page(observed.frame())
  stream.page(observed.frame({ top: false, url: 'https://frame.example/' }))
  expect(pageHost(stream.events)).toBe('pod.example')
  stream.panel({ type: 'navigated', url: 'http://localhost:8080/a', reload: false })
  expect(pageHost(stream.events)).toBe('localhost:8080')
})

test('a summary counts, dates and measures', () => {
  const events = streamNumber(9, 3000)
  const { count, from, to, size } = summary(events)
  const real = textOf(events).length
  expect(count).toBe(3000)
  expect(from).toBe(Math.min(...events.map(({ at }) => at)))
  expect(to).toBe(Math.max(...events.map(({ at }) => at)))
  expect(Math.abs(size - real) / real).toBeLessThan(0.1)
  expect(summary([])).toEqual({ count: 0, from: 0, to: 0, size: 0 })
})

const changed = (change: (file: { [key: string]: unknown }) => unknown) => {
  const file = JSON.parse(textOf(session()))
  change(file)
  return JSON.stringify(file)
}

test.each([
  ['nothing', '', /is empty/],
  ['white space', ' \n', /is empty/],
  ['no JSON', 'GIF89a', /not JSON/],
  ['other JSON', '{"log":{"entries":[]}}', /not a session file of Background Fetch/],
  ['a list', '[]', /not a session file of Background Fetch/],
  ['null', 'null', /not a session file of Background Fetch/],
  ['a newer version', changed((file) => (file.version = 2)), /newer format \(2; .* up to 1\)/],
  ['no version', changed((file) => (file.version = '1')), /not a session file of/],
  ['version 0', changed((file) => (file.version = 0)), /damaged: version/],
  ['no extension', changed((file) => delete file.extension), /damaged: extension/],
  ['no date', changed((file) => (file.exportedAt = 'today')), /damaged: exportedAt/],
  ['no events', changed((file) => delete file.events), /its events are missing/],
  ['events that are no list', changed((file) => (file.events = {})), /its events are missing/],
  ['bad events', changed((file) => (file.events = [1, ...(file.events as [])])), /1 of \d+ events is not/],
  ['broken inside', textOf(session()).replace('"seq":1,', '"seq":,'), /not valid JSON/],
])('%s is refused in one line', (_, json, expected) => {
  expect(problemOf(json)).toMatch(expected)
  expect(problemOf(json)).not.toContain('\n')
})

test('a file that was cut off is refused as such, wherever it was cut', () => {
  const json = textOf(session())
  for (let end = 1000; end < json.trimEnd().length; end += 37) {
    expect(problemOf(json.slice(0, end)), `cut at ${end}`).toMatch(/cut off/)
  }
})

test('an event of each type is refused when a part of it is of another kind', () => {
  for (const event of everything()) {
    const rest = Object.keys(event.body)
    const bad = { ...event, body: { ...event.body, [rest.at(-1) ?? 'type']: { other: 1 } } }
    const json = changed((file) => (file.events = [bad]))
    expect(problemOf(json), event.body.type).toMatch(/1 of 1 events is not valid/)
  }
})

test.each([
  ['beyond all dates', '1e16'],
  ['before all', '-1'],
  ['infinite', '1e999'],
])('an event whose time is %s is refused', (_, at) => {
  const json = textOf(session()).replace(/"at":\d+/, `"at":${at}`)
  expect(problemOf(json)).toMatch(/not a time/)
})

test('names that objects have by themselves do no harm', () => {
  const events = session().map((event) => ({ ...event, producer: '__proto__' }))
  expect(() => fold(read(textOf(events)).events)).not.toThrow()
})

test('a file that is too large is refused before it is read', () => {
  expect(sizeProblem(MAX_SIZE)).toBe('')
  expect(sizeProblem(MAX_SIZE + 1)).toMatch(/too large: 200 MB, and at most 200 MB/)
  expect(sizeProblem(1.5e9)).toMatch(/too large: 1500 MB/)
})

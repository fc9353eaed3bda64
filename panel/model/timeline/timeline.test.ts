import { expect, test } from 'vitest'
import { createAuditStream } from '../audit/audit.fixture'
import { KEY, observed } from '../streams/events.fixture'
import { aborted, createTracedStream, trace } from '../streams/workers.fixture'
import { describePhase, describeTrack, nameOf, outcomeText } from './describe-track'
import { curve, extentOf, reach, type Track, trackOf } from './timeline'

const LATER = 5_000_000

const kinds = (track: Track) => track.phases.map(({ kind }) => kind)
const phase = (track: Track, kind: string) => {
  const found = track.phases.find((one) => one.kind === kind)
  if (!found) throw new Error(`No ${kind} among ${kinds(track)}.`)
  return found
}

test('a fetch that waits is queued up to now', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h'))
  const track = trackOf(stream.fetch(), LATER)
  expect(track).toMatchObject({ start: stream.fetch().seenAt, end: LATER, open: true, verdict: null })
  expect(track.phases).toMatchObject([{ kind: 'queued', end: null, open: true, note: '' }])
  expect(describeTrack(track)).toMatch(/^no bytes yet · started .* so far, not over · 0 B of 1.0 kB$/)
})

test('a success is queued, downloading, and its event, end to end', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h'))
  stream.page(observed.progress('h', 400), 3000)
  stream.page(observed.success('h'), 2000)
  stream.page(observed.over('h'), 500)
  const { seenAt } = stream.fetch()
  const track = trackOf(stream.fetch(), LATER)
  expect(track).toMatchObject({ start: seenAt, end: seenAt + 5500, open: false })
  expect(track.phases).toMatchObject([
    { kind: 'queued', start: seenAt, end: seenAt + 3000 },
    { kind: 'downloading', start: seenAt + 3000, end: seenAt + 5000 },
    { kind: 'event', start: seenAt + 5000, end: seenAt + 5500 },
  ])
  expect(outcomeText(stream.fetch())).toBe('success')
  expect(describePhase(phase(track, 'downloading'), track)).toMatch(
    /^2\.00 s · from \+3\.00 s \(.*\) · to \+5\.00 s · 1\.0 kB of 1\.0 kB$/,
  )
})

test('an abort has a phase of its own, and the worker its phases', () => {
  const stream = aborted()
  const asked = stream.fetch().abort?.at
  stream.worker(trace.stopped())
  stream.worker(trace.seen('w2', { how: 'started' }))
  stream.worker(trace.dispatched({ worker: 'w2' }))
  const w2 = { worker: 'w2' }
  stream.worker({ ...trace.waits(), ...w2 })
  stream.worker({ ...trace.returned(), ...w2 })
  stream.worker({ ...trace.settled(), ...w2 })
  stream.worker({ ...trace.done(), ...w2 })
  stream.page(observed.over('h1'))
  const track = trackOf(stream.fetch(), LATER)
  expect(kinds(track)).toEqual([
    'queued',
    'aborting',
    'worker-start',
    'event',
    'event-in-worker',
    'handler',
    'promise',
  ])
  expect(phase(track, 'queued').end).toBe(asked)
  expect(phase(track, 'aborting')).toMatchObject({ start: asked, end: stream.fetch().settledAt })
  expect(nameOf(phase(track, 'promise'))).toBe('promise #1')
  expect(outcomeText(stream.fetch())).toBe('aborted')
})

test('an abort that lost, or that the page did, is none of the panel', () => {
  const lost = createTracedStream()
  lost.page(observed.seen('h'))
  lost.panel(observed.abort('h'))
  lost.page(observed.answer('h', { kind: 'resolved', value: false }))
  expect(kinds(trackOf(lost.fetch(), LATER))).toEqual(['queued'])
  lost.page(observed.success('h'))
  expect(kinds(trackOf(lost.fetch(), LATER))).not.toContain('aborting')

  const other = createTracedStream()
  other.page(observed.seen('h'))
  other.page(observed.failure('h'))
  expect(kinds(trackOf(other.fetch(), LATER))).toEqual(['queued', 'event'])
})

test('an abort that was pressed goes on until it is answered with no', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h'))
  stream.page(observed.progress('h', 10))
  stream.panel(observed.abort('h'))
  const track = trackOf(stream.fetch(), LATER)
  expect(kinds(track)).toEqual(['queued', 'downloading', 'aborting'])
  expect(phase(track, 'aborting')).toMatchObject({ end: null, open: true })
})

test('a fetch that was seen to move only at its end says so', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h'))
  stream.page(observed.success('h'))
  const track = trackOf(stream.fetch(), LATER)
  expect(kinds(track)).toEqual(['queued', 'event'])
  expect(phase(track, 'queued').note).toMatch(/only at its end/)
})

test('a fetch that ran before it was seen begins with its download and says so', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h', { already: true }, { downloaded: 300 }))
  const track = trackOf(stream.fetch(), LATER)
  expect(track.phases).toMatchObject([
    { kind: 'downloading', note: expect.stringMatching(/already running/) },
  ])
  expect(describeTrack(track)).toMatch(/found/)
})

test.each([
  ['unobserved', 'not observed', observed.frameGone()],
  ['gone', 'gone', observed.gone('h', 'not-listed')],
])('what is %s ends where it was last seen, and says that the rest is not known', (_, word, body) => {
  const stream = createTracedStream()
  stream.page(observed.seen('h'))
  stream.page(observed.progress('h', 10), 500)
  stream.page(observed.progress('h', 20), 500)
  stream.page(body, 60_000)
  const track = trackOf(stream.fetch(), LATER)
  expect(track).toMatchObject({ end: stream.fetch().seenAt + 1000, open: false })
  const last = phase(track, 'downloading')
  expect(last).toMatchObject({ end: null, open: false, level: 'warning' })
  expect(reach(last, track)).toBe(track.end)
  expect(describePhase(last, track)).toMatch(/end was not observed/)
  expect(outcomeText(stream.fetch())).toBe(word)
})

test('a fetch whose worker was unregistered is drawn until then', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h'))
  const { at } = stream.page(observed.gone('h', 'unregistered'), 5000)
  expect(trackOf(stream.fetch(), LATER)).toMatchObject({ end: at, open: false })
})

test('an event whose end was not observed has none', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h'))
  stream.page(observed.failure('h', 'bad-status'))
  expect(trackOf(stream.fetch(), LATER)).toMatchObject({ end: LATER, open: true })
  stream.panel({ type: 'watch-stopped' })
  const track = trackOf(stream.fetch(), LATER)
  expect(track.open).toBe(false)
  expect(phase(track, 'event')).toMatchObject({ end: null, open: false, level: 'warning' })
  expect(outcomeText(stream.fetch())).toBe('bad-status')
})

test('changes of one store that follow one another are one', () => {
  const stream = aborted()
  const about = { source: 'storage' as const }
  const cache = (name: string) =>
    ({ type: 'storage-changed', kind: 'cache-content', origin: KEY, name, store: '' }) as const
  stream.panel(cache('media'), 10, about)
  stream.panel({ ...cache('pod'), kind: 'indexeddb-content', store: 'rows' }, 10, about)
  stream.panel(cache('media'), 10, about)
  stream.panel(cache('media'), 1000, about)
  const track = trackOf(stream.fetch(), LATER)
  expect(track.phases.filter(({ kind }) => kind === 'change').map(({ note }) => note)).toEqual([
    'cache “media” reported as changed, 2 times',
    'IndexedDB pod/rows reported as changed',
    'cache “media” reported as changed',
  ])
})

test('the verdict stands at the end, once the storage was compared', () => {
  const audited = createAuditStream()
  audited.seen().settled()
  expect(kinds(trackOf(audited.fetch(), LATER))).not.toContain('verdict')
  audited.over().later()
  const track = trackOf(audited.fetch(), LATER)
  const last = track.phases.at(-1)
  expect(last).toMatchObject({ kind: 'verdict', start: track.end })
  expect(track.verdict?.kind).toBe(audited.verdict().kind)
  expect(describeTrack(track)).toMatch(new RegExp(`clean-up: ${audited.verdict().kind}$`))
})

test('what goes on is drawn up to now, and never before it began', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h'))
  const { seenAt } = stream.fetch()
  expect(extentOf(stream.fetch(), seenAt - 1000)).toEqual({ start: seenAt, end: seenAt, open: true })
  expect(extentOf(stream.fetch(), seenAt + 1000).end).toBe(seenAt + 1000)
})

test('the curve rises from nothing to all that came, also when the abort set the bytes back', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h'))
  stream.page(observed.progress('h', 250))
  stream.page(observed.progress('h', 500))
  stream.page(observed.failure('h'))
  const points = curve(stream.fetch(), stream.fetch().settledAt ?? 0)
  expect(points.map(({ share }) => share)).toEqual([0, 0.25, 0.5, 0.5])
})

test('the curve of a fetch without a total fills its height', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h', {}, { downloadTotal: 0 }))
  stream.page(observed.progress('h', 250, { downloadTotal: 0 }))
  stream.page(observed.progress('h', 1000, { downloadTotal: 0 }))
  expect(curve(stream.fetch(), LATER).map(({ share }) => share)).toEqual([0, 0.25, 1, 1])
})

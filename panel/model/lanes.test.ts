import { expect, test } from 'vitest'
import { tellAudit } from './audit/audit.fixture'
import { describeLane, describePhase, nameOf, outcomeText } from './describe-lane'
import { KEY, say } from './events.fixture'
import { curve, extentOf, type Lane, laneOf, reach } from './lanes'
import { aborted, tellTraced, trace } from './workers.fixture'

const LATER = 5_000_000

const kinds = (lane: Lane) => lane.phases.map(({ kind }) => kind)
const phase = (lane: Lane, kind: string) => {
  const found = lane.phases.find((one) => one.kind === kind)
  if (!found) throw new Error(`No ${kind} among ${kinds(lane)}.`)
  return found
}

test('a fetch that waits is queued up to now', () => {
  const stream = tellTraced()
  stream.page(say.seen('h'))
  const lane = laneOf(stream.fetch(), LATER)
  expect(lane).toMatchObject({ start: stream.fetch().seenAt, end: LATER, open: true, verdict: null })
  expect(lane.phases).toMatchObject([{ kind: 'queued', end: null, open: true, note: '' }])
  expect(describeLane(lane)).toMatch(/^queued · started .* so far, not over · 0 B of 1.0 kB$/)
})

test('a success is queued, downloading, and its event, end to end', () => {
  const stream = tellTraced()
  stream.page(say.seen('h'))
  stream.page(say.progress('h', 400), 3000)
  stream.page(say.success('h'), 2000)
  stream.page(say.over('h'), 500)
  const { seenAt } = stream.fetch()
  const lane = laneOf(stream.fetch(), LATER)
  expect(lane).toMatchObject({ start: seenAt, end: seenAt + 5500, open: false })
  expect(lane.phases).toMatchObject([
    { kind: 'queued', start: seenAt, end: seenAt + 3000 },
    { kind: 'downloading', start: seenAt + 3000, end: seenAt + 5000 },
    { kind: 'event', start: seenAt + 5000, end: seenAt + 5500 },
  ])
  expect(outcomeText(stream.fetch())).toBe('success')
  expect(describePhase(phase(lane, 'downloading'), lane)).toMatch(
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
  stream.page(say.over('h1'))
  const lane = laneOf(stream.fetch(), LATER)
  expect(kinds(lane)).toEqual([
    'queued',
    'aborting',
    'worker-start',
    'event',
    'event-in-worker',
    'handler',
    'promise',
  ])
  expect(phase(lane, 'queued').end).toBe(asked)
  expect(phase(lane, 'aborting')).toMatchObject({ start: asked, end: stream.fetch().settledAt })
  expect(nameOf(phase(lane, 'promise'))).toBe('promise #1')
  expect(outcomeText(stream.fetch())).toBe('aborted')
})

test('an abort that lost, or that the page did, is none of the panel', () => {
  const lost = tellTraced()
  lost.page(say.seen('h'))
  lost.panel(say.abort('h'))
  lost.page(say.answer('h', { kind: 'resolved', value: false }))
  expect(kinds(laneOf(lost.fetch(), LATER))).toEqual(['queued'])
  lost.page(say.success('h'))
  expect(kinds(laneOf(lost.fetch(), LATER))).not.toContain('aborting')

  const other = tellTraced()
  other.page(say.seen('h'))
  other.page(say.failure('h'))
  expect(kinds(laneOf(other.fetch(), LATER))).toEqual(['queued', 'event'])
})

test('an abort that was pressed goes on until it is answered with no', () => {
  const stream = tellTraced()
  stream.page(say.seen('h'))
  stream.page(say.progress('h', 10))
  stream.panel(say.abort('h'))
  const lane = laneOf(stream.fetch(), LATER)
  expect(kinds(lane)).toEqual(['queued', 'downloading', 'aborting'])
  expect(phase(lane, 'aborting')).toMatchObject({ end: null, open: true })
})

test('a fetch that was seen to move only at its end says so', () => {
  const stream = tellTraced()
  stream.page(say.seen('h'))
  stream.page(say.success('h'))
  const lane = laneOf(stream.fetch(), LATER)
  expect(kinds(lane)).toEqual(['queued', 'event'])
  expect(phase(lane, 'queued').note).toMatch(/only at its end/)
})

test('a fetch that ran before it was seen begins with its download and says so', () => {
  const stream = tellTraced()
  stream.page(say.seen('h', { already: true }, { downloaded: 300 }))
  const lane = laneOf(stream.fetch(), LATER)
  expect(lane.phases).toMatchObject([{ kind: 'downloading', note: expect.stringMatching(/before/) }])
  expect(describeLane(lane)).toMatch(/found/)
})

test.each([
  ['unobserved', 'not observed', say.frameGone()],
  ['gone', 'gone', say.gone('h', 'not-listed')],
])('what is %s ends where it was last seen, and says that the rest is not known', (_, word, body) => {
  const stream = tellTraced()
  stream.page(say.seen('h'))
  stream.page(say.progress('h', 10), 500)
  stream.page(say.progress('h', 20), 500)
  stream.page(body, 60_000)
  const lane = laneOf(stream.fetch(), LATER)
  expect(lane).toMatchObject({ end: stream.fetch().seenAt + 1000, open: false })
  const last = phase(lane, 'downloading')
  expect(last).toMatchObject({ end: null, open: false, level: 'warning' })
  expect(reach(last, lane)).toBe(lane.end)
  expect(describePhase(last, lane)).toMatch(/end was not seen/)
  expect(outcomeText(stream.fetch())).toBe(word)
})

test('a fetch whose worker was unregistered is drawn until then', () => {
  const stream = tellTraced()
  stream.page(say.seen('h'))
  const { at } = stream.page(say.gone('h', 'unregistered'), 5000)
  expect(laneOf(stream.fetch(), LATER)).toMatchObject({ end: at, open: false })
})

test('an event whose end nobody saw has none', () => {
  const stream = tellTraced()
  stream.page(say.seen('h'))
  stream.page(say.failure('h', 'bad-status'))
  expect(laneOf(stream.fetch(), LATER)).toMatchObject({ end: LATER, open: true })
  stream.panel({ type: 'watch-stopped' })
  const lane = laneOf(stream.fetch(), LATER)
  expect(lane.open).toBe(false)
  expect(phase(lane, 'event')).toMatchObject({ end: null, open: false, level: 'warning' })
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
  const lane = laneOf(stream.fetch(), LATER)
  expect(lane.phases.filter(({ kind }) => kind === 'change').map(({ note }) => note)).toEqual([
    'cache “media” changed, 2 times',
    'IndexedDB pod/rows changed',
    'cache “media” changed',
  ])
})

test('the verdict stands at the end, once the storage was compared', () => {
  const told = tellAudit()
  told.seen().settled()
  expect(kinds(laneOf(told.fetch(), LATER))).not.toContain('verdict')
  told.over().later()
  const lane = laneOf(told.fetch(), LATER)
  const last = lane.phases.at(-1)
  expect(last).toMatchObject({ kind: 'verdict', start: lane.end })
  expect(lane.verdict?.kind).toBe(told.verdict().kind)
  expect(describeLane(lane)).toMatch(new RegExp(`clean-up: ${told.verdict().kind}$`))
})

test('what goes on is drawn up to now, and never before it began', () => {
  const stream = tellTraced()
  stream.page(say.seen('h'))
  const { seenAt } = stream.fetch()
  expect(extentOf(stream.fetch(), seenAt - 1000)).toEqual({ start: seenAt, end: seenAt, open: true })
  expect(extentOf(stream.fetch(), seenAt + 1000).end).toBe(seenAt + 1000)
})

test('the curve rises from nothing to all that came, also when the abort set the bytes back', () => {
  const stream = tellTraced()
  stream.page(say.seen('h'))
  stream.page(say.progress('h', 250))
  stream.page(say.progress('h', 500))
  stream.page(say.failure('h'))
  const points = curve(stream.fetch(), stream.fetch().settledAt ?? 0)
  expect(points.map(({ share }) => share)).toEqual([0, 0.25, 0.5, 0.5])
})

test('the curve of a fetch without a total fills its height', () => {
  const stream = tellTraced()
  stream.page(say.seen('h', {}, { downloadTotal: 0 }))
  stream.page(say.progress('h', 250, { downloadTotal: 0 }))
  stream.page(say.progress('h', 1000, { downloadTotal: 0 }))
  expect(curve(stream.fetch(), LATER).map(({ share }) => share)).toEqual([0, 0.25, 1, 1])
})

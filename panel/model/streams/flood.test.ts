import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../protocol/events'
import { trackOf } from '../timeline/timeline'
import { waterfall } from '../waterfall/waterfall'
import { MAX_WAITED } from '../workers/waited'
import { observed } from './events.fixture'
import { aborted, trace } from './workers.fixture'

const log = (text: string): Body => ({ ...trace.log(), text }) as Body
const stillRunning = (after = 30_000): Body => ({ type: 'still-running', worker: 'w1', event: 1, after })

/** The worker of an aborted fetch sends more than the tracer can take in at once. */
function flooded(rows = 600) {
  const stream = aborted()
  stream.worker(trace.dispatched())
  for (let i = 0; i < rows; i++) stream.worker(log(`row ${i}`), 1)
  return stream
}

test('an event is not called still running whose end is on its way in a flood', () => {
  const stream = flooded()
  const { at } = stream.worker(log('the last before the tracer asked itself'), 1)
  stream.panel(stillRunning(), 0, { source: 'worker', at: at + 8000 })
  stream.worker(log('more'), 1)
  expect(stream.kinds()).not.toContain('still-running')
  stream.worker(trace.done(0), 1)
  stream.worker(trace.stopped(), 20_000)
  expect(stream.kinds()).not.toContain('still-running')
})

test('an event that was really running then is called so as soon as that is known', () => {
  const stream = flooded()
  const { at } = stream.worker(log('the last before'), 1)
  stream.panel(stillRunning(), 0, { source: 'worker', at: at + 8000 })
  stream.worker(log('still there'), 0, { at: at + 9000 })
  expect(stream.kinds()).toContain('still-running')
  stream.worker(trace.done(0), 0, { at: at + 10_000 })
  expect(stream.kinds()).toContain('still-running')
})

test('what was said of an event that had ended before is taken back, in whatever order it comes', () => {
  const stream = aborted()
  const { at } = stream.worker(trace.dispatched())
  stream.panel(stillRunning(), 0, { source: 'worker', at: at + 30_000 })
  expect(stream.kinds()).toContain('still-running')
  stream.worker(trace.done(0), 0, { at: at + 24_000 })
  expect(stream.kinds()).not.toContain('still-running')
  stream.panel(stillRunning(), 0, { source: 'worker', at: at + 31_000 })
  expect(stream.kinds()).not.toContain('still-running')
})

test('a quiet event is called still running at once', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(stillRunning(), 30_000)
  expect(stream.kinds()).toContain('still-running')
})

test('an event is not called untraced while the worker’s messages come in a flood', () => {
  const stream = flooded()
  stream.worker(trace.done(0))
  stream.page(observed.over('h1'))
  stream.page(observed.seen('h2', { id: 'next' }))
  const { at } = stream.page(observed.failure('h2'))
  stream.page(observed.over('h2'), 5000)
  expect(stream.kinds()).not.toContain('not-traced')
  stream.worker(trace.dispatched({ event: 2, id: 'next' }), 0, { at: at + 1 })
  stream.worker(trace.done(0, 0, 2), 0, { at: at + 2 })
  stream.worker(log('later'), 60_000)
  expect(stream.kinds()).not.toContain('not-traced')
})

test('an event that was not traced is called so once the flood is over', () => {
  const stream = flooded()
  stream.page(observed.seen('h2', { id: 'next' }))
  stream.page(observed.failure('h2'))
  stream.page(observed.over('h2'), 5000)
  expect(stream.kinds()).not.toContain('not-traced')
  stream.worker(log('later'), 60_000)
  expect(stream.kinds()).toContain('not-traced')
})

test('messages that say the same share a row, until something else happens in the worker', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  for (let i = 0; i < 5; i++) stream.worker(log('again'))
  stream.worker(log('other'))
  stream.worker(log('again'))
  stream.worker(trace.returned())
  stream.worker(log('again'))
  const rows = stream.model.rows.filter(({ kind }) => kind === 'console')
  expect(rows.map(({ count }) => count)).toEqual([5, 1, 1, 1])
  expect(stream.last()).toBe('console.log: again')
})

const changedCache = (name: string, kind: BodyOf<'storage-changed'>['kind'] = 'cache-content'): Body => ({
  type: 'storage-changed',
  kind,
  origin: 'https://pod.example',
  name,
  store: '',
})

test('changes of a store that come in a burst share a row', () => {
  const stream = aborted()
  for (let i = 0; i < 40; i++) stream.panel(changedCache(i % 2 === 0 ? 'a' : 'b'), 1, { source: 'storage' })
  const rows = stream.model.rows.filter(({ kind }) => kind === 'storage-changed')
  expect(rows.map(({ count }) => count)).toEqual([20, 20])
  stream.panel(changedCache('a'), 600, { source: 'storage' })
  expect(stream.kinds().filter((kind) => kind === 'storage-changed')).toHaveLength(3)
})

test('a burst of changes says how often and when; what changes after the event is a row of its own', () => {
  const stream = aborted()
  const changed = changedCache('a')
  const change = (wait: number) => stream.panel(changed, wait, { source: 'storage' })
  for (let i = 0; i < 3; i++) change(20)
  expect(stream.last()).toBe('cache “a” reported as changed: 3 times, within 40 ms, during its event')
  stream.page(observed.over('h1'), 10)
  change(18)
  expect(stream.last()).toBe('cache “a” reported as changed: 18 ms after the event ended')
  for (let i = 0; i < 14; i++) change(15)
  expect(stream.last()).toBe('cache “a” reported as changed: 15 times, 18 ms to 228 ms after the event ended')
})

test('changes that go on and on are not one row for ever', () => {
  const stream = aborted()
  const changed = changedCache('', 'cache-list')
  for (let i = 0; i < 30; i++) stream.panel(changed, 400, { source: 'storage' })
  const rows = stream.model.rows.filter(({ kind }) => kind === 'storage-changed')
  expect(rows.map(({ count }) => count)).toEqual([13, 13, 4])
})

test('of very many promises all are counted, the first are kept, and those that reject', () => {
  const stream = aborted()
  const { at } = stream.worker(trace.dispatched())
  const n = MAX_WAITED + 500
  for (let i = 1; i <= n; i++) stream.worker(trace.waits(i), 0)
  for (let i = 1; i <= n; i++) stream.worker(trace.settled(i, i === n ? 'no' : undefined), 0)
  stream.worker(trace.done(n, 1))
  const [traced] = stream.fetch().events
  expect(traced).toMatchObject({ promises: n })
  expect(traced?.waited).toHaveLength(MAX_WAITED + 1)
  expect(traced?.waited.at(-1)).toMatchObject({ n, error: { message: 'no' } })
  const spans = waterfall(stream.fetch()).filter(({ kind }) => kind === 'promise')
  expect(spans.length).toBeLessThan(110)
  expect(spans.map(({ label }) => label)).toContain(`promise #${n}`)
  expect(spans.at(-1)?.label).toBe(`${(n - 51).toLocaleString('en')} more promises`)
  expect(trackOf(stream.fetch(), at).phases.length).toBeLessThan(120)
})

import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import { createModel } from '../session/fold'
import { attributesOf, createStream, KEY, observed, rowOf } from '../streams/events.fixture'
import { bodyShapes, pick, randomOf, sampleBody } from '../streams/random.fixture'
import { aborted, trace } from '../streams/workers.fixture'
import { describe, frameText, unreachableText } from './describe'
import { progressText } from './describe-fetch'

test('every type of event has a name', () => {
  const random = randomOf(1)
  const types = new Set<string>()
  for (const shape of bodyShapes) {
    for (let i = 0; i < 50; i++) {
      const body = sampleBody(shape, random)
      types.add(body.type)
      const { name, text } = describe(rowOf(body))
      expect(name.trim(), body.type).not.toBe('')
      expect(`${name} ${text}`, body.type).not.toMatch(/undefined|NaN|\[object|null/)
    }
  }
  expect(types.size).toBe(bodyShapes.length)
  expect(types.size).toBeGreaterThanOrEqual(18)
})

test('every row of a page’s or the session’s own event says what happened', () => {
  const random = randomOf(2)
  for (let i = 0; i < 3000; i++) {
    const stream = createStream()
    stream.page(observed.seen('a'))
    const body = sampleBody(pick(random, bodyShapes), random)
    if ('worker' in body) continue
    const before = stream.model.rows.length
    stream.page(body)
    if (stream.model.rows.length <= before) continue
    expect(stream.last(), body.type).toMatch(/\S+: .*\S/)
  }
})

test('an event is called over only where its worker was registered to the end', () => {
  const over = (unregistered: boolean) =>
    describe(rowOf({ type: 'event-over', handle: 'h' as Handle, uncertainty: 5, unregistered }))
  expect(over(false)).toMatchObject({ name: 'records released', level: 'info' })
  expect(over(true)).toMatchObject({ name: 'event not observed', level: 'warning' })
})

test('long page data is one line of bearable length', () => {
  const long = `https://pod.example/\n${'x'.repeat(16_000)}`
  const bodies = [
    observed.seen('h', { id: long, scope: long }),
    observed.frame({ url: long, scopes: [long] }),
    observed.unreachable('failed', long),
    { type: 'navigated', url: long, reload: false } as const,
  ]
  for (const body of bodies) {
    const { name, text } = describe(rowOf(body))
    expect(`${name} ${text}`.length, body.type).toBeLessThan(700)
    expect(`${name} ${text}`, body.type).not.toContain('\n')
  }
})

test('progress says how far it is, as far as that is known', () => {
  expect(progressText(attributesOf({ downloaded: 250, downloadTotal: 1000 }))).toBe('250 B of 1.0 kB (25%)')
  expect(progressText(attributesOf({ downloaded: 250, downloadTotal: 0 }))).toBe('250 B, total unknown')
  expect(progressText(attributesOf({ downloadTotal: 0 }))).toBe('0 B, total unknown')
  expect(progressText(attributesOf({ downloadTotal: 0, uploaded: 5, uploadTotal: 10 }))).toBe(
    '5 B of 10 B uploaded',
  )
})

test('a response says what came, and nothing of what is to come', () => {
  const described = (some: Parameters<typeof observed.response>[1], ready = 1) => {
    const row = rowOf(observed.response('h', some, ready))
    return describe({ ...row, event: { ...row.event, storageKey: KEY } })
  }
  expect(described({})).toMatchObject({
    level: 'info',
    name: 'response ready',
    text: '200 GET /1.mp3, 2.0 kB promised, audio/mpeg (1 of 3)',
  })
  // Of another origin it matters which.
  expect(described({ url: 'https://cdn.example/1.mp3' }).text).toContain('GET https://cdn.example/1.mp3')
  expect(described({ contentLength: null, contentType: '' }).text).toBe('200 GET /1.mp3 (1 of 3)')
  expect(described({ status: 404, contentLength: null, contentType: '' })).toMatchObject({
    level: 'warning',
    name: 'response ready',
    text: '404 GET /1.mp3 (1 of 3)',
  })
  // Whether the fetch fails is said when it has.
  expect(described({ status: 500 }, 3).text).not.toMatch(/fail/)
  expect(described({ encoded: true, contentType: '' }).text).toBe('200 GET /1.mp3, 2.0 kB encoded (1 of 3)')
  expect(described({ encoded: true, bodySize: 9000, contentType: '' }).text).toContain(', 9.0 kB (')
  expect(described({ bodySize: 0, contentType: '' }).text).toContain(', 0 B of 2.0 kB (')
  expect(described({ redirected: true, responseUrl: 'https://cdn.example/1' }).text).toContain(
    'redirected to https://cdn.example/1',
  )
  expect(described({ state: 'no-response', status: 0 }).text).toBe(
    'GET /1.mp3: no complete response came (a network error) (0 of 3, 1 failed)',
  )
  const failed = { level: 'warning', name: 'response failed' }
  expect(described({ status: 0 })).toMatchObject({
    ...failed,
    text: expect.stringMatching(/CORS does not allow/),
  })
  expect(described({ state: 'failed', status: null, error: 'TypeError: no' })).toMatchObject({
    ...failed,
    text: 'GET /1.mp3: TypeError: no (0 of 3, 1 failed)',
  })
  // Others of the fetch have failed before it.
  const { text } = describe(
    rowOf({ ...observed.response('h', {}, 3), failed: 2 } as BodyOf<'response-ready'>),
  )
  expect(text).toMatch(/ \(1 of 3, 2 failed\)$/)
})

test('the answer to a second request of one URL is not given a size of its own', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.response('h', {}, 1))
  expect(stream.last()).toContain('2.0 kB')
  stream.page(observed.response('h', { index: 1 }, 2))
  expect(stream.last()).toBe(
    'response ready: 200 GET /1.mp3, audio/mpeg (2 of 3); 2 requests share this URL: their responses can’t be distinguished',
  )
})

test('a frame says why nothing can be seen in it', () => {
  const text = (some: Parameters<typeof observed.frame>[0]) => {
    const body = observed.frame(some)
    return body.type === 'frame' ? frameText(body) : ''
  }
  expect(text({ secure: false })).toContain('not a secure context')
  expect(text({ supported: false })).toContain('no Background Fetch')
  expect(text({ scopes: [] })).toContain('no service worker')
  expect(text({ permission: 'denied' })).toContain('denied')
  expect(text({ error: 'SecurityError: no' })).toContain('SecurityError: no')
  expect(text({ top: false })).toContain('frame ')
  expect(text({})).toContain('https://pod.example/')
})

test('each reason for not reaching a page has words of its own', () => {
  const texts = Object.values(unreachableText)
  expect(new Set(texts).size).toBe(texts.length)
})

test('how late the end of the worker’s event may have been seen is reported when it matters', () => {
  const text = (uncertainty: number) => describe(rowOf(observed.over('h', uncertainty), { after: 900 })).text
  expect(text(5)).not.toContain('earlier')
  expect(text(1000)).toContain('earlier')
})

test('several progress events in a row are counted', () => {
  expect(describe(rowOf(observed.progress('h', 5), { count: 12 })).text).toContain('12 events')
  expect(describe(rowOf(observed.progress('h', 5))).text).not.toContain('event')
})

test('what ended unseen is a warning', () => {
  const model = createModel()
  const about = { producer: 'p', at: 1, source: 'page', document: 'd', storageKey: 'k' } as const
  model.apply([
    { ...about, seq: 1, body: observed.seen('h') },
    { ...about, seq: 2, body: observed.inventory() },
  ])
  const row = model.rows.at(-1)
  expect(row && describe(row).level).toBe('warning')
})

test('without a trace, an event that has ended may not have been fired; with one it was', () => {
  const ended = (...traced: Body[]) => {
    const stream = aborted()
    for (const body of traced) stream.worker(body)
    stream.page(observed.over('h1'))
    return stream.model.rows.filter(({ kind }) => kind === 'event-over').map((row) => describe(row).text)
  }
  expect(ended()).toEqual([expect.stringMatching(/^backgroundfetchabort, if it was fired, has ended/)])
  expect(ended(trace.dispatched(), trace.done(0))).toEqual([
    expect.stringMatching(/^backgroundfetchabort has ended/),
  ])
})

import { describe, expect, test } from 'vitest'
import type { BodyOf } from '../../../../protocol/events'
import type { Handle } from '../../../../protocol/handle'
import { describe as describeRow } from '../../describe/describe'
import { createStream, KEY, observed, startedStream } from '../../streams/events.fixture'
import { standstillOf } from './standstill'

function textOf(stream: ReturnType<typeof createStream>, later: number, id = 'episode') {
  const fetch = stream.model.fetches.find((one) => one.id === id)
  const at = stream.events.at(-1)?.at ?? 0
  return fetch && (standstillOf(fetch, stream.model, at + later)?.text ?? '')
}

test('nothing is said of a fetch that goes on, nor of one that has just begun', () => {
  const stream = startedStream()
  expect(textOf(stream, 500)).toBe('')
  stream.page(observed.progress('h', 10))
  expect(textOf(stream, 3000)).toBe('')
})

test('the first byte is waited for, and then progress', () => {
  const stream = startedStream()
  expect(textOf(stream, 25_000)).toBe('no bytes yet, 25 s')
  stream.page(observed.progress('h', 10))
  expect(textOf(stream, 7000)).toBe('no progress, 7 s')
})

test('of a fetch that began before it was seen only the least time is known', () => {
  const stream = startedStream({ already: true })
  expect(textOf(stream, 25_000)).toBe('no bytes yet, ≥ 25 s')
})

test('a fetch waits behind the one of its origin that runs', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'front' }))
  stream.page(observed.seen('h2', { id: 'behind' }))
  // Which of the two the browser runs is not known before bytes have arrived.
  expect(textOf(stream, 25_000, 'behind')).toBe('no bytes yet, 25 s')
  stream.page(observed.progress('h1', 10))
  expect(textOf(stream, 0, 'behind')).toBe('behind front')
  expect(textOf(stream, 0, 'front')).toBe('')
  stream.page(observed.failure('h1'))
  expect(textOf(stream, 0, 'behind')).toBe('')
})

test('a fetch of another origin is not in front', () => {
  const stream = createStream()
  const there = { storageKey: 'https://other.example', producer: 'bridge-2' }
  stream.page(observed.seen('h1', { id: 'front' }), 10, there)
  stream.page(observed.progress('h1', 10), 10, there)
  stream.page(observed.seen('h2', { id: 'behind' }))
  expect(textOf(stream, 500, 'behind')).toBe('')
})

test('a fetch whose bytes went back to none says so, and does not wait for its first byte', () => {
  const stream = startedStream()
  stream.page(observed.progress('h', 10))
  stream.page(observed.progress('h', 0))
  expect(textOf(stream, 4000)).toBe('0 B again, 4 s')
})

test('nothing is said of a fetch that no page shows, nor of one that has ended', () => {
  const stream = startedStream()
  stream.page(observed.frameGone())
  expect(textOf(stream, 60_000)).toBe('')
  const ended = startedStream()
  ended.page(observed.failure('h'))
  expect(textOf(ended, 60_000)).toBe('')
})

/** The reasons for which a fetch stands still. */
function reasonsOf(stream: ReturnType<typeof createStream>, later: number, id = 'episode') {
  const fetch = stream.model.fetches.find((one) => one.id === id)
  const now = (stream.events.at(-1)?.at ?? 0) + later
  return (fetch && standstillOf(fetch, stream.model, now)?.reasons) ?? []
}

test('what may hold a fetch back is said where nothing is known of it', () => {
  const stream = startedStream()
  expect(reasonsOf(stream, 500)).toEqual([])
  expect(reasonsOf(stream, 5000)).toEqual([
    expect.stringMatching(/does not say why\. Known possible causes: the server .*offline/),
  ])
  stream.page(observed.progress('h', 10))
  expect(reasonsOf(stream, 4000)).toEqual([])
  expect(reasonsOf(stream, 5000)).toEqual([expect.stringMatching(/does not report why.*paused/)])
})

test('one that began before and has no bytes either may be in front, and no more is said', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'first', began: { after: 1, before: 2 } }))
  stream.page(observed.seen('h2', { id: 'second', began: { after: 2, before: 3 } }))
  expect(reasonsOf(stream, 5000, 'first')).toEqual([expect.stringMatching(/does not say why/)])
  expect(reasonsOf(stream, 5000, 'second')).toEqual([
    expect.stringMatching(/^first began before it .* may run that one first\.$/),
  ])
})

test('why the one in front stands still is said with it', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'front' }))
  stream.page(observed.seen('h2', { id: 'behind' }))
  stream.page(observed.progress('h1', 10))
  expect(reasonsOf(stream, 500, 'behind')).toHaveLength(1)
  expect(reasonsOf(stream, 7000, 'behind')[1]).toBe('front: no progress, 7 s.')
})

test('the one in front may never end where it has stood still for longer than the browser tries', () => {
  const endless = /^If the server of front can’t be reached, it may never end/
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'front', began: { after: 1, before: 2 } }))
  stream.page(observed.seen('h2', { id: 'behind', began: { after: 2, before: 3 } }))
  for (let i = 0; i < 2; i++) {
    expect(reasonsOf(stream, 100_000, 'behind').join('\n')).not.toMatch(/never end/)
    expect(reasonsOf(stream, 125_000, 'behind').at(-1)).toMatch(endless)
    stream.page(observed.progress('h1', 10))
  }
})

test('a page that is offline says so, with what else sets that, until another page looks or it is online', () => {
  const stream = startedStream()
  stream.page({ type: 'connectivity', online: false })
  expect(textOf(stream, 5000)).toBe('page offline · no bytes yet, 5 s')
  expect(reasonsOf(stream, 5000)[0]).toMatch(/“Offline” in DevTools sets navigator\.onLine too/)
  expect(textOf(stream, 500)).toBe('')
  stream.page({ type: 'connectivity', online: true })
  expect(textOf(stream, 5000)).toBe('no bytes yet, 5 s')
  stream.page({ type: 'connectivity', online: false })
  stream.page(observed.inventory('h'))
  expect(textOf(stream, 5000)).toBe('no bytes yet, 5 s')
})

test('a page of another origin that is offline holds nothing back here', () => {
  const stream = startedStream()
  stream.page({ type: 'connectivity', online: false }, 10, { storageKey: 'https://other.example' })
  expect(textOf(stream, 5000)).toBe('no bytes yet, 5 s')
})

const call = (some: Partial<BodyOf<'page-call'>> = {}): BodyOf<'page-call'> => ({
  type: 'page-call',
  method: 'fetch',
  id: 'episode',
  origin: KEY,
  location: null,
  callers: [],
  ...some,
})

test('a fetch that a frame started may be paused; one that the top page started is not said to be', () => {
  for (const [framed, text] of [
    [true, 'may be paused · no bytes yet, 25 s'],
    [false, 'no bytes yet, 25 s'],
  ] as const) {
    const stream = createStream()
    stream.page(call({ framed }), 10, { producer: 'background-1' })
    stream.page(observed.seen('h'))
    expect(textOf(stream, 25_000)).toBe(text)
    expect(reasonsOf(stream, 25_000).some((reason) => /^A script in a frame/.test(reason))).toBe(framed)
  }
})

test('a fetch over its downloadTotal says so at once', () => {
  const stream = startedStream()
  stream.page(observed.progress('h', 1200))
  expect(textOf(stream, 0)).toBe('over its downloadTotal')
  expect(reasonsOf(stream, 0)).toEqual([
    '1.2 kB arrived, and downloadTotal is 1.0 kB. The browser ends a fetch that goes over it.',
  ])
})

describe('the row of a fetch that stands still', () => {
  const still = (online = true): BodyOf<'no-progress'> => ({
    type: 'no-progress',
    handle: 'h' as Handle,
    online,
  })
  const rowsOf = (stream: ReturnType<typeof createStream>) =>
    stream.model.rows.filter(({ event }) => event.body.type === 'no-progress').map((row) => describeRow(row))

  test('comes once for each time, with what was known then, and never changes', () => {
    const stream = startedStream()
    stream.page(still(false), 10_000)
    const [before] = rowsOf(stream)
    expect(before).toMatchObject({ level: 'warning', name: 'no progress' })
    expect(before?.text).toMatch(
      /^No byte has been reported for 10 s\. navigator\.onLine is false in the page\./,
    )
    stream.page(still(), 10_000)
    stream.page(observed.progress('h', 0))
    expect(rowsOf(stream)).toEqual([before])
    stream.page(observed.progress('h', 400))
    stream.page(still(), 10_000)
    expect(rowsOf(stream).map(({ text }) => text)).toEqual([
      before?.text,
      expect.stringMatching(
        /^No progress has been reported for 10 s, at 400 B\. The browser does not report why\./,
      ),
    ])
  })

  test('names the one in front, and is no warning', () => {
    const stream = createStream()
    stream.page(observed.seen('h0', { id: 'front' }))
    stream.page(observed.progress('h0', 10))
    stream.page(observed.seen('h'))
    stream.page(observed.progress('h0', 20), 9000)
    stream.page(still(), 1000)
    expect(rowsOf(stream)).toEqual([
      {
        level: 'info',
        name: 'waiting',
        text: 'Nothing has been reported for 10 s. front is in front of it: the browser runs the fetches of an origin one after the other.',
      },
    ])
  })

  test('does not come of a fetch that has ended, nor once more from the page that follows it next', () => {
    const stream = startedStream()
    stream.page(still(), 10_000)
    stream.page(observed.seen('h2', { already: true }), 10, { producer: 'bridge-2' })
    stream.page({ ...still(), handle: 'h2' as Handle }, 10_000, { producer: 'bridge-2' })
    stream.page(observed.failure('h2'), 10, { producer: 'bridge-2' })
    stream.page({ ...still(), handle: 'h2' as Handle }, 10_000, { producer: 'bridge-2' })
    expect(rowsOf(stream)).toHaveLength(1)
  })
})

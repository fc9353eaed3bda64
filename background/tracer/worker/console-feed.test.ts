import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Send } from '../remote'
import { createConsoleFeed } from './console-feed'

const MESSAGE = 'Runtime.consoleAPICalled'

/** A worker's console as the browser keeps it: the last 1000 messages, repeated to a session that enables `Runtime`. */
function startFeed(stored = 1000) {
  let store: { text: string; timestamp: number }[] = []
  let enabled = false
  let answers = true
  const sent: string[] = []
  const reported: string[] = []
  const state = { missed: 0 }
  const tell = ({ text, timestamp }: { text: string; timestamp: number }) =>
    feed.event(MESSAGE, { type: 'log', args: [{ type: 'string', value: text }], timestamp })
  const send: Send = async (method: string) => {
    sent.push(method)
    if (!answers) await new Promise(() => {})
    if (method === 'Runtime.enable' && !enabled) {
      enabled = true
      for (const one of store) tell(one)
    } else if (method === 'Runtime.disable') enabled = false
    return {}
  }
  const feed = createConsoleFeed(
    send,
    ({ params }) => reported.push((params.args as { value: string }[])[0]?.value ?? ''),
    () => state.missed++,
  )
  let written = 0
  const log = (text: string, timestamp = Date.now() + written / 1000) => {
    written++
    const one = { text, timestamp }
    store = [...store, one].slice(-stored)
    if (enabled) tell(one)
  }
  return {
    feed,
    sent,
    reported,
    state,
    log,
    clear: () => {
      store = []
    },
    hang: () => {
      answers = false
    },
  }
}

const many = (count: number, name = 'message') => Array.from({ length: count }, (_, n) => `${name} ${n}`)

beforeEach(() => {
  vi.useFakeTimers({ now: Date.now() + 60_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

test('what was written before tracing is left out, and what is written then is reported', async () => {
  const { feed, log, reported, state } = startFeed()
  for (const text of many(900)) log(text, Date.now() - 30_000)
  await feed.start()
  log('new')
  expect([reported, state.missed, feed.caughtUp()]).toEqual([['new'], 0, undefined])
})

test('a burst is not sent, and each of its messages is reported once when it is over', async () => {
  const { feed, log, sent, reported, state } = startFeed()
  await feed.start()
  const texts = many(1100)
  for (const text of texts.slice(0, 250)) log(text)
  expect(sent).toEqual(['Runtime.enable', 'Runtime.disable'])
  for (const text of texts.slice(250)) log(text)
  expect(reported).toHaveLength(250)
  await feed.caughtUp()
  expect([reported, state.missed]).toEqual([texts, 0])
  log('after it')
  expect(reported).toEqual([...texts, 'after it'])
  expect(feed.caughtUp()).toBeUndefined()
})

test('messages of one time are distinguished by their number', async () => {
  const { feed, log, reported, state } = startFeed()
  await feed.start()
  const at = Date.now()
  const texts = many(600)
  for (const [n, text] of texts.entries()) log(text, at + Math.floor(n / 100))
  await feed.caughtUp()
  expect([reported, state.missed]).toEqual([texts, 0])
})

test('messages of one time of which some are gone are said to be missing', async () => {
  const { feed, log, reported, state } = startFeed(100)
  await feed.start()
  const at = Date.now()
  const texts = many(300)
  for (const text of texts) log(text, at)
  log('after it', at + 1)
  await feed.caughtUp()
  expect([reported.slice(250), state.missed]).toEqual([['after it'], 1])
})

test('a clock that is set back during a burst hides nothing', async () => {
  const { feed, log, reported, state } = startFeed()
  await feed.start()
  const texts = many(400)
  for (const text of texts.slice(0, 300)) log(text)
  for (const text of texts.slice(300)) log(text, Date.now() - 3_600_000)
  await feed.caughtUp()
  expect([reported, state.missed]).toEqual([texts, 0])
})

test('what the browser has not stored is said to be missing', async () => {
  const { feed, log, reported, state } = startFeed()
  await feed.start()
  for (const text of many(5000)) log(text)
  await feed.caughtUp()
  expect(state.missed).toBe(1)
  expect(reported).toEqual([...many(250), ...many(5000).slice(-1000)])
})

test('a console that was cleared during a burst is said to be missing', async () => {
  const { feed, log, clear, reported, state } = startFeed()
  await feed.start()
  for (const text of many(300)) log(text)
  clear()
  log('after it')
  await feed.caughtUp()
  expect([reported.at(-1), state.missed]).toEqual(['after it', 1])
})

test('a burst that nobody waits for is read every now and then, and the browser sends again when it is over', async () => {
  const { feed, log, sent, reported, state } = startFeed()
  await feed.start()
  for (const text of many(600)) log(text)
  await vi.advanceTimersByTimeAsync(2000)
  expect(reported).toHaveLength(600)
  expect(sent.slice(2)).toEqual(['Runtime.enable', 'Runtime.disable'])
  for (const text of many(10, 'slow')) log(text)
  await vi.advanceTimersByTimeAsync(3999)
  expect(reported).toHaveLength(600)
  await vi.advanceTimersByTimeAsync(1)
  expect(sent.slice(4)).toEqual(['Runtime.enable', 'Runtime.disable', 'Runtime.enable'])
  log('after it')
  expect(reported).toEqual([...many(600), ...many(10, 'slow'), 'after it'])
  expect(state.missed).toBe(0)
})

test('messages with pauses are no burst', async () => {
  const { feed, log, sent } = startFeed()
  await feed.start()
  for (const text of many(1000)) {
    log(text)
    if (Number(text.slice(8)) % 100 === 99) await vi.advanceTimersByTimeAsync(300)
  }
  expect(sent).toEqual(['Runtime.enable'])
})

test('a worker that does not answer is not waited for, and what it wrote is said to be missing', async () => {
  const { feed, log, hang, state } = startFeed()
  await feed.start()
  for (const text of many(300)) log(text)
  await vi.advanceTimersByTimeAsync(0)
  hang()
  const caughtUp = feed.caughtUp()
  await vi.advanceTimersByTimeAsync(3000)
  await caughtUp
  expect([state.missed, feed.caughtUp()]).toEqual([1, undefined])
})

test('a run that ends during a burst may have written more', async () => {
  const { feed, log, state } = startFeed()
  await feed.start()
  for (const text of many(300)) log(text)
  feed.end()
  await vi.advanceTimersByTimeAsync(10_000)
  expect([state.missed, feed.caughtUp()]).toEqual([1, undefined])
})

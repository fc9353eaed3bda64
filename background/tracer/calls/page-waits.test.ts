import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPageWaits } from './page-waits'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A document that is waited for: `species` is what its promises are made with, `isHere` whether it answers. */
function waited() {
  const document = {
    species: 'function Promise() { [native code] }',
    isHere: true,
    isWatched: true,
    state: '1 0',
  }
  /** What was asked, in order: the last word of each expression. */
  const asked: string[] = []
  let waiting: { give(value: unknown): void; leave(): void }[] = []
  const receive = vi.fn()
  const gone = () => new Error('Inspected target navigated or closed')
  const context = {
    id: 1,
    look: async () => {
      asked.push('species')
      if (!document.isHere) throw gone()
      return { type: 'function', description: document.species }
    },
    lookUpGetters: async () => new Map(),
    evaluate: (expression: string) => {
      const next = expression.split('.').at(-1) ?? ''
      asked.push(next.split(' ')[0] ?? '')
      if (next.startsWith('state')) {
        if (!document.isHere) return Promise.reject(gone())
        return Promise.resolve({ result: { value: document.state } })
      }
      if (next === 'onlyNext') waiting = []
      return new Promise<unknown>((resolve, reject) => {
        if (!document.isHere) return reject(gone())
        waiting.push({ give: (value) => resolve({ result: { value } }), leave: () => reject(gone()) })
      })
    },
  }
  const wait = createPageWaits(context, 'calls', () => document.isWatched, receive)
  return {
    document,
    asked,
    receive,
    wait,
    /** The document sends this to the first that waits. */
    give: (value: unknown) => waiting.shift()?.give(value),
    leave() {
      document.isHere = false
      for (const one of waiting.splice(0)) one.leave()
    },
    /** One of those who wait is refused by the browser. */
    refuse: () => waiting.shift()?.leave(),
    /** What was asked since the last time. */
    since: () => asked.splice(0),
    settle: () => vi.advanceTimersByTimeAsync(0),
    /** Until the document is waited for again after a batch. */
    pause: () => vi.advanceTimersByTimeAsync(50),
  }
}

const FIRST = ['species', 'onlyNext', 'next', 'next', 'next']

test('a document is waited for four times at once', async () => {
  const { wait, since, give, receive, settle } = waited()
  await wait()
  expect(since()).toEqual(FIRST)
  give('a')
  await settle()
  expect(receive.mock.calls).toEqual([['a']])
})

test('a moment after a batch it is waited for again, for all that have come meanwhile at once', async () => {
  const { wait, since, give, receive, pause } = waited()
  await wait()
  since()
  for (const batch of ['a', 'b', 'c']) {
    give(batch)
    await vi.advanceTimersByTimeAsync(10)
  }
  expect(receive.mock.calls.flat()).toEqual(['a', 'b', 'c'])
  expect(since()).toEqual([])
  await pause()
  expect(since()).toEqual(['species', 'next', 'next', 'next'])
  give('d')
  await pause()
  expect(since()).toEqual(['species', 'next'])
})

test('a document is not waited for where it would notice that', async () => {
  const { document, wait, since, give, pause } = waited()
  document.species = 'class Mine {}'
  await wait()
  expect(since()).toEqual(['species'])
  document.species = 'function Promise() { [native code] }'
  await wait()
  document.species = 'class Mine {}'
  since()
  give('a')
  await pause()
  expect(since()).toEqual(['species'])
})

test.each([0, 1])(
  'a document that is put aside, after %i batches, and shown again is waited for anew',
  async (batches) => {
    const { document, wait, since, give, leave, receive, settle } = waited()
    await wait()
    for (let i = 0; i < batches; i++) give(i)
    leave()
    await settle()
    since()
    document.isHere = true
    await wait()
    // Those who waited before are given nothing.
    expect(since()).toEqual(FIRST)
    await vi.advanceTimersByTimeAsync(100)
    expect(since()).toEqual([])
    receive.mockClear()
    give('b')
    await settle()
    expect(receive.mock.calls).toEqual([['b']])
  },
)

test('a document that is shown again is not waited for beside those who waited before', async () => {
  const { document, wait, since, give, leave, settle } = waited()
  await wait()
  give('a')
  await settle()
  give('b')
  leave()
  await settle()
  since()
  document.isHere = true
  await vi.advanceTimersByTimeAsync(100)
  expect(since()).toEqual([])
  await wait()
  expect(since()).toEqual(FIRST)
})

test('where one wait of a document that is still there fails, it is waited for anew after a second', async () => {
  const { wait, since, give, refuse, receive, settle } = waited()
  await wait()
  refuse()
  await settle()
  since()
  give('a')
  await settle()
  expect(since()).toEqual([])
  await vi.advanceTimersByTimeAsync(1000)
  expect(since()).toEqual(['state', ...FIRST])
  for (const batch of ['b', 'c', 'd', 'e', 'f']) {
    give(batch)
    await vi.advanceTimersByTimeAsync(20)
  }
  expect(receive.mock.calls.flat()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

test('a document whose waits always fail is waited for a few times, more and more seldom', async () => {
  const { wait, since, refuse, receive, settle, give } = waited()
  await wait()
  const times: number[] = []
  for (let second = 0; second < 100; second++) {
    if (since().includes('onlyNext')) times.push(second)
    for (let i = 0; i < 4; i++) refuse()
    await vi.advanceTimersByTimeAsync(1000)
  }
  expect(times).toEqual([0, 1, 3, 7, 15, 31])
  await wait()
  await settle()
  give('a')
  await settle()
  expect(receive.mock.calls).toEqual([['a']])
})

test.each([
  ['has gone', { isHere: false }],
  ['has another document’s context', { state: '' }],
  ['is not watched any more', { isWatched: false }],
])('after a wait has failed, what %s is asked once at most', async (_, some) => {
  const { document, wait, since, refuse, settle } = waited()
  await wait()
  refuse()
  await settle()
  since()
  Object.assign(document, some)
  await vi.advanceTimersByTimeAsync(100_000)
  expect(since().filter((one) => one !== 'state')).toEqual([])
})

test('a document whose calls are not wanted any more is not waited for again, and what it sends is dropped', async () => {
  const { document, wait, since, give, receive, settle } = waited()
  await wait()
  since()
  document.isWatched = false
  give('a')
  await settle()
  expect(receive).not.toHaveBeenCalled()
  expect(since()).toEqual([])
})

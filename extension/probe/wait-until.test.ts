import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TracedEvent } from './traced-event'
import type { Unwrap } from './wrap'

class ExtendableEvent {
  over = false
  failure: Error | undefined
  waitUntil(value: unknown): undefined {
    if (this.failure) throw this.failure
    if (this.over) throw new DOMException('too late', 'InvalidStateError')
    // As the browser does: it follows what it is given.
    void Promise.resolve(value).catch(() => {})
  }
}
class BackgroundFetchUpdateUIEvent extends ExtendableEvent {
  updateUI(_?: unknown): Promise<void> {
    return Promise.reject(new Error('nobody handles this'))
  }
}
Object.assign(globalThis, { ExtendableEvent, BackgroundFetchUpdateUIEvent })
const { watchUpdateUI, watchWaitUntil } = await import('./wait-until')
const { follow } = await import('./follow')

const said: unknown[][] = []
let given = 0
const traced: TracedEvent = {
  counts: false,
  listenerReturned() {},
  returned() {},
  waitUntil(kind) {
    said.push(['waits', kind])
    return ++given
  },
  waitUntilRefused: (error, reason) => said.push(['refused', reason, error?.message]),
  promiseSettled: (n, error) => said.push(['settled', n, error?.message ?? null]),
  updateUI: (options, promise) => said.push(['updates', options, promise]),
}
const known = new WeakSet<object>()
const find = (event: unknown) => (known.has(event as object) ? traced : undefined)
const undos: Unwrap[] = []
const made = <T extends ExtendableEvent>(event: T): T => {
  known.add(event)
  return event
}
const ticks = async () => {
  for (let i = 0; i < 10; i++) await null
}

beforeEach(() => {
  said.length = 0
  given = 0
  undos.push(
    watchWaitUntil(find, () => true),
    watchUpdateUI(find, () => true),
  )
})
afterEach(() => {
  for (const undo of undos.splice(0)) undo()
})
const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterAll(() => {
  process.off('unhandledRejection', rejections)
})

test('a promise is followed to its end, fulfilled or rejected', async () => {
  const event = made(new ExtendableEvent())
  expect(event.waitUntil(Promise.resolve(1))).toBeUndefined()
  event.waitUntil(Promise.reject(new RangeError('no')))
  await ticks()
  expect(said).toEqual([
    ['waits', 'promise'],
    ['waits', 'promise'],
    ['settled', 1, null],
    ['settled', 2, 'RangeError: no'],
  ])
})

test('a promise is followed without asking the script for a species, and without its then()', async () => {
  const asked: string[] = []
  const native = Object.getOwnPropertyDescriptor(Promise, Symbol.species) ?? {}
  const then = Object.getOwnPropertyDescriptor(Promise.prototype, 'then') ?? {}
  const promise = Promise.reject(new RangeError('no'))
  Object.defineProperty(Promise, Symbol.species, {
    configurable: true,
    get() {
      asked.push('species')
      return Promise
    },
  })
  try {
    follow(promise, traced, 7)
    expect(asked).toEqual([])
    Object.defineProperty(Promise, Symbol.species, native)
    Object.defineProperty(Promise.prototype, 'then', {
      ...then,
      value(this: Promise<unknown>, ...args: []) {
        asked.push('then')
        return Reflect.apply(then.value, this, args)
      },
    })
    follow(promise, traced, 8)
    expect(asked).toEqual([])
  } finally {
    Object.defineProperty(Promise, Symbol.species, native)
    Object.defineProperty(Promise.prototype, 'then', then)
  }
  await ticks()
  const settled = said.filter(([what]) => what === 'settled')
  expect(settled.slice(-2)).toEqual([
    ['settled', 7, 'RangeError: no'],
    ['settled', 8, 'RangeError: no'],
  ])
})

test('of a rejection that is only counted nothing is read', async () => {
  const error = new Error('no')
  const read = vi.fn()
  Object.defineProperty(error, 'stack', { get: read })
  follow(Promise.reject(error), traced, -101)
  await ticks()
  expect(said).toEqual([['settled', -101, '']])
  expect(read).not.toHaveBeenCalled()
})

test.each([
  ['function', () => 1],
  ['value', 5],
  ['value', null],
  ['value', undefined],
  ['value', {}],
])('a %s counts as settled at once', (kind, value) => {
  made(new ExtendableEvent()).waitUntil(value)
  expect(said).toEqual([
    ['waits', kind],
    ['settled', 1, null],
  ])
})

test('a thenable’s then() is left to the browser, and its end is not known', async () => {
  const then = vi.fn((done: () => void) => done())
  made(new ExtendableEvent()).waitUntil({ then })
  await ticks()
  expect(then).toHaveBeenCalledOnce()
  expect(said).toEqual([['waits', 'thenable']])
})

test('a promise with a constructor or a class of its own runs no code of the script for the probe', async () => {
  const read = vi.fn(() => Promise)
  const owned = Object.defineProperty(Promise.resolve(1), 'constructor', { get: read })
  class Sub<T> extends Promise<T> {}
  new ExtendableEvent().waitUntil(owned)
  const untraced = read.mock.calls.length
  const event = made(new ExtendableEvent())
  event.waitUntil(owned)
  event.waitUntil(Sub.resolve(2))
  await ticks()
  expect(read).toHaveBeenCalledTimes(2 * untraced)
  expect(said).toEqual([
    ['waits', 'thenable'],
    ['waits', 'thenable'],
  ])
})

test('a Proxy that refuses every touch is survived, and refused to the script as before', () => {
  const refuse = () => {
    throw new Error('touched')
  }
  const hostile = new Proxy({}, new Proxy({}, { get: () => refuse }))
  const event = made(new ExtendableEvent())
  expect(() => event.waitUntil(hostile)).not.toThrow()
  // What the browser makes of it, nobody else can tell.
  expect(said).toEqual([['waits', 'thenable']])
})

test('a call without an argument, and one whose argument throws, do not come too late', () => {
  const event = made(new ExtendableEvent())
  event.failure = new TypeError('1 argument required')
  expect(() => (event.waitUntil as () => void)()).toThrow('1 argument required')
  expect(() => event.waitUntil(Promise.resolve())).toThrow('1 argument required')
  expect(said).toEqual([
    ['refused', 'no-argument', 'TypeError: 1 argument required'],
    ['refused', 'other', 'TypeError: 1 argument required'],
  ])
})

test('a call that comes too late throws as before, and is reported', () => {
  const event = made(new ExtendableEvent())
  event.over = true
  expect(() => event.waitUntil(Promise.resolve())).toThrow('too late')
  expect(said).toEqual([['refused', 'event-over', 'InvalidStateError: too late']])
})

test('calls on other events are not reported', () => {
  new ExtendableEvent().waitUntil(Promise.resolve())
  expect(said).toEqual([])
})

test('the promise of updateUI() gets no reaction: rejected and not handled, it stays so', async () => {
  rejections.mockClear()
  const event = made(new BackgroundFetchUpdateUIEvent())
  const options = { title: 'Ready' }
  const promise = event.updateUI(options)
  expect(said).toEqual([['updates', options, promise]])
  await vi.waitFor(() => expect(rejections).toHaveBeenCalledOnce())
})

test('the order of the script’s own reactions is the same as without the probe', async () => {
  const order = async (event: ExtendableEvent) => {
    const log: string[] = []
    let chain: Promise<unknown> = Promise.resolve()
    for (let i = 0; i < 8; i++) chain = chain.then(() => log.push(`tick ${i}`))
    const promise = Promise.resolve()
    promise.then(() => log.push('before'))
    event.waitUntil(promise)
    promise.then(() => log.push('after')).then(() => log.push('next'))
    await chain
    return log
  }
  const untraced = await order(new ExtendableEvent())
  expect(await order(made(new ExtendableEvent()))).toEqual(untraced)
})

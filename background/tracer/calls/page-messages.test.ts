import { types } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { batchIn, pageMessages } from './page-messages'

interface Messages {
  meet(method: string, self: object, given?: ArrayLike<unknown>): boolean
  take(number: number): { readonly it: unknown } | undefined
  readonly state: string
  readonly next: PromiseLike<string>
  readonly onlyNext: PromiseLike<string>
  errors: object
  clock: () => unknown
  apply: typeof Reflect.apply
  id: (this: Registration) => unknown
  result: (this: Registration) => unknown
  recordsAvailable: (this: Registration) => unknown
  isError: (it: unknown) => boolean
  getOwn: typeof Reflect.getOwnPropertyDescriptor
  readonly trial: { readonly it: { readonly length: unknown } }
  readonly ran: boolean
}
interface Registration {
  readonly id: unknown
  readonly result?: unknown
  readonly recordsAvailable?: unknown
}

const declared = (context = 7): Messages => {
  const it = new Function(`${pageMessages('it', context)}; return it`)() as Messages
  it.errors = Error
  it.apply = Reflect.apply
  it.id = function () {
    return this.id
  }
  return it
}
/** Gives what options are kept for. */
const givesOptions = (it: Messages) => {
  it.isError = types.isNativeError
  it.getOwn = Reflect.getOwnPropertyDescriptor
}
const manager = {}

// The test runner prepares stacks.
const { prepareStackTrace } = Error
beforeEach(() => void Reflect.deleteProperty(Error, 'prepareStackTrace'))
afterEach(() => {
  if (prepareStackTrace) Error.prepareStackTrace = prepareStackTrace
})

test('calls are given to whoever waits, in their order, with their stacks', async () => {
  const it = declared()
  expect(it.state).toBe('7 0')
  const first = it.next
  const given = Promise.resolve(first)
  await Promise.resolve()
  expect(it.meet('fetch', manager, ['a b'])).toBe(false)
  const one = batchIn(await given)
  expect(one?.count).toBe(1)
  expect(one?.messages).toEqual([expect.stringMatching(/^fetch 0 0 3 a bTypeError: .*\n +at /)])
  expect(it.meet('abort', { id: { toString: () => 'no text' } })).toBe(false)
  it.meet('abort', { id: 'x'.repeat(20_000) })
  const two = batchIn(await it.next)
  expect(two?.count).toBe(3)
  expect(two?.messages).toEqual([
    expect.stringMatching(/^abort 0 0 0 Type/),
    expect.stringMatching(/^abort 0 0 0 Type/),
  ])
  expect(it.state).toBe('7 3')
})

test('a call has its time where the browser’s own clock was given', async () => {
  const it = declared()
  it.clock = () => 1_700_000_000_000
  it.meet('fetch', manager, ['a'])
  expect(batchIn(await it.next)?.messages).toEqual([expect.stringMatching(/^fetch 1700000000000 0 1 aType/)])
  for (const clock of [() => 'no time', () => expect.unreachable()]) {
    it.clock = clock
    it.meet('fetch', manager, ['a'])
    expect(batchIn(await it.next)?.messages).toEqual([expect.stringMatching(/^fetch 0 0 1 aType/)])
  }
})

test.each([
  ['runs', { id: 'a', result: '', recordsAvailable: true }, 0],
  ['has ended', { id: 'a', result: 'failure', recordsAvailable: true }, 1],
  ['has ended, and was found right before', { id: 'a', result: '', recordsAvailable: false }, 1],
])(
  'whether the fetch of a registration has ended is read with the browser’s getters: it %s',
  async (_, registration, ended) => {
    const it = declared()
    it.meet('abort', registration)
    it.result = function () {
      return this.result
    }
    it.recordsAvailable = function () {
      return this.recordsAvailable
    }
    it.meet('abort', registration)
    expect(batchIn(await it.next)?.messages.map((message) => message.slice(0, 11))).toEqual([
      // Without the getters it is not known.
      'abort 0 0 1',
      `abort 0 ${ended} 1`,
    ])
  },
)

test('nothing of the page is read of a registration', async () => {
  const it = declared()
  it.id = () => {
    throw new TypeError('Illegal invocation')
  }
  it.meet('abort', new Proxy({}, { get: () => expect.unreachable(), has: () => expect.unreachable() }))
  expect(batchIn(await it.next)?.messages).toEqual([expect.stringMatching(/^abort 0 0 0 /)])
})

test('the options of a call are kept under a number, as they are, until they are taken', async () => {
  const it = declared()
  givesOptions(it)
  const options = new Proxy({}, { get: () => expect.unreachable(), has: () => expect.unreachable() })
  it.meet('fetch', manager, ['a', [], options])
  for (const none of [[], [undefined], [null], ['text'], [() => {}]])
    it.meet('fetch', manager, ['a', [], ...none])
  it.meet('abort', { id: 'a' }, ['a', [], options])
  const numbers = batchIn(await it.next)?.messages.map((message) => message.slice(0, 9))
  expect(numbers).toEqual(['fetch 0 1', ...Array(5).fill('fetch 0 0'), 'abort 0 0'])
  expect(it.take(1)?.it === options).toBe(true)
  expect(it.take(1)).toBeUndefined()
})

test('of options that nobody takes, those of the last calls are kept', () => {
  const it = declared()
  givesOptions(it)
  for (let n = 1; n <= 25; n++) it.meet('fetch', manager, ['a', [], { n }])
  expect(it.take(5)).toBeUndefined()
  expect(it.take(6)).toEqual({ it: { n: 6 } })
  expect(it.take(25)).toEqual({ it: { n: 25 } })
})

test('without what reads them no options are kept, and a getter that runs in the trial is noticed', () => {
  const it = declared()
  it.meet('fetch', manager, ['a', [], {}])
  it.getOwn = Reflect.getOwnPropertyDescriptor
  it.meet('fetch', manager, ['a', [], {}])
  for (const number of [0, 1, 2]) expect(it.take(number)).toBeUndefined()
  expect(it.ran).toBe(false)
  void it.trial.it.length
  expect(it.ran).toBe(true)
})

test('options that are an error are not given to the debugger, which would read its stack', () => {
  const it = declared()
  givesOptions(it)
  it.meet('fetch', manager, ['a', [], Object.assign(new TypeError(), { title: 'a' })])
  expect(it.take(1)).toBeUndefined()
})

test('what a call was not given is not looked for elsewhere', () => {
  const it = declared()
  const getter = { configurable: true, get: () => expect.unreachable() }
  const { prototype } = Object
  for (const index of [0, 2]) Object.defineProperty(prototype, index, getter)
  try {
    ;(function (..._: unknown[]) {
      // biome-ignore lint/complexity/noArguments: a breakpoint has no other.
      it.meet('fetch', manager, arguments)
    })()
  } finally {
    for (const index of [0, 2]) Reflect.deleteProperty(prototype, index)
  }
})

test('a page that calls in a loop fills no memory, and the count shows what is missing', async () => {
  const it = declared()
  for (let i = 0; i < 10_000; i++) it.meet('fetch', manager, ['x'.repeat(1000)])
  const batch = batchIn(await it.next)
  expect(batch?.count).toBe(10_000)
  expect(batch?.messages.length).toBeLessThan(500)
})

test('a script that prepares stacks is not called for one', async () => {
  const it = declared()
  let calls = 0
  Error.prepareStackTrace = () => ++calls
  it.meet('fetch', manager, ['a'])
  expect(calls).toBe(0)
  expect(batchIn(await it.next)?.messages).toEqual(['fetch 0 0 1 a'])
  Object.defineProperty(Error, 'prepareStackTrace', { configurable: true, get: () => ++calls && undefined })
  it.meet('fetch', manager, ['b'])
  expect(calls).toBe(0)
  expect(batchIn(await it.next)?.messages).toEqual(['fetch 0 0 1 b'])
  Reflect.deleteProperty(Error, 'prepareStackTrace')
})

test('without the browser’s own Error no stack is read', async () => {
  const it = new Function(`${pageMessages('it', 7)}; return it`)() as Messages
  it.meet('fetch', manager, ['a'])
  expect(batchIn(await it.next)?.messages).toEqual(['fetch 0 0 1 a'])
})

test('calls of one task are given together, as the page may leave right after it', async () => {
  const it = declared()
  const given = Promise.resolve(it.next)
  await Promise.resolve()
  for (const id of ['a', 'b', 'c']) it.meet('abort', { id })
  expect(batchIn(await given)?.messages).toHaveLength(3)
})

test('who waits is given one batch after the other, and who waited before is not', async () => {
  const it = declared()
  const given: unknown[] = []
  const wait = (who: string, next: PromiseLike<string>) =>
    next.then((batch) => void given.push(`${who} ${batchIn(batch)?.count}`))
  wait('gone', it.next)
  wait('one', it.onlyNext)
  wait('two', it.next)
  for (const id of ['a', 'b']) {
    it.meet('abort', { id })
    await Promise.resolve()
  }
  expect(given).toEqual(['one 1', 'two 2'])
})

test('a long stack is cut, and its call is not lost', async () => {
  const it = declared()
  const deep = (depth: number): unknown =>
    depth > 0 ? deep(depth - 1) : it.meet('abort', { id: 'x'.repeat(16_384) })
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 1e6
  deep(2000)
  Error.stackTraceLimit = stackTraceLimit
  const [message = ''] = batchIn(await it.next)?.messages ?? []
  expect(message).toMatch(/^abort 0 0 16384 x+TypeError: .*\n +at /)
  expect(message.length).toBeLessThan(40_000)
})

test.each([undefined, 7, '', 'rubbish', '1', '1 x', '1 5 abc', '1 3 abc4', `1 ${'x'.repeat(1_000_000)}`])(
  'what is no batch is not read as one (%#)',
  (value) => {
    expect(batchIn(value)).toBeUndefined()
  },
)

test('an empty batch says how many calls there were', () => {
  expect(batchIn('12 ')).toEqual({ count: 12, messages: [] })
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { batchIn, pageMessages } from './page-messages'

interface Messages {
  meet(method: string, id: unknown): boolean
  readonly state: string
  readonly next: PromiseLike<string>
}

const declared = (context = 7): Messages =>
  new Function(`${pageMessages('it', context)}; return it`)() as Messages

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
  expect(it.meet('fetch', 'a b')).toBe(false)
  expect(it.meet('abort', { toString: () => 'no text' })).toBe(false)
  const one = batchIn(await given)
  expect(one?.count).toBe(1)
  expect(one?.messages).toEqual([expect.stringMatching(/^fetch 3 a bTypeError: .*\n +at /)])
  it.meet('abort', 'x'.repeat(20_000))
  const two = batchIn(await it.next)
  expect(two?.count).toBe(3)
  expect(two?.messages).toEqual([
    expect.stringMatching(/^abort 0 Type/),
    expect.stringMatching(/^abort 0 Type/),
  ])
  expect(it.state).toBe('7 3')
})

test('a page that calls in a loop fills no memory, and the count shows what is missing', async () => {
  const it = declared()
  for (let i = 0; i < 10_000; i++) it.meet('fetch', 'x'.repeat(1000))
  const batch = batchIn(await it.next)
  expect(batch?.count).toBe(10_000)
  expect(batch?.messages.length).toBeLessThan(500)
})

test('a script that prepares stacks is not called for one', async () => {
  const it = declared()
  let calls = 0
  Error.prepareStackTrace = () => ++calls
  it.meet('fetch', 'a')
  expect(calls).toBe(0)
  expect(batchIn(await it.next)?.messages).toEqual(['fetch 1 a'])
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

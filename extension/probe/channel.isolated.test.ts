import { afterEach, expect, test, vi } from 'vitest'

/** What is the browser's own here, by its text. */
const texts = new Map<unknown, string>()
/** In milliseconds; each look takes some. */
let clock = 0
vi.mock('./primordials', async (original) => ({
  ...(await original<typeof import('./primordials')>()),
  textOfFunction: (one: unknown) => texts.get(one) ?? String(one),
  now: () => {
    clock += 10
    return clock
  },
}))

const scope = globalThis as { onlanguagechange?: unknown }
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'onlanguagechange')
  texts.clear()
})

/** A channel in a scope with the attribute, and the function that the browser would add. */
async function opened(expected: string | null = null) {
  const { createChannel } = await import('./channel')
  let handler: unknown = null
  const accessor = {
    get: () => handler,
    set: (value: unknown) => {
      handler = value
    },
  }
  texts.set(accessor.get, 'function get onlanguagechange() { [native code] }')
  texts.set(accessor.set, 'function set onlanguagechange() { [native code] }')
  Object.defineProperty(globalThis, 'onlanguagechange', { ...accessor, configurable: true })
  const sent: string[] = []
  const binding = (message: string) => void sent.push(message)
  texts.set(binding, 'function () { [native code] }')
  const channel = createChannel(expected)
  expect(channel.open()).toBe('onlanguagechange')
  const setter = () => Object.getOwnPropertyDescriptor(globalThis, 'onlanguagechange')?.set
  return { channel, sent, binding, handler: () => handler, isOwn: () => setter() === accessor.set }
}

test('nothing is sent before the browser has answered that the binding is added, and nothing is lost', async () => {
  const { channel, sent, binding, handler, isOwn } = await opened()
  channel.send('one')
  scope.onlanguagechange = binding
  channel.accept(0)
  channel.send('two')
  expect([sent, handler(), isOwn()]).toEqual([[], null, true])
  expect(channel.begin()).toBe(true)
  channel.send('three')
  expect(sent).toEqual(['one', 'two', 'three'])
})

test.each([
  ['has not come', null],
  ['did not come while its channel was made', 'expected'],
])('a channel whose binding %s says so, and goes on waiting', async (_, expected) => {
  const { channel, sent, binding } = await opened(expected)
  channel.send('one')
  expect(channel.begin()).toBe(false)
  scope.onlanguagechange = binding
  channel.accept(0)
  expect(channel.begin()).toBe(true)
  expect(sent).toEqual(['one'])
})

test('a handler of the script is set as it would be, at the latest when the setter is the browser’s own again', async () => {
  const { channel, binding, handler } = await opened()
  const plain = () => {}
  scope.onlanguagechange = plain
  expect(handler()).toBe(plain)
  const bound = () => {}
  texts.set(bound, 'function () { [native code] }')
  scope.onlanguagechange = binding
  scope.onlanguagechange = bound
  channel.accept(0)
  expect(handler()).toBe(bound)
})

test('the binding of a worker that starts is taken off the global scope, and sends at once', async () => {
  const { createChannel } = await import('./channel')
  const sent: string[] = []
  const binding = (message: string) => void sent.push(message)
  texts.set(binding, 'function () { [native code] }')
  Object.assign(globalThis, { expected: binding })
  const channel = createChannel('expected')
  channel.send('one')
  expect([sent, 'expected' in globalThis, channel.begin()]).toEqual([['one'], false, true])
})

test('a channel that waits for its binding reads nothing that a script may have put into Object.prototype', async () => {
  const { createChannel } = await import('./channel')
  let reads = 0
  const get = () => ++reads
  Object.defineProperty(Object.prototype, 'value', { get, configurable: true })
  createChannel('expected')
  Reflect.deleteProperty(Object.prototype, 'value')
  expect(reads).toBe(0)
})

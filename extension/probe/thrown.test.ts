import { runInThisContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { useOwnStacks } from './stacks.fixture'
import { callerLocation, thrown } from './thrown'

useOwnStacks()

/** Calls `callerLocation()` from a script of that address. */
function callFrom(url: string, before = ''): unknown {
  const script = `(locate) => {\n  ${before}\n  return locate()\n}`
  const call: (locate: typeof callerLocation) => unknown = runInThisContext(script, { filename: url })
  return call(callerLocation)
}

const read = vi.fn()
const spying = (name: string) => ({
  get() {
    read(name)
    throw new Error('read')
  },
})

test.each([
  ['a message', new TypeError('no such thing'), 'TypeError: no such thing'],
  ['no message', new Error(), 'Error'],
  ['a DOMException', new DOMException('over', 'InvalidStateError'), 'InvalidStateError: over'],
  ['a string', 'plain', 'plain'],
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a number', -0.5, '-0.5'],
  ['a bigint', 10n, '10'],
  ['a symbol', Symbol('sign'), 'Symbol(sign)'],
  ['a function', () => 1, 'a function'],
  ['an object', { code: 1 }, 'an object that is not an Error'],
  ['an object with a message, which may be a Proxy', { message: 'said' }, 'an object that is not an Error'],
  ['nothing to inherit from', Object.create(null), 'an object that is not an Error'],
])('%s is put into words', (_, error, message) => {
  expect(thrown(error).message).toBe(message)
})

test('an Error brings its stack, and both are cut', () => {
  const { message, stack } = thrown(new Error('x'.repeat(10_000_000)))
  expect([message.length, stack.length]).toEqual([2000, 2000])
  expect(thrown(new Error('here')).stack).toMatch(/^Error: here\n {4}at /)
  expect(thrown('y'.repeat(10_000_000)).message).toHaveLength(2000)
})

test('getters and conversions of the script are never called', () => {
  read.mockClear()
  const error = new Error('hidden')
  // To define a stack, the engine looks at the one that there is.
  Object.defineProperties(error, { stack: spying('stack') })
  Object.defineProperties(error, { name: spying('name'), message: spying('message') })
  expect(thrown(error)).toEqual({ message: 'Error', stack: '' })
  const object = Object.create(null, {
    toString: spying('toString'),
    message: spying('message'),
    [Symbol.toPrimitive]: spying('toPrimitive'),
    [Symbol.toStringTag]: spying('tag'),
  })
  expect(thrown(object).message).toBe('an object that is not an Error')
  class Computed extends Error {
    override get message() {
      read('inherited')
      return 'computed'
    }
  }
  thrown(new Computed())
  expect(read).not.toHaveBeenCalled()
})

test('a Proxy that throws at every touch is a value that cannot be read', () => {
  const refuse = () => {
    throw new Error('touched')
  }
  const handler = new Proxy({}, { get: () => refuse })
  expect(thrown(new Proxy({}, handler))).toEqual({ message: 'a value that cannot be read', stack: '' })
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  expect(thrown(proxy).message).toBe('a value that cannot be read')
})

test('objects in the place of name and message are not converted', () => {
  const error = Object.assign(new Error(), { name: { toString: read }, message: { toString: read } })
  read.mockClear()
  expect(thrown(error).message).toBe('Error')
  expect(read).not.toHaveBeenCalled()
})

test.each([
  'http://localhost:8080/sw.js?v=1:2',
  'https://pod.example/a/b.js',
  'blob:https://pod.example/5-6',
])('the caller’s place in %s is found, counted from 1', (url) => {
  expect(callFrom(url)).toEqual({ url, line: 3, column: expect.any(Number) })
})

test('code of eval() is reported with the script that called it', () => {
  const url = 'https://pod.example/sw.js'
  expect(callFrom(url, 'return eval("locate()")')).toMatchObject({ url })
})

test('a caller without an address has no place', () => {
  expect(callFrom('')).toBeNull()
  expect(callFrom('file:///somewhere/sw.js')).toBeNull()
})

test('a script that looks at stacks is not made to look at one more', () => {
  const looked = vi.fn(() => 'prepared')
  Error.prepareStackTrace = looked
  const error = new Error('quiet')
  expect(callFrom('https://pod.example/sw.js')).toBeNull()
  expect(thrown(error)).toEqual({ message: 'Error: quiet', stack: '' })
  expect(looked).not.toHaveBeenCalled()
})

test('the place of a call is found however short the script wants stacks, and its limit stays', () => {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  expect(callFrom('https://pod.example/sw.js')).not.toBeNull()
  expect(Error.stackTraceLimit).toBe(0)
  Error.stackTraceLimit = stackTraceLimit
})

test('a replaced Error is survived', () => {
  vi.stubGlobal('Error', class {})
  expect(callFrom('https://pod.example/sw.js')).not.toBeUndefined()
  vi.unstubAllGlobals()
})

test('what a regular expression of the script matched last is kept', () => {
  expect(/(.)a/.exec('banana')?.[1]).toBe('b')
  callFrom('https://pod.example/sw.js')
  thrown(new Error('x'))
  expect(RegExp.$1).toBe('b')
})

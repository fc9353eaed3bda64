import { runInThisContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { useOwnStacks } from './stacks.fixture'
import { callerLocation, callIn, thrown } from './thrown'

useOwnStacks()

let found: ReturnType<typeof callerLocation> | undefined
const locate = () => {
  found = callerLocation(locate)
}

/** The place of a call of `locate()` that a script of that address makes. */
function callFrom(url: string, code = 'locate()'): typeof found {
  const script = `(locate) => {\n  ${code}\n}`
  const call: (called: typeof locate) => void = runInThisContext(script, { filename: url })
  found = undefined
  call(locate)
  return found
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
  expect(callFrom(url)).toEqual({ url, line: 2, column: 3 })
})

const SCRIPT = 'https://pod.example/sw.js'
/** A module with an imported function `m.f` that its exported function `g` calls. */
const WASM =
  '0,97,115,109,1,0,0,0,1,4,1,96,0,0,2,7,1,1,109,1,102,0,0,3,2,1,0,7,5,1,1,103,0,1,10,6,1,4,0,16,0,11'

test.each([
  ['eval()', 'eval("locate()")'],
  ['a function of eval()', 'eval("() => locate()")()'],
  ['eval() in eval()', 'eval("eval(\'locate()\')")'],
  ['new Function()', 'new Function("locate", "locate()")(locate)'],
  ['a sourceURL that is no URL', 'eval("locate()\\n//# sourceURL=lib.js")'],
  ['evaluated code that calls a built-in function', 'eval("[1].forEach(locate)")'],
  [
    'WebAssembly',
    `new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${WASM}])), { m: { f: locate } }).exports.g()`,
  ],
])('no place is given of a call in code without a URL, nor that of its caller: %s', (_, code) => {
  expect(callFrom(SCRIPT, code)).toBeNull()
})

test('evaluated code with a URL as its sourceURL has a place of its own', () => {
  const url = 'webpack-internal:///./src/lib.js'
  expect(callFrom(SCRIPT, `eval("locate()\\n//# sourceURL=${url}")`)).toEqual({ url, line: 1, column: 1 })
})

test.each([
  '[1].forEach(locate)',
  'Reflect.apply(locate, null, [])',
  'new Promise(locate)',
  'locate.bind(null)()',
])('built-in functions between the script and the call are skipped: %s', (code) => {
  expect(callFrom(SCRIPT, code)).toMatchObject({ url: SCRIPT, line: 2 })
})

test('no place is given of a call that the browser makes for a promise: who waits for it did not call', async () => {
  const script = '(locate) => (async () => { await Promise.resolve().then(locate) })()'
  const call: (called: typeof locate) => Promise<void> = runInThisContext(script, { filename: SCRIPT })
  found = undefined
  await call(locate)
  expect(found).toBeNull()
})

/** A stack as Chromium 156 writes it, with a caller in another script. */
const stackOf = (...frames: string[]) =>
  ['Error', ...frames, 'onAbort (https://pod.example/sw.js:4:30)'].join('\n    at ')
const onAbort = { url: SCRIPT, line: 4, column: 30 }

test.each([
  'eval (eval at load (https://pod.example/lib.js:2:30), <anonymous>:1:66)',
  'f (eval at <anonymous> (eval at load (https://pod.example/lib.js:2:30)), <anonymous>:1:62)',
  'start (eval at make (https://pod.example/lib(1).js:3:30), <anonymous>:3:73)',
  'start (eval at load (unknown source), <anonymous>:1:20)',
  'eval (lib.js:1:3)',
  'lib.js:3:12',
  'start (webpack/runtime.js:3:12)',
  'start (<anonymous>:2:5)',
  '<anonymous>:1:23',
  'a\nb (c) (<anonymous>:1:91)',
  'wasm://wasm/3f3ee306:wasm-function[1]:0x27',
  'run (https://pod.example/x.wasm:wasm-function[3]:0x1f2)',
  'Object.apply (chrome-extension://abc/content.js:1:1)',
  'async start (https://pod.example/lib.js:9:29)',
])('the frame of what made the call decides, also where it has no place: %j', (frame) => {
  expect(callIn(stackOf(frame))).toBeNull()
  expect(callIn(stackOf('Array.forEach (<anonymous>)', frame))).toBeNull()
})

test.each([
  'Array.forEach (<anonymous>)',
  'new Promise (<anonymous>)',
  'f (native)',
  'Object.callThrough (<anonymous>:1:9123)',
])('built-in functions and the probes of other tabs are skipped: %s', (frame) => {
  expect(callIn(stackOf(frame))).toEqual(onAbort)
})

test.each([
  ['start (https://pod.example/lib(1).js:1:72)', 'https://pod.example/lib(1).js', 1, 72],
  ['https://pod.example/:1:13', 'https://pod.example/', 1, 13],
  ['a\nb (c) (https://pod.example/async.js:5:65)', 'https://pod.example/async.js', 5, 65],
  ['f (data:text/javascript,export(go()):1:28)', 'data:text/javascript,export(go())', 1, 28],
])('the place of a frame is read: %j', (frame, url, line, column) => {
  expect(callIn(stackOf(frame))).toEqual({ url, line, column })
})

test.each(['', 'Error', 'no stack', '\n    at ', '\n    at )', '\n    at ('])('%j has no place', (stack) => {
  expect(callIn(stack)).toBeNull()
})

test('a caller without an address has no place', () => {
  expect(callFrom('')).toBeNull()
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

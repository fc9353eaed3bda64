import { expect, test } from 'vitest'
import { callIn, framesIn } from './call-message'

const stack = `TypeError: Cannot read properties of null (reading 'f')
    at eval (eval at <anonymous> (:1:1), <anonymous>:1:20)
    at HTMLButtonElement.<anonymous> (https://pod.example/app.js:12:34)
    at async Player.download (https://pod.example/lib/a b/player.js?v=1:5:6)
    at https://pod.example/app.js:40:1
    at new Player (blob:https://pod.example/0f:7:8)
    at Object.<anonymous> (chrome-extension://abc/content.js:1:1)
    at Array.map (<anonymous>)`

test('places with a URL are read, with the names of their functions', () => {
  expect(framesIn(stack)).toEqual([
    { url: 'https://pod.example/app.js', line: 12, column: 34, name: 'HTMLButtonElement.<anonymous>' },
    { url: 'https://pod.example/app.js', line: 40, column: 1 },
    { url: 'blob:https://pod.example/0f', line: 7, column: 8, name: 'new Player' },
  ])
})

/** How V8 writes the stack of a call: the extension's two frames, those of the code that made it, and a caller in app.js. */
const called = (...frames: string[]) =>
  [
    "TypeError: Cannot read properties of null (reading 'f')",
    'at Object.meet (<anonymous>:1:73)',
    'at eval (eval at start (https://pod.example/lib.js:2:30), <anonymous>:1:4)',
    ...frames.map((frame) => `at ${frame}`),
    'at onClick (https://pod.example/app.js:4:30)',
  ].join('\n    ')
const onClick = { url: 'https://pod.example/app.js', line: 4, column: 30, name: 'onClick' }

// As Chromium 156 writes them. V8 can name another script than the one that evaluated the code.
test.each([
  ['eval()', 'start (eval at load (https://pod.example/lib.js:2:30), <anonymous>:1:66)'],
  ['an arrow function of eval()', 'eval (eval at load (https://pod.example/lib.js:2:30), <anonymous>:1:47)'],
  ['new Function()', 'start (eval at make (https://pod.example/lib.js:3:30), <anonymous>:3:73)'],
  [
    'eval() in eval()',
    'f (eval at <anonymous> (eval at load (https://pod.example/lib.js:2:30)), <anonymous>:1:62)',
  ],
  [
    'eval() in eval() in eval()',
    'f (eval at <anonymous> (eval at <anonymous> (eval at load (https://pod.example/lib.js:2:30))), <anonymous>:1:62)',
  ],
  [
    'new Function() in new Function()',
    'start (eval at <anonymous> (eval at make (https://pod.example/lib.js:3:30)), <anonymous>:3:73)',
  ],
  [
    'a URL with parentheses',
    'start (eval at loadOne (https://pod.example/lib(1).js:1:32), <anonymous>:1:66)',
  ],
  ['a name that is no URL', 'start (eval at load (lib.js:7:30), <anonymous>:1:20)'],
  ['a URL with a space', 'start (eval at load (https://pod.example/a b.js:7:30), <anonymous>:1:20)'],
  ['an extension', 'start (eval at load (chrome-extension://abc/x.js:7:30), <anonymous>:1:20)'],
  ['an unknown source', 'start (eval at load (unknown source), <anonymous>:1:20)'],
])('no place is given of a call in evaluated code without a sourceURL: %s', (_, frame) => {
  expect(framesIn(called(frame))).toEqual([])
})

test.each([
  'start (lib.js:3:12)',
  'start (li(b.js:3:12)',
  'lib.js:3:12',
  'async start (chrome-extension://abc/content.js:1:1)',
  'start (<anonymous>:2:5)',
  '<anonymous>:1:23',
  'a\nb (c) (<anonymous>:1:91)',
  'wasm://wasm/ce0a62aa:wasm-function[1]:0x29',
  'run (wasm://wasm/ab:wasm-function[3]:0x1f2)',
  'run (https://pod.example/x.wasm:wasm-function[3]:0x1f2)',
  'named (data:text/javascript,export const f = function named (x) { return go (1) }:1:46)',
])('no place is given of a call in other code without a URL: %j', (frame) => {
  expect(framesIn(called(frame))).toEqual([])
})

test.each([
  ['direct (https://pod.example/lib(1).js:1:72)', 'https://pod.example/lib(1).js', 1, 72, 'direct'],
  ['https://pod.example/:1:13', 'https://pod.example/', 1, 13],
  [
    'HTMLButtonElement.onclick (https://pod.example/:1:40)',
    'https://pod.example/',
    1,
    40,
    'HTMLButtonElement.onclick',
  ],
  [
    'Object.direct [as baz] (https://pod.example/a.js:1:72)',
    'https://pod.example/a.js',
    1,
    72,
    'Object.direct [as baz]',
  ],
  ['a\nb (c) (https://pod.example/async.js:5:65)', 'https://pod.example/async.js', 5, 65, 'a\nb (c)'],
  [
    'new X (blob:https://pod.example/b38456f1-7618:1:24)',
    'blob:https://pod.example/b38456f1-7618',
    1,
    24,
    'new X',
  ],
  ['f (data:text/javascript,export(go()):1:28)', 'data:text/javascript,export(go())', 1, 28, 'f'],
  ['f (file:///C:/app.js:3:4)', 'file:///C:/app.js', 3, 4, 'f'],
  ['async f (https://pod.example/a.js:2:34)', 'https://pod.example/a.js', 2, 34, 'f'],
  ['async https://pod.example/a.js:2:34', 'https://pod.example/a.js', 2, 34],
])(
  'the innermost place is read with the name of its function: %j',
  (frame, url, line, column, name?: string) => {
    const place = { url, line, column, ...(name === undefined ? {} : { name }) }
    expect(framesIn(called(frame))).toEqual([place, onClick])
  },
)

test.each([
  'Array.map (<anonymous>)',
  'new Promise (<anonymous>)',
  'async Promise.all (index 0)',
  'f (native)',
])('a built-in function is skipped: %s', (frame) => {
  expect(framesIn(called(frame))).toEqual([onClick])
})

test('of the callers, those without a URL are left out', () => {
  const outer = [
    'start (https://pod.example/lib.js:1:2)',
    'f (eval at <anonymous> (eval at load (https://pod.example/lib.js:2:30)), <anonymous>:1:62)',
    'g (eval at load (https://pod.example/lib.js:2:30), <anonymous>:1:66)',
    '<anonymous>:1:15',
    'wasm://wasm/ce0a62aa:wasm-function[1]:0x29',
  ]
  expect(framesIn(called(...outer))).toEqual([
    { url: 'https://pod.example/lib.js', line: 1, column: 2, name: 'start' },
    onClick,
  ])
})

test('of a worker’s stack, the frames of the probe are skipped', () => {
  const inWorker = `Error
    at stackHere (<anonymous>:300:12)
    at Object.meetCall (<anonymous>:812:41)
    at eval (eval at abortOne (https://pod.example/sw.js:9:20), <anonymous>:1:54)
    at abortOne (https://pod.example/sw.js:9:20)`
  expect(framesIn(inWorker)).toEqual([
    { url: 'https://pod.example/sw.js', line: 9, column: 20, name: 'abortOne' },
  ])
})

test('a stack without the frame of the condition has no places', () => {
  expect(framesIn('Error\n    at onClick (https://pod.example/app.js:4:30)')).toEqual([])
})

test.each(['', 'no stack', 'at', '    at (', 'x'.repeat(100_000)])(
  'a stack that is none has no places',
  (text) => {
    expect(framesIn(text)).toEqual([])
  },
)

// Where the number of steps grew with the square of the length, one would take longer than a test may.
test.each([
  ', <anonymous>:1:1',
  ':1:1',
  ':1',
  '1',
  ' (',
  '(',
  ':0xa',
  ' ',
  '\n',
  '\n    at ',
  'eval at ',
  'async ',
])('a frame of half a million characters is read in time: %j', (part) => {
  const long = `${part.repeat(500_000 / part.length)}x`
  const place = { url: 'https://pod.example/lib.js', line: 1, column: 2 }
  expect(framesIn(called(`${long} (https://pod.example/lib.js:1:2)`))).toMatchObject([place, onClick])
  expect(
    framesIn(called(`${long} (eval at load (https://pod.example/lib.js:1:2), <anonymous>:1:1)`)),
  ).toEqual([])
  expect(framesIn(called(`start (${long})`))).toEqual([onClick])
})

test('an ID is read whatever is in it', () => {
  const id = 'a b\n12 \u202e'
  expect(callIn(`fetch 0 0 ${id.length} ${id}${stack}`)).toMatchObject({
    method: 'fetch',
    id,
    frames: { length: 3 },
  })
  expect(callIn('abort 0 0 0 ')).toEqual({
    ...{ method: 'abort', id: '', time: 0, ended: false, options: 0, frames: [], extension: false },
  })
  expect(callIn('abort 0 1 1 a')).toMatchObject({ id: 'a', ended: true })
})

test.each([
  [true, 'https://pod.example/app.js', ['onMessage (chrome-extension://abc/inject.js:3:9)']],
  [true, 'built-in functions', ['Array.forEach (<anonymous>)', 'chrome-extension://abc/inject.js:3:9']],
  [
    false,
    'code of the page',
    ['cancel (https://pod.example/app.js:1:2)', 'x (chrome-extension://abc/x.js:3:9)'],
  ],
  [false, 'code without a URL', ['<anonymous>:1:1', 'x (chrome-extension://abc/x.js:3:9)']],
  [false, 'evaluated code', ['f (eval at load (chrome-extension://abc/x.js:7:30), <anonymous>:1:20)']],
])(
  'a call is of an extension (%s) where it is the innermost code, also behind %s',
  (extension, _, frames) => {
    expect(callIn(`abort 0 0 1 a${called(...frames)}`)).toMatchObject({ extension })
  },
)

test.each(['', 'fetch', 'fetch 0 0 5 abc', 'fetch x 0 3 abc', 'open 0 1 a', 'fetch 0 0 1234567 a'])(
  '%s is no call',
  (text) => {
    expect(callIn(text)).toBeUndefined()
  },
)

test('the detail of fetch() is the number of its options, and that of abort() whether the fetch had ended', () => {
  expect(callIn('fetch 0 12 1 a')).toMatchObject({ ended: false, options: 12 })
  expect(callIn('abort 0 1 1 a')).toMatchObject({ ended: true, options: 0 })
})

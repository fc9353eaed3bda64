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

test('code that was evaluated is where it was evaluated, and not where something called it', () => {
  const evaluated = `TypeError: Cannot read properties of null (reading 'f')
    at Object.meet (<anonymous>:70:30)
    at eval (eval at start (eval at load (https://pod.example/lib.js:7:30)), <anonymous>:1:20)
    at start (eval at load (https://pod.example/lib.js:7:30), <anonymous>:3:12)
    at eval (eval at run (eval at load (https://pod.example/lib.js:9:5), <anonymous>:1:1), <anonymous>:2:3)
    at onClick (https://pod.example/app.js:12:34)`
  expect(framesIn(evaluated)).toEqual([
    { url: 'https://pod.example/lib.js', line: 7, column: 30, name: 'start' },
    { url: 'https://pod.example/lib.js', line: 9, column: 5, name: 'eval' },
    { url: 'https://pod.example/app.js', line: 12, column: 34, name: 'onClick' },
  ])
})

test.each([
  'at start (lib.js:3:12)',
  'at lib.js:3:12',
  'at async start (chrome-extension://abc/content.js:1:1)',
])('no place is given where the call was made in a script without a URL of the page: %s', (line) => {
  const called = `TypeError: x\n    at eval (eval at <anonymous> (:1:1), <anonymous>:1:20)\n    ${line}\n    at onClick (https://pod.example/app.js:12:34)`
  expect(framesIn(called)).toEqual([])
})

test.each(['', 'no stack', 'at', '    at (', 'x'.repeat(100_000)])(
  'a stack that is none has no places',
  (text) => {
    expect(framesIn(text)).toEqual([])
  },
)

test('an ID is read whatever is in it', () => {
  const id = 'a b\n12 \u202e'
  expect(callIn(`fetch 0 0 ${id.length} ${id}${stack}`)).toMatchObject({
    method: 'fetch',
    id,
    frames: { length: 3 },
  })
  expect(callIn('abort 0 0 0 ')).toEqual({
    ...{ method: 'abort', id: '', time: 0, ended: false, options: 0, frames: [] },
  })
  expect(callIn('abort 0 1 1 a')).toMatchObject({ id: 'a', ended: true })
})

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

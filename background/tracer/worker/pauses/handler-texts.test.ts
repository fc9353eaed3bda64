import { expect, test } from 'vitest'
import { writtenHandlers } from './handler-texts'

function find(source: string, name: Parameters<typeof writtenHandlers>[2] = 'backgroundfetchabort') {
  const steps = writtenHandlers(source, '7', name)
  for (;;) {
    const { done, value } = steps.next()
    // The text from there on.
    if (done)
      return value.map(({ lineNumber, columnNumber, ...rest }) => ({
        ...rest,
        at: source.split('\n')[lineNumber]?.slice(columnNumber),
      }))
  }
}

test('a handler begins at the first token of its body, with the name of its parameter', () => {
  const source = `const a = 1
self.addEventListener('backgroundfetchabort', async (event) => {
  await clean(event)
})`
  expect(find(source)).toEqual([{ scriptId: '7', at: 'await clean(event)', parameter: 'event' }])
})

test('in one line, each handler has its column', () => {
  const source = `addEventListener("backgroundfetchfail",e=>{a(e)});addEventListener("backgroundfetchabort",function(t){b(t)});`
  expect(find(source)).toEqual([{ scriptId: '7', at: 'b(t)});', parameter: 't' }])
})

test('a function that is declared elsewhere, and the on… attribute', () => {
  const source = `function clean(e) { drop(e) }
addEventListener('backgroundfetchabort', clean)
addEventListener('backgroundfetchfail', clean)
self.onbackgroundfetchabort = () => stop()`
  expect(find(source)).toEqual([
    { scriptId: '7', at: 'drop(e) }', parameter: 'e' },
    { scriptId: '7', at: 'stop()' },
  ])
})

test('the global scope may have another name', () => {
  const source = `export function keep(scope) { scope.addEventListener('backgroundfetchabort', (event) => clean(event)) }
scope.onbackgroundfetchabort = (event) => stop(event)`
  expect(find(source)).toEqual([
    { scriptId: '7', at: 'clean(event)) }', parameter: 'event' },
    { scriptId: '7', at: 'stop(event)', parameter: 'event' },
  ])
})

test('a pattern in the place of a parameter is not named', () => {
  const source = "addEventListener('backgroundfetchabort', ({ registration }) => { drop(registration) })"
  expect(find(source)).toEqual([{ scriptId: '7', at: 'drop(registration) })' }])
})

test.each([
  'addEventListener(name, (event) => {})',
  "addEventListener('backgroundfetchabort', handlers.abort)",
  "addEventListener('backgroundfetchabort', (event) => {",
])('nothing is concluded from %s', (source) => {
  expect(find(source)).toEqual([])
})

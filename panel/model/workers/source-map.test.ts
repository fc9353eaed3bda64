import { expect, test } from 'vitest'
import { inlineSourceMap, readSourceMap, sourceMapUrl } from './source-map'

const place = (line: number, column: number) => ({ url: 'https://pod.example/sw.js', line, column })
// Line 1, column 10 of the script is line 3, column 5 of src/abort.ts.
const map = { version: 3, sources: ['../src/abort.ts'], names: [], mappings: 'SAEI' }
const read = (value: unknown) => readSourceMap(JSON.stringify(value), 'https://pod.example/js/sw.js.map')

test('the last comment of a script names its map', () => {
  expect(sourceMapUrl('code()\n//# sourceMappingURL=sw.js.map\n')).toBe('sw.js.map')
  expect(sourceMapUrl('code()\r\n//@ sourceMappingURL=sw.js.map ')).toBe('sw.js.map')
})

test.each([
  'code()',
  '//# sourceMappingURL=sw.js.map\ncode()',
  "const text = '\\n//# sourceMappingURL=sw.js.map'",
  'code() //# sourceMappingURL=a b',
  '',
])('no map is named by %j', (script) => {
  expect(sourceMapUrl(script)).toBe(null)
})

test('a map may stand in its address', () => {
  const json = JSON.stringify(map)
  expect(inlineSourceMap(`data:application/json;base64,${btoa(json)}`)).toBe(json)
  expect(inlineSourceMap(`data:application/json;charset=utf-8;base64,${btoa(json)}`)).toBe(json)
  expect(inlineSourceMap(`data:application/json,${encodeURIComponent(json)}`)).toBe(json)
  for (const url of [
    'sw.js.map',
    'data:text/html,x',
    'data:application/json;base64,?',
    'data:application/json,%',
  ]) {
    expect(inlineSourceMap(url)).toBe(null)
  }
})

test('a place of the script is found in its sources, counted from 1', () => {
  expect(read(map)?.(place(1, 10))).toEqual({ url: 'https://pod.example/src/abort.ts', line: 3, column: 5 })
  expect(read(map)?.(place(1, 15))).toMatchObject({ line: 3 })
})

test('a place that no source is for is not found', () => {
  for (const [line, column] of [
    [1, 3],
    [0, 0],
    [-1, 5],
    [9, 1],
  ] as const) {
    expect(read(map)?.(place(line, column))).toBe(null)
  }
})

test.each([
  null,
  [],
  {},
  { ...map, version: 2 },
  { ...map, sources: [7] },
  { ...map, mappings: ['SAEI'] },
  { version: 3, sections: [] },
])('what is no map is not read: %j', (value) => {
  expect(read(value)).toBe(null)
})

test('what can’t be parsed is no map, and one with a guard in front is', () => {
  expect(readSourceMap('<!doctype html>', 'https://pod.example/')).toBe(null)
  expect(readSourceMap(`)]}'\n${JSON.stringify(map)}`, 'https://pod.example/sw.js.map')).not.toBe(null)
})

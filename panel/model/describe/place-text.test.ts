import { expect, test } from 'vitest'
import { placeText, shortPlaceText } from './place-text'

const at = (line: number, column: number, name?: string) =>
  placeText({ url: 'https://pod.example/js/bundle.js?v=1', line, column, ...(name ? { name } : {}) })

test('a place is its file and line', () => {
  expect(at(12, 5)).toBe('bundle.js:12')
  expect(at(12, 5, 'onAbort')).toBe('bundle.js:12')
  expect(placeText({ url: 'https://pod.example/', line: 3, column: 1 })).toBe('https://pod.example/:3')
})

test('in a line of a bundle it is its column too, and the function where that has a name', () => {
  expect(at(1, 48_213)).toBe('bundle.js:1:48213')
  expect(at(1, 48_213, 'onAbort')).toBe('onAbort @ bundle.js:1:48213')
})

test('in short it leaves out the function', () => {
  const place = { url: 'https://pod.example/bundle.js', line: 1, column: 48_213, name: 'onAbort' }
  expect(shortPlaceText(place)).toBe('bundle.js:1:48213')
  expect(shortPlaceText({ ...place, column: 5 })).toBe('bundle.js:1')
})

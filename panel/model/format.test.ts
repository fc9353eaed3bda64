import { expect, test } from 'vitest'
import {
  bytes,
  duration,
  inTwo,
  longDuration,
  oneLine,
  pathIn,
  percent,
  roughDuration,
  timeOfDay,
} from './format'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [12_345, '12.3 kB'],
  [123_456, '123 kB'],
  [999_499, '999 kB'],
  [99_960, '100 kB'],
  [999_500, '1.0 MB'],
  [999_999_999, '1.0 GB'],
  [5_000_000, '5.0 MB'],
  [2.5e12, '2.5 TB'],
  [9e15, '9000 TB'],
])('%d bytes are written %s', (count, text) => {
  expect(bytes(count)).toBe(text)
})

test.each([
  [0, '0.0 ms'],
  [3.16, '3.2 ms'],
  [9.96, '10 ms'],
  [42.4, '42 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [1234, '1.23 s'],
  [59_994, '59.99 s'],
  [59_999, '1 min 0 s'],
  [61_000, '1 min 1 s'],
  [119_600, '2 min 0 s'],
  [3_600_000, '60 min 0 s'],
])('%d ms are written %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

test.each([
  [1234, '1.23 s'],
  [3_569_000, '59 min 29 s'],
  [3_590_000, '1 h 0 min'],
  [5 * 3_600_000 + 12 * 60_000, '5 h 12 min'],
  [3 * 86_400_000 + 2 * 3_600_000, '3 d 2 h'],
])('%d ms, which may be days, are written %s', (ms, text) => {
  expect(longDuration(ms)).toBe(text)
})

test.each([
  [4321, '4 s'],
  [90_000, '2 min'],
  [77_760_000, '22 h'],
  [3 * 86_400_000, '3 d'],
])('%d ms are roughly %s', (ms, text) => {
  expect(roughDuration(ms)).toBe(text)
})

test('a URL of the own origin is shown by its path, also in a partitioned frame', () => {
  expect(pathIn('https://pod.example/a?b', 'https://pod.example')).toBe('/a?b')
  expect(pathIn('https://pod.example/a', 'https://pod.example in https://news.example')).toBe('/a')
  expect(pathIn('https://pod.example.org/a', 'https://pod.example')).toBe('https://pod.example.org/a')
  expect(pathIn('https://pod.example/a', '')).toBe('https://pod.example/a')
})

test('an id in two parts ends in its number, with an extension, or its last eight characters, and no letter is taken apart', () => {
  expect(inTwo('night-ferry')).toEqual(['night-ferry', ''])
  expect(inTwo('episode-1')).toEqual(['episode', '-1'])
  expect(inTwo('map12')).toEqual(['map', '12'])
  expect(inTwo('movie-1.mp4')).toEqual(['movie', '-1.mp4'])
  expect(inTwo('map-1.geojson')).toEqual(['map', '-1.geojson'])
  expect(inTwo('a-1.webmanifest')).toEqual(['a', '-1.webmanifest'])
  expect(inTwo('night-ferry-1.wav')).toEqual(['night-fer', 'ry-1.wav'])
  expect(inTwo('night-ferry-1.geojson')).toEqual(['night-ferry', '-1.geojson'])
  expect(inTwo(`night-ferry-1.${'x'.repeat(12)}`)).toEqual(['night-ferry', `-1.${'x'.repeat(12)}`])
  expect(inTwo(`night-ferry-1.${'x'.repeat(13)}`)[1]).toBe('xxxxxxxx')
  expect(inTwo('night-ferry-1.geojson', 10).join('').length).toBeLessThanOrEqual(10)
  expect(inTwo('1234')).toEqual(['1234', ''])
  expect(inTwo('episode-2026-11-0001')).toEqual(['episode-2026', '-11-0001'])
  expect(inTwo(`first\n${'x'.repeat(100)}`, 20)).toEqual(['first xxxxx…', 'xxxxxxxx'])
  expect(inTwo(`episodes of family 👩‍👩‍👧`)).toEqual(['episodes of family ', '👩‍👩‍👧'])
  expect(inTwo(`${'x'.repeat(30)}👩‍👩‍👧end`).join('')).toBe(`${'x'.repeat(30)}👩‍👩‍👧end`)
  expect(inTwo(`${'x'.repeat(90)}👩‍👩‍👧‍👦`).join('').length).toBeLessThanOrEqual(80)
  const long = inTwo('🎧'.repeat(5000)).join('')
  expect(long.length).toBeLessThanOrEqual(80)
})

test('the time of day has milliseconds and is local', () => {
  expect(timeOfDay(new Date(2024, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006')
  expect(timeOfDay(new Date(2024, 0, 2, 23, 59, 59, 999).getTime() + 0.7)).toBe('23:59:59.999')
})

test('a percentage is never more than there is, and none where the total is not known', () => {
  expect(percent(0, 100)).toBe(0)
  expect(percent(999, 1000)).toBe(99)
  expect(percent(1000, 1000)).toBe(100)
  expect(percent(2000, 1000)).toBe(100)
  expect(percent(5, 0)).toBe(null)
})

test('text of any shape becomes one line that is not too long', () => {
  expect(oneLine('a\n b\t\tc')).toBe('a b c')
  expect(oneLine('x'.repeat(300))).toHaveLength(200)
  expect(oneLine('x'.repeat(300), 10)).toBe(`${'x'.repeat(9)}…`)
  expect(oneLine('x'.repeat(10), 10)).toBe('x'.repeat(10))
})

import { expect, test } from 'vitest'
import { runsOf, visible } from './visible'

test.each([
  ['direction', '\u202egnp.exe', '\\u202egnp.exe'],
  ['isolates', 'a\u2066b\u2069', 'a\\u2066b\\u2069'],
  ['marks of direction', '\u200e\u200f\u061c', '\\u200e\\u200f\\u061c'],
  ['nothing between letters', 'a\u200bb\u2060c\ufeffd\u00ade', 'a\\u200bb\\u2060c\\ufeffd\\u00ade'],
  ['fillers', '\u3164\u115f\u034f', '\\u3164\\u115f\\u034f'],
  ['controls', '\u0000\u0007\u001b[31m\u0085\r', '\\u0000\\u0007\\u001b[31m\\u0085\\u000d'],
  ['separators', 'a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
  ['halves of pairs', 'a\ud83db\udc00', 'a\\ud83db\\udc00'],
  ['tags', 'a\u{e0041}', 'a\\udb40\\udc41'],
  ['variations of letters', 'a\ufe0f1\ufe0f', 'a\\ufe0f1\\ufe0f'],
  ['joiners of letters', 'a\u200db\u200cc', 'a\\u200db\\u200cc'],
])('%s can be seen', (_, text, shown) => {
  expect(visible(text)).toBe(shown)
  expect(visible(shown)).toBe(shown)
  // What is copied as JSON still means the same.
  expect(JSON.parse(visible(JSON.stringify(text)))).toBe(text)
})

test.each([
  'plain words, {"a": [1]}\n\tand lines',
  'épisode, Größe, 日本語, 한국어, हिन्दी',
  '🎧 👩‍👩‍👧 👨🏽‍🚀 ❤️ 1️⃣ 🏳️‍🌈 🇩🇪',
  'تنزيل עברית',
  'no\u00a0break, 12\u202f000',
])('%s stays', (text) => {
  expect(visible(text)).toBe(text)
})

test('what is made visible takes a time that grows with its length', () => {
  expect(visible('\u202e'.repeat(100_000))).toHaveLength(600_000)
  expect(visible(`${'a'.repeat(1_000_000)}\u202e`)).toHaveLength(1_000_006)
})

test('runs of letters from right to left are distinguished from what stands around them', () => {
  const shown = (text: string) => runsOf(text).map(({ text, fromRight }) => (fromRight ? `<${text}>` : text))
  expect(shown('GET /a 200 (1 of 3)')).toEqual(['GET /a 200 (1 of 3)'])
  expect(shown('GET /עברית/1 200 (1 of 3)')).toEqual(['GET ', '</עברית/1>', ' 200 (1 of 3)'])
  expect(shown('שלום עולם 2 of 3 ')).toEqual(['<שלום עולם>', ' 2 of 3 '])
  expect(shown(' שלום ')).toEqual(['< שלום>', ' '])
  expect(shown('')).toEqual([''])
  for (const text of ['a שלום b', '  שלום\n\tb עולם  ', '\n']) {
    expect(
      runsOf(text)
        .map((run) => run.text)
        .join(''),
    ).toBe(text)
  }
})

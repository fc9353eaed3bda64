import { expect, test } from 'vitest'
import { comment, literal } from './literal'

test.each([
  ['lines and quotes', 'a"b\nc', String.raw`"a\"b\nc"`],
  ['separators of lines', 'a\u2028b\u2029c', String.raw`"a\u2028b\u2029c"`],
  ['the end of a script element', '</script><!--', String.raw`"\u003c/script>\u003c!--"`],
  ['what turns the order of text', 'a\u202eb', String.raw`"a\u202eb"`],
  ['half of a pair', '\ud83d', String.raw`"\ud83d"`],
  ['other letters', 'ä😀', String.raw`"\u00e4\ud83d\ude00"`],
])('a literal: %s', (_, value, expected) => {
  expect(literal(value)).toBe(expected)
  expect(JSON.parse(literal(value))).toBe(value)
})

test('a comment is wrapped at its words, and nothing in it begins a line of its own', () => {
  const words = Array.from({ length: 40 }, (_, i) => `word-${i}`)
  const lines = comment(words.join('\n'))
  expect(lines.length).toBeGreaterThan(2)
  for (const line of lines) {
    expect(line).toMatch(/^\/\/ word/)
    expect(line.length).toBeLessThanOrEqual(110)
  }
  expect(lines.map((line) => line.slice(3)).join(' ')).toBe(words.join(' '))
  expect(comment('Größe: „1 %“ – \u202e\u05d0 </script>')).toEqual([
    '// Größe: „1 %“ – \\u202e\\u05d0 \\u003c/script>',
  ])
})

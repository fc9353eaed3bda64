import { expect, test } from 'vitest'
import { matchesPattern } from './planned-aborts'

test.each([
  ['episode', 'episode', true],
  ['episode', 'episode-2', false],
  ['episode-*', 'episode-2', true],
  ['episode-*', 'episode-', true],
  ['*', '', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'a1b2c', true],
  ['a*b*c', 'abbc', true],
  ['a*bc*c', 'abc', false],
  ['*.mp3', 'x.mp3.part', false],
  // What means something in a regular expression stands for itself.
  ['a.c', 'abc', false],
  ['[a]*', '[a]b', true],
])('the pattern %j fits the ID %j: %j', (pattern, id, fits) => {
  expect(matchesPattern(pattern, id)).toBe(fits)
})

test('a pattern with many stars is decided at once', () => {
  expect(matchesPattern('a*'.repeat(400), `${'a'.repeat(16_000)}b`)).toBe(true)
  expect(matchesPattern(`${'a*'.repeat(400)}c`, `${'a'.repeat(16_000)}b`)).toBe(false)
})

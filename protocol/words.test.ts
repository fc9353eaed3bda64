import { expect, test } from 'vitest'
import { hasWord, hasWordOfAnyLength, valueHasId } from './words'

test.each([
  ['ep-1', 'ep-1'],
  ['parts/ep-1.part', 'ep-1'],
  ['[ep-1, 3]', 'ep-1'],
  ['state downloading id ep-1', 'ep-1'],
  ['ep-12 and ep-1', 'ep-1'],
  ['“Füße” läuft', 'Füße'],
  ['第一集 完', '第一集'],
  ['a b', 'a b'],
])('%j names %j', (text, id) => expect(hasWord(text, id)).toBe(true))

test.each([
  ['ep-12', 'ep-1'],
  ['ep-1-2', 'ep-1'],
  ['ep-1_b', 'ep-1'],
  ['my-ep-1', 'ep-1'],
  ['step-1', 'ep-1'],
  ['Füßen', 'Füße'],
  ['第一集二', '第一集'],
  ['cafe\u0301', 'cafe'],
  ['𝒜ep-1', 'ep-1'],
  ['ep-1𝒜', 'ep-1'],
  ['', 'ep-1'],
])('%j does not name %j', (text, id) => expect(hasWord(text, id)).toBe(false))

test('an id of one or two letters is found where it stands alone, and nowhere else', () => {
  expect(hasWord('a', 'a')).toBe(true)
  expect(hasWord('a b', 'a')).toBe(false)
  expect(hasWord('7', '7')).toBe(true)
  expect(hasWord('count 7', '7')).toBe(false)
})

test('a shorter one is found as a word where any length will do', () => {
  expect(hasWordOfAnyLength('a b', 'a')).toBe(true)
  expect(hasWordOfAnyLength('count 7', '7')).toBe(true)
  expect(hasWordOfAnyLength('ab', 'a')).toBe(false)
})

test('an empty id is found nowhere', () => {
  for (const text of ['anything', '']) {
    expect(hasWord(text, '')).toBe(false)
    expect(hasWordOfAnyLength(text, '')).toBe(false)
  }
})

test('a plain number in a value is no id', () => {
  expect(valueHasId('state partial percent 100', '100')).toBe(false)
  expect(valueHasId('fetch 1700000000000', '1700000000000')).toBe(true)
  expect(valueHasId('id ep-1', 'ep-1')).toBe(true)
})

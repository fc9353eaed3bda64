import { expect, test } from 'vitest'
import { mentions, namedBy, namedInValue } from './mentions'

test.each([
  ['ep-1', 'ep-1'],
  ['parts/ep-1.part', 'ep-1'],
  ['[ep-1, 3]', 'ep-1'],
  ['state downloading id ep-1', 'ep-1'],
  ['ep-12 and ep-1', 'ep-1'],
  ['“Füße” läuft', 'Füße'],
  ['第一集 完', '第一集'],
  ['a b', 'a b'],
])('%j names %j', (text, id) => expect(mentions(text, id)).toBe(true))

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
])('%j does not name %j', (text, id) => expect(mentions(text, id)).toBe(false))

test('an id of one or two letters is found where it stands alone, and nowhere else', () => {
  expect(mentions('a', 'a')).toBe(true)
  expect(mentions('a b', 'a')).toBe(false)
  expect(mentions('7', '7')).toBe(true)
  expect(mentions('count 7', '7')).toBe(false)
})

test('an empty id is found nowhere but in nothing', () => {
  expect(mentions('anything', '')).toBe(false)
})

const URL = 'https://pod.example/media/1.wav'
const fetch = (id: string, ...urls: string[]) => ({ id, urls: new Set(urls) })

test('the URL of a request names the fetch, also within a longer text', () => {
  expect(namedBy(URL, fetch('ep-1', URL))).toBe(true)
  expect(namedInValue(`{"url":"${URL}"}`, fetch('ep-1', URL))).toBe(true)
  expect(namedInValue(`{"url":"${URL}2"}`, fetch('ep-1', URL))).toBe(false)
})

test('a number in a value is no id, and in a key it is', () => {
  expect(namedBy('100', fetch('100'))).toBe(true)
  expect(namedInValue('100', fetch('100'))).toBe(false)
  expect(namedInValue('fetch 1700000000000', fetch('1700000000000'))).toBe(true)
})

import { expect, test } from 'vitest'
import { namedBy, namedInValue } from './mentions'

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

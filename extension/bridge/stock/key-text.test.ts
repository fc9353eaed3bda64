import { expect, test } from 'vitest'
import { keyText, valueText } from './key-text'

test.each([
  ['a key', 'a key'],
  [7, '7'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [['pod', 7, ['inner']], '[pod, 7, [inner]]'],
  [new Uint8Array([1, 255]), 'binary 01ff'],
  [new Uint8Array([1, 255]).buffer, 'binary 01ff'],
  [new Uint8Array([0, 1, 2]).subarray(1), 'binary 0102'],
])('the key %j reads %j', (key, text) => expect(keyText(key)).toBe(text))

test('a long key is cut', () => expect(keyText('x'.repeat(5000))).toHaveLength(1000))

test('a value says names and contents, whatever holds them', () => {
  const value = {
    id: 'ep-1',
    parts: ['one', 2, null, true],
    at: new Date(5),
    map: new Map([['key', 'inside']]),
    set: new Set(['member']),
    blob: new Blob(['abc'], { type: 'audio/wav' }),
    none: undefined,
  }
  const text = valueText(value)
  for (const word of ['id', 'ep-1', 'one', '2', 'null', 'true', '5', 'key', 'inside', 'member', 'Blob 3']) {
    expect(text).toContain(word)
  }
})

test('a value that refers to itself comes to an end', () => {
  const value: Record<string, unknown> = { id: 'ep-1' }
  value.self = value
  expect(valueText(value)).toContain('ep-1')
})

test('a large value is bounded in length and time', () => {
  const value = Array.from({ length: 200_000 }, (_, n) => ({ n, text: 'x'.repeat(50) }))
  const start = performance.now()
  expect(valueText(value).length).toBeLessThanOrEqual(2000)
  expect(performance.now() - start).toBeLessThan(500)
})

test('a state behind a long list still shows when it changes', () => {
  const urls = Array.from({ length: 300 }, (_, n) => `https://pod.example/media/${n}.wav`)
  const loading = valueText({ id: 'ep-1', urls, state: 'downloading' })
  expect(loading).not.toBe(valueText({ id: 'ep-1', urls, state: 'aborted' }))
  expect(loading).toBe(valueText({ id: 'ep-1', urls, state: 'downloading' }))
  expect(loading.length).toBeLessThanOrEqual(2000)
})

test('a change beyond what is said gives another text', () => {
  const long = 'x'.repeat(5000)
  expect(valueText({ long: `${long}a` })).not.toBe(valueText({ long: `${long}b` }))
  const many = Array.from({ length: 1000 }, (_, n) => `part ${n}`)
  expect(valueText([...many, 'a'])).not.toBe(valueText([...many, 'b']))
})

test('other bytes of the same length give another text', () => {
  const bytes = (last: number) => ({ data: new Uint8Array(100_000).fill(last, 99_999) })
  expect(valueText(bytes(1))).not.toBe(valueText(bytes(2)))
  expect(valueText(bytes(1))).toBe(valueText(bytes(1)))
  expect(valueText(new Uint8Array([1]).buffer)).not.toBe(valueText(new Uint8Array([2]).buffer))
})

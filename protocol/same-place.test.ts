import { expect, test } from 'vitest'
import { samePlace } from './same-place'

const at = (line: number, url = 'https://pod.example/lib.js') => ({ url, line, column: 1 })

test('a place is a location and what called its function', () => {
  const call = { location: at(10), callers: [at(1, 'https://pod.example/a.js')] }
  expect(samePlace(call, structuredClone(call))).toBe(true)
  expect(samePlace(call, { ...call, location: at(11) })).toBe(false)
  expect(samePlace(call, { ...call, callers: [at(1, 'https://pod.example/b.js')] })).toBe(false)
  expect(samePlace(call, { ...call, callers: [] })).toBe(false)
})

test('the name of a function is not part of its place', () => {
  expect(
    samePlace({ location: { ...at(1), name: 'f' }, callers: [] }, { location: at(1), callers: [] }),
  ).toBe(true)
})

test('a place that is not known is not the same as any', () => {
  const unknown = { location: null, callers: [] }
  expect(samePlace(unknown, unknown)).toBe(false)
  expect(samePlace(unknown, { location: at(1), callers: [] })).toBe(false)
})

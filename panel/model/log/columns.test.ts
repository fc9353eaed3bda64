import { expect, test } from 'vitest'
import { logColumns, logWidthOf, withLogWidth } from './columns'

test('a column is as wide as it was made, and the others as they are', () => {
  const wider = withLogWidth({ source: 80 }, 'fetch', 222.4)
  expect(wider).toEqual({ source: 80, fetch: 222 })
  expect(logWidthOf('fetch', wider)).toBe(222)
  expect(logWidthOf('time', wider)).toBe(logColumns.time.usual)
})

test('no column vanishes, and none pushes all others out', () => {
  expect(withLogWidth({}, 'delta', -500).delta).toBe(logColumns.delta.min)
  expect(withLogWidth({}, 'delta', 1e6).delta).toBe(600)
})

test('a column gets its usual width back', () => {
  expect(withLogWidth({ fetch: 300, time: 90 }, 'fetch', null)).toEqual({ time: 90 })
})

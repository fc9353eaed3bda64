import { expect, test } from 'vitest'
import { followsEnd } from './at-end'

const at = (scrollTop: number, clientHeight = 100, scrollHeight = 1000) => ({
  scrollTop,
  clientHeight,
  scrollHeight,
})

test('a reader who gets to the end follows it', () => {
  expect(followsEnd(at(900), false, 0)).toBe(true)
  expect(followsEnd(at(893), false, 0)).toBe(true)
  expect(followsEnd(at(892), false, 0)).toBe(false)
})

test('a pane that became lower, or a list that grew, takes nobody away from the end', () => {
  expect(followsEnd(at(900, 60), true, 900)).toBe(true)
  expect(followsEnd(at(900, 100, 2000), true, 900)).toBe(true)
})

test('who goes up leaves the end, and stays where they are while the list grows', () => {
  expect(followsEnd(at(880), true, 900)).toBe(false)
  expect(followsEnd(at(880, 100, 2000), false, 880)).toBe(false)
})

test('a list that is not longer than its pane is at its end', () => {
  expect(followsEnd(at(0, 100, 100), false, 0)).toBe(true)
})

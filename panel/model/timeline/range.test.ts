import { expect, test } from 'vitest'
import { foldedClock } from './folded-clock'
import { fitTo, pan, reveal, zoom } from './range'

const clock = foldedClock([{ start: 1000, end: 11_000 }])
const DAY = 86_400_000

test('what is fitted is in view, with room around it', () => {
  const { from, to } = fitTo(clock, 1000, 11_000, 0.1)
  expect(from).toBeCloseTo(800)
  expect(to - 11_000).toBeCloseTo((to - from) * 0.1)
})

test('a moment that is fitted has a stretch of time around it', () => {
  const { from, to } = fitTo(clock, 5000, 5000)
  expect(from).toBeLessThan(5000)
  expect(to).toBeGreaterThan(5000)
})

test('zooming keeps what is under the pointer where it is', () => {
  const near = zoom(clock, { from: 1000, to: 11_000 }, 0.5, 0.25)
  expect(near).toEqual({ from: 2250, to: 7250 })
})

test('zooming ends where nothing more is to be seen', () => {
  let near = { from: 1000, to: 11_000 }
  let far = near
  for (let i = 0; i < 50; i++) {
    near = zoom(clock, near, 0.5)
    far = zoom(clock, far, 2)
  }
  expect(near.to - near.from).toBeCloseTo(4)
  expect(near.from).toBeGreaterThan(5000)
  expect(far.to - far.from).toBeCloseTo(12_000)
})

test('panning stops before nothing is in view', () => {
  let range = { from: 2000, to: 4000 }
  range = pan(clock, range, 0.5)
  expect(range).toEqual({ from: 3000, to: 5000 })
  for (let i = 0; i < 50; i++) range = pan(clock, range, 1)
  expect(range.from).toBe(10_000)
  for (let i = 0; i < 50; i++) range = pan(clock, range, -1)
  expect(range.to).toBe(2000)
})

test('what is in view is not moved to be seen, what is not comes into view', () => {
  const range = { from: 2000, to: 4000 }
  expect(reveal(clock, range, 3900, 9000)).toBe(range)
  const { from, to } = reveal(clock, range, 9000, 9500)
  expect(from).toBeLessThan(9000)
  expect(to).toBeGreaterThan(9500)
  expect(to - from).toBeCloseTo(2000)
})

test('a fold is crossed like any other stretch', () => {
  const folded = foldedClock([
    { start: 0, end: 1000 },
    { start: DAY, end: DAY + 1000 },
  ])
  const all = fitTo(folded, 0, DAY + 1000)
  expect(zoom(folded, all, 0.1, 1).from).toBeGreaterThan(DAY)
  expect(pan(folded, { from: 0, to: 1000 }, 1.5).to).toBeGreaterThan(DAY)
})

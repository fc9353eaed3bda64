import { expect, test } from 'vitest'
import { foldsIn, marksIn, scale } from './axis'
import { foldedClock } from './folded-clock'

const DAY = 86_400_000
const START = new Date(2024, 0, 2, 10, 0, 0).getTime()
const stretch = (from: number, length: number) => ({ start: START + from, end: START + from + length })

test('without pauses the clock is the clock', () => {
  const clock = foldedClock([stretch(0, 5000), stretch(4000, 3000), stretch(1000, 500)])
  expect(clock.folds).toEqual([])
  expect(clock).toMatchObject({ start: START, end: START + 7000 })
  expect(clock.place(START + 2500)).toBe(2500)
  expect(clock.time(2500)).toBe(START + 2500)
})

test('a pause that is short, or not worth it, stays', () => {
  expect(foldedClock([stretch(0, 10), stretch(1500, 10)]).folds).toEqual([])
  expect(foldedClock([stretch(0, 60_000), stretch(100_000, 60_000)]).folds).toEqual([])
})

test('in a session of three days with fetches of a second, each is wide enough to be seen', () => {
  const seconds = [stretch(0, 1000), stretch(DAY, 1000), stretch(3 * DAY, 1000)]
  const clock = foldedClock(seconds)
  expect(clock.folds).toHaveLength(2)
  const x = scale(clock, { from: clock.start, to: clock.end })
  for (const { start, end } of seconds) expect(x(end) - x(start)).toBeCloseTo(1 / 3.48, 5)
})

test('hundreds of them share the width as well', () => {
  const clock = foldedClock(Array.from({ length: 300 }, (_, i) => stretch(i * 600_000, 1000)))
  expect(clock.folds).toHaveLength(299)
  expect(clock.place(clock.end)).toBeCloseTo(450_000, 3)
})

test('places and times are each other’s inverse, also inside a fold and outside of all', () => {
  const clock = foldedClock([
    stretch(0, 1000),
    stretch(DAY, 1000),
    stretch(DAY + 1500, 0),
    stretch(2 * DAY, 5),
  ])
  let before = Number.NEGATIVE_INFINITY
  for (const at of [
    -500,
    0,
    10,
    1000,
    5000,
    DAY / 2,
    DAY,
    DAY + 1200,
    1.5 * DAY,
    2 * DAY + 5,
    2 * DAY + 900,
  ]) {
    const place = clock.place(START + at)
    expect(place).toBeGreaterThan(before)
    expect(clock.time(place)).toBeCloseTo(START + at, 0)
    before = place
  }
})

test('nothing at all is a clock as well', () => {
  const clock = foldedClock([])
  expect(clock.place(5)).toBe(5)
  expect(clock.time(5)).toBe(5)
})

test('marks stand at round times, not too near to each other', () => {
  const clock = foldedClock([stretch(0, 60_000)])
  const marks = marksIn(clock, { from: START + 300, to: START + 60_000 }, 0.1)
  expect(marks.map(({ label }) => label)).toEqual([
    '10:00:10',
    '10:00:20',
    '10:00:30',
    '10:00:40',
    '10:00:50',
  ])
  expect(marks[0]?.x).toBeCloseTo(9700 / 59_700)
})

test('marks have the digits that their distance needs', () => {
  const label = (length: number) =>
    marksIn(foldedClock([stretch(0, length)]), { from: START, to: START + length }, 0.2)[1]?.label
  expect(label(100)).toBe('10:00:00.020')
  expect(label(10_000)).toBe('10:00:02')
  expect(label(DAY)).toBe('18:00')
})

test('after a fold the clock says when it goes on', () => {
  const clock = foldedClock([stretch(0, 1000), stretch(DAY + 3_600_000, 1000)])
  const range = { from: clock.start, to: clock.end }
  expect(foldsIn(clock, range)).toMatchObject([{ left: 1000 / 2160, right: 1160 / 2160 }])
  expect(marksIn(clock, range, 0.3).map(({ label }) => label)).toEqual(['10:00:00', '11:00:00'])
})

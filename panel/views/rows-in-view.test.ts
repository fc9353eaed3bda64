import { expect, test } from 'vitest'
import { rowsInView } from './rows-in-view'

const box = (scrollTop: number, clientHeight: number) => ({ scrollTop, clientHeight })

test.each([
  ['at the top', box(0, 100), 0, 5 + 2],
  ['a row that is cut off above and below counts', box(50, 100), 2 - 2, 8 + 2],
  ['further down', box(1000, 100), 50 - 2, 55 + 2],
  ['where the box has no height yet', box(0, 0), 0, 2],
])('the rows in view, and two more on each side: %s', (_, scrolled, start, end) => {
  expect(rowsInView(scrolled, 20, 2)).toEqual({ start, end })
})

import { expect, test } from 'vitest'
import type { Fetch, Row } from '../session/view'
import { rowAt } from './row-at'

const [one, other] = [{}, {}] as Fetch[] as [Fetch, Fetch]
const row = (at: number, fetch: Fetch | null) => ({ at, fetch }) as Row

test('a bar is shown by the row of what began it, else of what ended it', () => {
  const rows = [row(1, other), row(1, null), row(2, one), row(1, one), row(3, one)]
  expect(rowAt(rows, one, { start: 1, end: 3 })).toBe(rows[3])
  expect(rowAt(rows, one, { start: 1.5, end: 3 })).toBe(rows[4])
  expect(rowAt(rows, one, { start: 1.5, end: null })).toBeUndefined()
})

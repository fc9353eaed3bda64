import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBudget } from './budget'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the page gets its turn after some milliseconds of work, and not before', async () => {
  const budget = createBudget()
  await budget.turn()
  vi.setSystemTime(0)
  await vi.advanceTimersByTimeAsync(10)
  let turned = false
  const turn = budget.turn().then(() => {
    turned = true
  })
  await Promise.resolve()
  expect(turned).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await turn
  expect(turned).toBe(true)
})

test('it is over after its time', async () => {
  const budget = createBudget(2000)
  await vi.advanceTimersByTimeAsync(1999)
  expect(budget.over).toBe(false)
  await vi.advanceTimersByTimeAsync(2)
  expect(budget.over).toBe(true)
})

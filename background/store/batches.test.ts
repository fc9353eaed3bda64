import { expect, test } from 'vitest'
import { events, progresses } from '../../protocol/events.fixture'
import { batches } from './batches'

test('many events go in parts, in their order, and none is lost', () => {
  const all = progresses('a', 4500)
  const parts = batches(all)
  expect(parts.map((part) => part.length)).toEqual([2000, 2000, 500])
  expect(parts.flat()).toEqual(all)
  expect(batches([])).toEqual([])
})

test('long events make short parts: no message may have more than 64 MiB', () => {
  const long = events(
    'a',
    Array.from({ length: 40 }, () => ({ type: 'inventory', handles: ['h'.repeat(3_000_000)] }) as never),
  )
  const parts = batches(long)
  expect(parts.flat()).toEqual(long)
  for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(64e6)
})

test('an event that is too long by itself goes alone', () => {
  const one = events('a', [{ type: 'inventory', handles: ['h'.repeat(20_000_000)] } as never])
  expect(batches([...one, ...progresses('a', 2, 2)]).map((part) => part.length)).toEqual([1, 2])
})

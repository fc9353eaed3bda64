import { expect, test } from 'vitest'
import { eachOf, type Steps } from '../../model/session-file/steps'
import { timeSliced } from './time-sliced'

const busy = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end; );
}

test('work that takes long is done a little at a time, and says how far it is', async () => {
  const numbers = Array.from({ length: 2500 }, (_, n) => n)
  const shares: number[] = []
  let last = 0
  function* work(): Steps<string> {
    yield* eachOf(numbers, (n) => {
      if (n % 250 === 0) busy(15)
      last = n
    })
    return 'done'
  }
  const result = timeSliced(work(), (share) => shares.push(share))
  // Who asked for it goes on meanwhile.
  expect(last).toBe(249)
  expect(await result).toBe('done')
  expect(last).toBe(2499)
  expect(shares.length).toBeGreaterThan(5)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
})

test('what is thrown comes to whoever asked for the work', async () => {
  function* work(): Steps<void> {
    yield 0
    throw new Error('no')
  }
  await expect(timeSliced(work(), () => {})).rejects.toThrow('no')
})

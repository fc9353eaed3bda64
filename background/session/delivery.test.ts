import { expect, test } from 'vitest'
import { createJournal } from '../../protocol/context/journal'
import type { SessionEvent } from '../../protocol/events'
import { progresses } from '../../protocol/events.fixture'
import { createDelivery } from './delivery'

/** A panel that takes batches in when the test lets it. */
function slowPanel(waiting?: number) {
  const journal = createJournal(100_000)
  const batches: (readonly SessionEvent[])[] = []
  const taken: (() => void)[] = []
  let asked = 0
  const delivery = createDelivery(
    (batch) => {
      batches.push(batch)
      return new Promise<void>((resolve) => taken.push(resolve))
    },
    async (have, give) => {
      asked++
      give(journal.since(have))
    },
    waiting,
  )
  return {
    delivery,
    batches,
    get asked() {
      return asked
    },
    seqs: () => batches.flat().map(({ seq }) => seq),
    send(count: number) {
      for (let i = 0; i < count; i++) {
        const events = progresses('a', 1, journal.events.length + 1)
        delivery.send(journal.append(events))
      }
    },
    /** Takes in what has come, and what comes because of that. */
    async take() {
      while (taken.length > 0) {
        taken.shift()?.()
        for (let i = 0; i < 10; i++) await Promise.resolve()
      }
    },
  }
}

const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1)

test('while a panel is busy, what comes waits and goes in few messages', async () => {
  const panel = slowPanel()
  await panel.delivery.attach({})
  panel.send(3000)
  expect(panel.batches.map((batch) => batch.length)).toEqual([1, 1, 1, 1])
  await panel.take()
  expect(panel.batches.map((batch) => batch.length)).toEqual([1, 1, 1, 1, 2000, 996])
  expect(panel.seqs()).toEqual(upTo(3000))
})

test('a panel that is far behind gets the rest from the journal, once and in order', async () => {
  const panel = slowPanel(100)
  await panel.delivery.attach({})
  panel.send(5000)
  await panel.take()
  expect(panel.asked).toBe(2)
  expect(panel.seqs()).toEqual(upTo(5000))
  panel.send(1)
  expect(panel.seqs().at(-1)).toBe(5001)
})

test('nothing goes to a panel before it says what it has, or after it is gone', async () => {
  const panel = slowPanel()
  panel.send(10)
  expect(panel.batches).toEqual([])
  await panel.delivery.attach({ a: 4 })
  expect(panel.seqs()).toEqual([5, 6, 7, 8, 9, 10])
  panel.delivery.close()
  panel.send(1)
  await panel.take()
  expect(panel.seqs()).toHaveLength(6)
})

test('a message that is not answered does not hold up the others for ever', async () => {
  const got: number[] = []
  const delivery = createDelivery(
    (batch) => {
      got.push(batch.length)
      return Promise.reject(new Error('[birpc] timeout'))
    },
    async (_, give) => give([]),
  )
  await delivery.attach({})
  for (let i = 1; i <= 6; i++) delivery.send(progresses('a', 1, i))
  await new Promise((resolve) => setTimeout(resolve))
  expect(got.reduce((sum, count) => sum + count, 0)).toBe(6)
})

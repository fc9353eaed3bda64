import { expect, test } from 'vitest'
import { createOutbox, type Numbered } from './outbox'

interface Sent {
  readonly batch: readonly Numbered<string>[]
  acknowledge(upTo?: number): Promise<void>
  break(): Promise<void>
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/** The other side, which says that something is safe only when the test says so. */
function otherSide(bound = 1000) {
  const sent: Sent[] = []
  const state = { connected: true }
  const outbox = createOutbox<string>(
    (batch) => {
      if (!state.connected) return undefined
      return new Promise((resolve, reject) => {
        sent.push({
          batch,
          acknowledge(upTo = batch.at(-1)?.seq ?? 0) {
            resolve(upTo)
            return settle()
          },
          break() {
            reject(new Error('The connection is closed.'))
            return settle()
          },
        })
      })
    },
    bound,
    (count) => `lost ${count}`,
  )
  const bodies = (index: number) => sent[index]?.batch.map((report) => report.body)
  const numbers = (index: number) => sent[index]?.batch.map((report) => report.seq)
  return { outbox, sent, state, bodies, numbers }
}

test('reports go out by themselves, numbered from 1 without gaps, with the time they were put', async () => {
  const { outbox, sent } = otherSide()
  outbox.put('a', 10)
  outbox.put('b', 20)
  await settle()
  expect(sent.map((one) => one.batch)).toEqual([
    [
      { seq: 1, at: 10, body: 'a' },
      { seq: 2, at: 20, body: 'b' },
    ],
  ])
})

test('a report that nobody gave a time gets the present one', async () => {
  const { outbox, sent } = otherSide()
  const before = Date.now()
  outbox.put('a')
  await settle()
  expect(Math.abs((sent[0]?.batch[0]?.at ?? 0) - before)).toBeLessThan(1000)
})

test('nothing is forgotten before it is acknowledged', async () => {
  const { outbox, sent } = otherSide()
  outbox.put('a')
  outbox.put('b')
  await settle()
  expect(outbox.waiting).toBe(2)
  await sent[0]?.acknowledge(1)
  expect(outbox.waiting).toBe(1)
})

test('a second report goes out before the first is acknowledged', async () => {
  const { outbox, bodies, sent } = otherSide()
  outbox.put('a')
  await settle()
  outbox.put('b')
  await settle()
  expect([bodies(0), bodies(1)]).toEqual([['a'], ['b']])
  await sent[0]?.acknowledge()
  expect(outbox.waiting).toBe(1)
  await sent[1]?.acknowledge()
  expect(outbox.waiting).toBe(0)
})

test('while the connection holds, nothing goes out twice', async () => {
  const { outbox, sent, numbers } = otherSide()
  for (const body of ['a', 'b', 'c']) {
    outbox.put(body)
    await settle()
  }
  await sent[0]?.acknowledge()
  await sent[1]?.acknowledge()
  expect(sent.flatMap((_, index) => numbers(index) ?? [])).toEqual([1, 2, 3])
})

test('after a reconnection all that was not acknowledged goes out again, with the same numbers', async () => {
  const { outbox, sent, numbers, bodies } = otherSide()
  for (const body of ['a', 'b', 'c']) outbox.put(body)
  await settle()
  await sent[0]?.acknowledge(1)
  outbox.put('d')
  await settle()
  await sent[1]?.break()
  outbox.resend()
  await settle()
  expect(numbers(2)).toEqual([2, 3, 4])
  expect(bodies(2)).toEqual(['b', 'c', 'd'])
})

test('a broken connection alone sends nothing', async () => {
  const { outbox, sent } = otherSide()
  outbox.put('a')
  await settle()
  await sent[0]?.break()
  expect(sent).toHaveLength(1)
  expect(outbox.waiting).toBe(1)
})

test('without a connection reports wait for one', async () => {
  const { outbox, sent, state, bodies } = otherSide()
  state.connected = false
  outbox.put('a')
  await settle()
  outbox.put('b')
  await settle()
  expect(sent).toHaveLength(0)
  state.connected = true
  outbox.resend()
  await settle()
  expect(bodies(0)).toEqual(['a', 'b'])
})

test('beyond the bound the newest are dropped, and the next report says how many', async () => {
  const { outbox, sent, bodies, numbers } = otherSide(3)
  for (const body of ['a', 'b', 'c', 'd', 'e']) outbox.put(body)
  await settle()
  expect(bodies(0)).toEqual(['a', 'b', 'c'])
  await sent[0]?.acknowledge()
  expect(bodies(1)).toEqual(['lost 2'])
  outbox.put('f')
  await settle()
  expect(bodies(2)).toEqual(['f'])
  expect([numbers(1), numbers(2)]).toEqual([[4], [5]])
})

test('where nothing is ever said to be safe, all goes out all the same', async () => {
  const { outbox, sent } = otherSide(3)
  for (const body of ['a', 'b', 'c', 'd', 'e', 'f']) {
    outbox.put(body)
    await settle()
  }
  expect(sent.flatMap(({ batch }) => batch.map(({ body }) => body))).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  expect(outbox.waiting).toBe(3)
})

test('what went out and was dropped is reported as lost when the other side dies without a word', async () => {
  const { outbox, sent, bodies } = otherSide(3)
  for (const body of ['a', 'b', 'c', 'd', 'e', 'f']) {
    outbox.put(body)
    await settle()
  }
  await sent[0]?.acknowledge(1)
  await sent[1]?.break()
  outbox.resend()
  await settle()
  // b and c, of which nobody knows.
  expect(bodies(6)).toEqual(['d', 'e', 'f'])
  await sent[6]?.acknowledge()
  expect(bodies(7)).toEqual(['lost 2'])
  outbox.resend()
  await sent[7]?.acknowledge()
  expect(outbox.waiting).toBe(0)
})

test('what was lost while nobody was there is reported after the reconnection, once', async () => {
  const { outbox, sent, state, bodies } = otherSide(2)
  state.connected = false
  for (const body of ['a', 'b', 'c', 'd', 'e']) outbox.put(body)
  await settle()
  expect(outbox.waiting).toBe(2)
  state.connected = true
  outbox.resend()
  await settle()
  await sent[0]?.acknowledge()
  await sent[1]?.acknowledge()
  expect(bodies(1)).toEqual(['lost 3'])
  expect(sent).toHaveLength(2)
})

test('many reports go in several messages, in their order', async () => {
  const { outbox, sent, numbers } = otherSide()
  for (let i = 0; i < 450; i++) outbox.put('a')
  await settle()
  expect(sent.map(({ batch }) => batch.length)).toEqual([200, 200, 50])
  expect(numbers(2)?.[0]).toBe(401)
  for (const one of [...sent]) await one.acknowledge()
  expect(outbox.waiting).toBe(0)
})

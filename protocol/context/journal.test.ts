import { expect, test } from 'vitest'
import { events, over, progresses, seen } from '../events.fixture'
import { createJournal } from './journal'

test('events are kept in the order in which they came', () => {
  const journal = createJournal(100)
  const a = progresses('a', 2)
  const b = progresses('b', 1)
  expect(journal.append(a)).toEqual(a)
  journal.append(b)
  expect(journal.events).toEqual([...a, ...b])
})

test('an event that came already is not kept again, whoever else has its number', () => {
  const journal = createJournal(100)
  const all = progresses('a', 5)
  journal.append(all.slice(0, 3))
  expect(journal.append(all)).toEqual(all.slice(3))
  expect(journal.append(all)).toEqual([])
  expect(journal.append(progresses('b', 1))).toHaveLength(1)
  expect(journal.events).toHaveLength(6)
})

test('a double inside one report is kept once', () => {
  const [one] = progresses('a', 1)
  expect(one && createJournal(100).append([one, one])).toEqual([one])
})

test('a journal goes on from what was stored', () => {
  const stored = progresses('a', 3)
  const journal = createJournal(100, stored)
  expect(journal.events).toEqual(stored)
  expect(journal.append(progresses('a', 4))).toMatchObject([{ seq: 4 }])
  expect(journal.marks).toEqual(new Map([['a', 4]]))
})

test('a journal of any length can be taken up again', () => {
  expect(createJournal(1_000_000, progresses('a', 300_000)).events).toHaveLength(300_000)
})

test('a reader gets what it lacks, of each producer', () => {
  const journal = createJournal(100)
  journal.append(progresses('a', 3))
  journal.append(progresses('b', 2))
  const lacking = journal.since({ a: 2, other: 9 })
  expect(lacking.map((event) => [event.producer, event.seq])).toEqual([
    ['a', 3],
    ['b', 1],
    ['b', 2],
  ])
  expect(journal.since({})).toEqual(journal.events)
  expect(journal.since({ a: 3, b: 2 })).toEqual([])
})

test('up to its bound a journal drops nothing', () => {
  const journal = createJournal(100, progresses('a', 100))
  expect(journal.trim()).toBe(0)
  expect(journal.events).toHaveLength(100)
})

test('beyond its bound the oldest go, and as many are said to have gone', () => {
  const journal = createJournal(100, progresses('a', 101))
  const dropped = journal.trim()
  expect(dropped).toBeGreaterThan(0)
  expect(journal.events).toHaveLength(101 - dropped)
  expect(journal.events.map((event) => event.seq)).toEqual(
    Array.from({ length: 101 - dropped }, (_, i) => dropped + 1 + i),
  )
})

test('the event that introduces a fetch stays until the fetch is over', () => {
  const bodies = [seen('ended'), seen('running'), over('ended')]
  const journal = createJournal(100, [
    ...events('a', bodies),
    ...progresses('a', 150, bodies.length + 1, 'running'),
  ])
  const before = journal.events.length
  const dropped = journal.trim()
  expect(journal.events[0]?.body).toEqual(seen('running'))
  expect(journal.events.some((event) => 'handle' in event.body && event.body.handle === 'ended')).toBe(false)
  expect(journal.events).toHaveLength(before - dropped)
  expect(journal.events.length).toBeLessThanOrEqual(100)
})

test('what was dropped does not come back as new', () => {
  const journal = createJournal(100, progresses('a', 150))
  journal.trim()
  expect(journal.append(progresses('a', 150))).toEqual([])
})

test('a journal that was cleared is empty, and what it had does not come back', () => {
  const journal = createJournal(100, progresses('a', 5))
  journal.clear()
  expect(journal.events).toEqual([])
  expect(journal.since({})).toEqual([])
  expect(journal.append(progresses('a', 6))).toMatchObject([{ seq: 6 }])
})

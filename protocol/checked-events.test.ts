import { expect, test } from 'vitest'
import { checkedEvents } from './checked-events'

const good = {
  producer: 'p',
  seq: 1,
  at: 1e12,
  source: 'page',
  document: null,
  storageKey: null,
  body: { type: 'events-lost', count: 1 },
}

test('events are taken, and what they have beside the protocol is left out', () => {
  expect(checkedEvents([good, { ...good, more: 1 }])).toEqual({ events: [good, good], unreadable: 0 })
})

test.each([
  ['a time that no date can be', { ...good, at: 1e300 }],
  ['no time', { ...good, at: null }],
  ['a number that is not whole', { ...good, seq: 0.5 }],
  ['a number beyond all', { ...good, seq: 1e300 }],
  ['a count that is negative', { ...good, body: { type: 'events-lost', count: -1 } }],
  ['an unknown type', { ...good, body: { type: 'other' } }],
  ['a long name', { ...good, producer: 'x'.repeat(1000) }],
  ['a detail that is too long', { ...good, body: { type: 'not-saved', detail: 'x'.repeat(5000) } }],
  ['nothing', null],
])('an event with %s is counted as unreadable, and the one beside it stays', (_, bad) => {
  expect(checkedEvents([bad, good])).toEqual({ events: [good], unreadable: 1 })
})

test.each([[null], ['rubbish'], [{}]])('what is no list is one thing that can’t be read: %j', (list) => {
  expect(checkedEvents(list)).toEqual({ events: [], unreadable: 1 })
})

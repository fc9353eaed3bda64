import { expect, test } from 'vitest'
import type { Handle } from '../../../protocol/handle'
import { createPanelAborts } from './panel-aborts'

/** Seen at 1000 and aborted by the panel of tab 2 at 5000. */
const fetch = { name: 'a', handle: 'h' as Handle, seenAt: 1000, settledAt: 5020 }

function abortedByTab2() {
  const panelAborts = createPanelAborts()
  panelAborts.add({ tabId: 2, name: 'a', askedAt: 5000, answeredAt: 5010 })
  return panelAborts
}

test('an abort in the panel of another tab has ended the fetch that ran then', () => {
  const { byOther } = abortedByTab2()
  expect(byOther(1, fetch)).toBe(true)
  expect(byOther(2, fetch)).toBe(false)
  expect(byOther(1, { ...fetch, name: 'b' })).toBe(false)
})

test.each([
  ['was seen first after it', { seenAt: 5001 }],
  ['had ended before it', { settledAt: 4900 }],
  ['ended much later', { settledAt: 8000 }],
])('it has not ended one that %s', (_, some) => {
  expect(abortedByTab2().byOther(1, { ...fetch, ...some })).toBe(false)
})

test('it has ended one fetch, which each tab sees as its own', () => {
  const { byOther } = abortedByTab2()
  const other = { ...fetch, handle: 'next' as Handle, seenAt: 4990 }
  expect(byOther(1, fetch)).toBe(true)
  expect(byOther(1, other)).toBe(false)
  expect(byOther(1, fetch)).toBe(true)
  expect(byOther(3, other)).toBe(true)
})

test('a second abort of the ID has ended a second fetch', () => {
  const { add, byOther } = abortedByTab2()
  add({ tabId: 2, name: 'a', askedAt: 5500, answeredAt: 5510 })
  expect(byOther(1, fetch)).toBe(true)
  expect(byOther(1, { ...fetch, handle: 'next' as Handle, seenAt: 5300, settledAt: 5520 })).toBe(true)
})

import { expect, test } from 'vitest'
import type { ProbeBody } from '../../protocol/probe-events'
import { createMeetHandler, type Dispatching } from './meet-handler'

const EVENT = { type: 'backgroundfetchabort' }

function make(dispatching: Dispatching | undefined, seesAll = true) {
  const sent: ProbeBody[] = []
  const meet = createMeetHandler({
    dispatching: () => dispatching,
    seesAll: () => seesAll,
    find: (event) => (event === EVENT ? {} : undefined),
    send: (body) => sent.push(body),
  })
  return { meet, sent }
}

const abort = { name: 'backgroundfetchabort', event: 3 }

test('it pauses for the event that is being handled, and reports it first', () => {
  const { meet, sent } = make(abort)
  expect(meet(2, 'backgroundfetchfail,backgroundfetchabort', [EVENT])).toBe(true)
  expect(sent).toEqual([{ type: 'breakpoint-met', worker: '', point: 2, event: 3 }])
})

test('a function that handles another event as well does not pause for that', () => {
  const { meet, sent } = make(abort)
  expect(meet(2, 'backgroundfetchfail')).toBe(false)
  expect(sent).toEqual([])
})

test('it does not pause where the script calls its function itself', () => {
  expect(make(undefined).meet(1, 'backgroundfetchabort')).toBe(false)
  expect(make(undefined, false).meet(1, 'backgroundfetchabort', [1])).toBe(false)
  expect(make(abort).meet(1, 'backgroundfetchabort', [{}])).toBe(false)
  // Its listeners have run.
  expect(make(undefined, false).meet(1, 'backgroundfetchabort', [EVENT])).toBe(false)
})

test('where events are seen late, it pauses for an event that it can’t name', () => {
  const { meet, sent } = make(undefined, false)
  expect(meet(1, 'backgroundfetchabort')).toBe(true)
  expect(sent).toMatchObject([{ event: null }])
})

test('it never throws', () => {
  const meet = createMeetHandler({
    dispatching: () => abort,
    seesAll: () => true,
    find: () => undefined,
    send() {
      throw new Error('no')
    },
  })
  expect(meet(1, 'backgroundfetchabort')).toBe(false)
})

import { expect, test } from 'vitest'
import type { BodyOf } from '../../../../protocol/events'
import { eventAt } from '../../../../protocol/events.fixture'
import { createAuditStream } from '../../audit/audit.fixture'
import type { TracedEvent } from '../../session/view'
import { createStream } from '../../streams/events.fixture'
import { trace } from '../../streams/workers.fixture'
import { newTracedEvent } from '../new-worker'
import { createHandledLater } from './handled-later'

const fetchOf = (id: string) => createAuditStream(id, createStream()).seen().fetch()

test('what is forgotten is of no event that goes on, and of no fetch that remains', () => {
  const handled = createHandledLater()
  const [cleared, remaining] = [fetchOf('a'), fetchOf('b')]
  const eventOf = (some: Partial<TracedEvent>): TracedEvent => ({
    ...newTracedEvent(trace.dispatched() as BodyOf<'dispatched'>, 0, null, cleared),
    ...some,
  })
  const over = eventOf({ doneAt: 1 })
  const exceptions = [
    { of: over, stays: false },
    { of: eventOf({ cutAt: 1 }), stays: false },
    { of: undefined, stays: false },
    { of: undefined, open: [over], stays: false },
    { of: eventOf({}), stays: true },
    { of: eventOf({ doneAt: 1, fetch: remaining }), stays: true },
    { of: undefined, open: [over, eventOf({})], stays: true },
    { of: undefined, stray: true, stays: true },
  ]
  const thrown = exceptions.map(({ of, open, stray }, exception) => {
    const body = { ...(trace.exception(false, null) as BodyOf<'exception'>), exception }
    const event = eventAt(1, body)
    handled.thrown(event, body, of, open && { event, message: '', isExplained: false, open })
    return { event, message: '', isStray: stray === true }
  })
  handled.forget([{ ...remaining, strayExceptions: thrown.filter(({ isStray }) => isStray) }, remaining])
  const left = exceptions.map(
    (_, exception) =>
      handled.revoke({ type: 'rejection-handled', worker: 'w1', event: null, exception }) !== undefined,
  )
  expect(left).toEqual(exceptions.map(({ stays }) => stays))
})

import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { observed } from '../streams/events.fixture'
import { createAuditStream, recordOf } from './audit.fixture'
import { step } from './event-steps.fixture'
import { row } from './verdict.fixture'

test('a fetch whose worker was unregistered is judged by what it left, and by no handler', () => {
  const left = createAuditStream().seen({ items: [row] })
  left.stream.page(observed.gone('h', 'unregistered'))
  left.requests({ total: 1, records: [recordOf({ state: 'unknown', status: null })] })
  left.later({ items: [row] })
  expect(left.verdict()).toMatchObject({ kind: 'left', unregistered: true })
  const clean = createAuditStream().seen()
  clean.stream.page(observed.gone('h', 'unregistered'))
  expect(clean.requests({}).later().verdict()).toMatchObject({ kind: 'clean', wrong: [] })
})

const READ_EARLY =
  'its worker was unregistered while the event went on, and the storage may have been read before the event ended'

test('a verdict on a worker that was unregistered during its event says that it may be too early, until the storage was read after it', () => {
  const story = createAuditStream().seen().settled().event({}, [step.waitUntil()], false)
  story.stream.page({ ...observed.over('h'), unregistered: true } as Body)
  story.look('event-ended').later()
  expect(story.verdict()).toMatchObject({ kind: 'unknown', gaps: [READ_EARLY] })
  const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
  const run = { worker: 'w', event: 1 }
  story.stream.page({ type: 'handler-returned', ...run, ran: null }, 1, about)
  story.stream.page(step.fulfilled(), 1, about)
  story.stream.page({ type: 'event-done', ...run, promises: 1, rejected: 0 }, 1, about)
  expect(story.verdict()).toMatchObject({ kind: 'unknown', gaps: [READ_EARLY] })
  expect(story.later().verdict().gaps).toEqual([])
})

import { expect, test } from 'vitest'
import { createAuditStream } from './audit.fixture'
import { step } from './event-steps.fixture'

test.each([
  ['a promise beside the clean-up was rejected', [step.waitUntil(), step.waitUntil('promise', 2)]],
  ['it rejected after all was deleted', [step.waitUntil('promise', 2)]],
])('where %s, the clean-up is not said to have stopped', (_, waits) => {
  const steps = [...waits, ...(waits.length > 1 ? [step.fulfilled()] : []), step.rejected(2)]
  const { kind, line } = createAuditStream().seen().settled().event({}, steps).over().later().verdict()
  expect(kind).toBe('wrong')
  expect(line).toBe(
    'A promise that the event waited for was rejected: the work that it stands for may not be complete. promise #2: Error: on purpose',
  )
})

test('of a handler that threw it is not said how far it came', () => {
  const { kind, line } = createAuditStream()
    .seen()
    .settled()
    .event({}, [step.waitUntil(), step.fulfilled(), step.threw()])
    .over()
    .later()
    .verdict()
  expect(kind).toBe('wrong')
  expect(line).toBe('The handler threw: its work may not be complete. Error: on purpose')
})

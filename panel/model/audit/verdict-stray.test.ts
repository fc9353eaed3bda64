import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { trace } from '../streams/workers.fixture'
import { createAuditStream } from './audit.fixture'

const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }

/** A fetch whose worker runs. */
function started() {
  const story = createAuditStream().seen()
  const put = (body: Body, wait = 5) => story.stream.page(body, wait, about)
  put(trace.seen('w1', { scope: story.fetch().scope }))
  return { story, put }
}
const thrown = (message = 'TypeError: no') => trace.exception(false, null, message)

test('what a worker throws while an event that is not traced is handled may be its handler’s', () => {
  const { story, put } = started()
  story.settled()
  put(thrown())
  expect(story.over().verdict()).toMatchObject({ kind: 'unknown', final: false })
  expect(story.later().verdict()).toMatchObject({
    kind: 'unknown',
    wrong: [],
    line: expect.stringMatching(
      /the handler was not traced, and an exception in the worker at that time may be its own: TypeError: no/,
    ),
  })
})

test('of several, the first is named', () => {
  const { story, put } = started()
  story.settled()
  for (const message of ['Error: one', 'Error: two']) put(thrown(message))
  expect(story.over().later().verdict().line).toMatch(/2 exceptions .* may be its own; the first: Error: one/)
})

test('a worker may hear of the end before its page', () => {
  const { story, put } = started()
  put(thrown())
  story.stream.page(
    {
      type: 'settled',
      handle: story.fetch().handle,
      attributes: { ...story.fetch().attributes, result: 'failure', failureReason: 'aborted' },
    },
    20,
  )
  expect(story.over().later().verdict().gaps.join()).toMatch(/TypeError: no/)
})

test('what it throws before or after that, or in another scope, says nothing of the handler', () => {
  const { story, put } = started()
  put(thrown('Error: before'))
  story.settled()
  put(trace.seen('w2', { scope: `${story.fetch().scope}app/` }))
  put({ ...thrown('Error: elsewhere'), worker: 'w2' } as Body)
  story.over()
  put(thrown('Error: after'))
  expect(story.later().verdict().kind).toBe('clean')
})

test('where the event was traced, what is not of it is not its handler’s', () => {
  const { story, put } = started()
  story.settled()
  put(thrown('Error: before it'))
  story.event({ worker: 'w1' })
  expect(story.over().later().verdict().kind).toBe('clean')
})

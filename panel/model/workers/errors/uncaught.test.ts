import { expect, test } from 'vitest'
import type { Body } from '../../../../protocol/events'
import { createAuditStream } from '../../audit/audit.fixture'
import { createStream } from '../../streams/events.fixture'
import { trace } from '../../streams/workers.fixture'

const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
const MESSAGE = 'TypeError: Failed to fetch'

/** What is said of three fetches whose events are open at once: the first waits for a promise that is rejected. */
function verdicts(before: readonly Body[], after: readonly Body[], rejected = 1) {
  const stream = createStream()
  const ids = ['a', 'b', 'c']
  const stories = ids.map((id) => createAuditStream(id, stream, `h${id}`).seen())
  const put = (body: Body) => stream.page(body, 1, about)
  put(trace.seen('w1', { scope: stories[0]?.fetch().scope ?? '' }))
  for (const story of stories) story.settled()
  for (const [i, id] of ids.entries()) {
    put(trace.dispatched({ event: i + 1, id }))
    for (let n = 1; i === 0 && n <= rejected; n++) put(trace.waits(n))
    put(trace.returned(i + 1))
  }
  for (const body of before) put(body)
  put(trace.done(rejected, rejected))
  for (const body of after) put(body)
  for (const event of [2, 3]) put(trace.done(0, 0, event))
  for (const story of stories) story.over().later()
  return stories.map((story) => story.verdict().kind)
}
const rejection = (n = 1) => trace.settled(n, MESSAGE)
const thrown = (event: number | null = null) => trace.exception(false, event, MESSAGE)

test('a rejection of an event that is over explains one exception', () => {
  expect(verdicts([rejection()], [thrown()])).toEqual(['wrong', 'clean', 'clean'])
  expect(verdicts([rejection()], [thrown(), thrown()])).toEqual(['wrong', 'unknown', 'unknown'])
  expect(verdicts([rejection(), rejection(2)], [thrown(), thrown()], 2)).toEqual(['wrong', 'clean', 'clean'])
})

test('one that was reported while its event was open explains none after it', () => {
  for (const before of [
    [rejection(), thrown()],
    [thrown(), rejection()],
    [rejection(), thrown(1)],
  ]) {
    expect(verdicts(before, [])).toEqual(['wrong', 'clean', 'clean'])
    expect(verdicts(before, [thrown()])).toEqual(['wrong', 'unknown', 'unknown'])
  }
})

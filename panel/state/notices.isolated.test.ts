import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAuditStream } from '../model/audit/audit.fixture'
import { noSettings } from '../model/audit/site-settings'
import type { Fetch } from '../model/session/view'
import { createStream, observed } from '../model/streams/events.fixture'
import { verdictCell } from '../model/table/verdict-cell'

const revision = signal(0)
let stream = createStream()
vi.doMock('./session/session', () => ({ model: () => stream.model, past: signal(null), revision }))
vi.doMock('./session/verdicts', () => ({ verdictOf: (fetch: Fetch) => verdictCell(fetch, noSettings) }))
const { dismiss, notice, noticeOutcomes, spoken } = await import('./notices')

beforeEach(() => void vi.useFakeTimers({ now: 900_000 }))
afterEach(() => void vi.useRealTimers())

test('an answer to Abort and the end of another fetch that come at once are both shown, the answer first', async () => {
  stream = createStream()
  noticeOutcomes()
  stream.page(observed.seen('a', { id: 'a' }))
  stream.page(observed.seen('b', { id: 'b' }))
  stream.panel(observed.abort('a'))
  stream.page(observed.answer('a', { kind: 'already-finished' }))
  stream.page(observed.failure('b'))
  revision.value++
  expect(notice.value).toMatchObject({ id: 'a', text: expect.stringMatching(/already finished/) })
  await vi.advanceTimersByTimeAsync(1000)
  expect(notice.value).toMatchObject({ id: 'b', text: 'aborted by an unknown source (not this panel)' })
})

test('of several fetches of one ID it is said which of them it was', () => {
  stream = createStream()
  dismiss()
  noticeOutcomes()
  for (const handle of ['a', 'b']) {
    stream.page(observed.seen(handle, { id: 'a' }))
    stream.page(observed.failure(handle))
    stream.page(observed.over(handle))
  }
  revision.value++
  expect([notice.value?.id, spoken.value?.id]).toContain('a #2')
})

test('that an abort has worked is in the details as well, and that it has not is not', () => {
  stream = createStream()
  noticeOutcomes()
  stream.page(observed.seen('a', { id: 'a' }))
  stream.page(observed.seen('b', { id: 'b' }))
  stream.panel(observed.abort('a'))
  stream.page(observed.answer('a', { kind: 'resolved', value: true }))
  revision.value++
  expect(notice.value).toMatchObject({ id: 'a', bad: false, inDetails: true })
  vi.advanceTimersByTime(1000)
  stream.panel(observed.abort('b'))
  stream.page(observed.answer('b', { kind: 'resolved', value: false }))
  revision.value++
  expect(notice.value).toMatchObject({ id: 'b', bad: true, inDetails: false })
})

/** A fetch that was aborted, and not in this panel; it is judged when its event is over, and again for good. */
function endAborted() {
  stream = createStream()
  dismiss()
  noticeOutcomes()
  const story = createAuditStream('a', stream, 'a').seen().settled()
  revision.value++
  expect(spoken.value?.text).toMatch(/^aborted/)
  const judge = (when: 'over' | 'later') => {
    story[when]()
    revision.value++
  }
  return judge
}

test('a verdict is read out once it is final, and the one that is shown before is not', () => {
  const judge = endAborted()
  judge('over')
  expect(notice.value?.text).toMatch(/^clean so far: /)
  expect(spoken.value?.text).toMatch(/^aborted/)
  vi.advanceTimersByTime(1500)
  judge('later')
  expect(notice.value?.text).toMatch(/^clean: /)
  expect(spoken.value).toBe(notice.value)
  vi.advanceTimersByTime(5000)
  expect(spoken.value?.text).toMatch(/^clean: /)
})

test('where the final verdict is late, the one so far is read out, and then the final one', () => {
  const judge = endAborted()
  judge('over')
  vi.advanceTimersByTime(3000)
  expect(spoken.value?.text).toMatch(/^clean so far: /)
  judge('later')
  expect(spoken.value?.text).toMatch(/^clean: /)
})

test('what was dismissed is not read out any more', () => {
  const judge = endAborted()
  judge('over')
  dismiss()
  vi.advanceTimersByTime(3000)
  expect([notice.value, spoken.value]).toEqual([null, null])
})

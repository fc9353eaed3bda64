import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStream, observed } from '../model/streams/events.fixture'

const revision = signal(0)
let stream = createStream()
vi.doMock('./session/session', () => ({ model: () => stream.model, past: signal(null), revision }))
vi.doMock('./session/verdicts', () => ({ verdictOf: () => undefined }))
const { notice, noticeOutcomes } = await import('./notices')

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

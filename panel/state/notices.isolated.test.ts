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
  expect(notice.value).toMatchObject({ id: 'b', text: 'ended: aborted' })
})

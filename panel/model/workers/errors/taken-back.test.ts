import { afterEach, expect, test, vi } from 'vitest'
import type { Body } from '../../../../protocol/events'
import { createAuditStream } from '../../audit/audit.fixture'
import * as gather from '../../audit/evidence/gather'
import { createStream } from '../../streams/events.fixture'
import { trace } from '../../streams/workers.fixture'

const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }

const rejection = (exception: number, event: number | null): Body => ({
  ...({ ...trace.exception(false, event, 'Error: caught later'), exception } as Body),
})
const caught = (exception: number, event: number | null): Body => ({
  ...{ type: 'rejection-handled', worker: 'w1', event, exception },
})

/** Two fetches that were aborted and have settled, whose worker runs. */
function aborted() {
  const stream = createStream()
  const stories = ['a', 'b'].map((id) => createAuditStream(id, stream, `h${id}`).seen()) as [
    ReturnType<typeof createAuditStream>,
    ReturnType<typeof createAuditStream>,
  ]
  const put = (...bodies: Body[]) => {
    for (const body of bodies) stream.page(body, 1, about)
  }
  put(trace.seen('w1', { scope: stories[0].fetch().scope }))
  for (const story of stories) story.settled()
  const [a, b] = stories
  return { a, b, stream, put }
}
const begun = (event: number, id: string) => [trace.dispatched({ event, id }), trace.returned(event)]

afterEach(() => {
  vi.restoreAllMocks()
})

test('only the fetches are judged again that an error was taken back from', () => {
  const { a, b, put } = aborted()
  put(...begun(1, 'a'), rejection(1, 1), trace.done(0, 0, 1))
  put(...begun(2, 'b'), rejection(2, 2), trace.done(0, 0, 2))
  for (const story of [a, b]) story.over().later()
  const judged = vi.spyOn(gather, 'evidenceOf')
  put(caught(2, 2))
  expect(judged.mock.calls.map(([fetch]) => fetch.handle)).toEqual(['hb'])
  put(caught(2, 2), caught(7, null))
  expect(judged).toHaveBeenCalledTimes(1)
  expect([a.verdict().kind, b.verdict().kind]).toEqual(['errors', 'clean'])
})

test('it is taken back from a fetch whose event was not traced as well', () => {
  const { a, b, put } = aborted()
  put(rejection(1, null))
  a.over().later()
  put(...begun(2, 'b'), trace.done(0, 0, 2))
  b.over().later()
  expect(a.verdict().kind).toBe('unknown')
  put(caught(1, null))
  expect(a.verdict().kind).toBe('clean')
  expect(a.said().at(-1)).toMatch(/^verdict: clean/)
})

test('after the log was cleared, it is taken back from events that were over', () => {
  for (const event of [1, null]) {
    const { a, b, stream, put } = aborted()
    put(...begun(1, 'a'))
    if (event === null) put(...begun(2, 'b'))
    put(rejection(1, event), trace.done(0, 0, 1))
    stream.panel({ type: 'cleared' })
    a.over().later()
    expect(a.verdict().kind).toBe(event === null ? 'unknown' : 'errors')
    put(caught(1, event))
    expect(a.verdict().kind).toBe('clean')
    if (event !== null) continue
    put(trace.done(0, 0, 2))
    expect(b.over().later().verdict().kind).toBe('clean')
  }
})

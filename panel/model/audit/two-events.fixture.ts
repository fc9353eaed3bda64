import type { Body } from '../../../protocol/events'
import { createStream } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { createAuditStream } from './audit.fixture'

const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }

/**
 * Two fetches that were aborted, and whose events are open in one worker, as 1 and 2, when their listeners have returned.
 *
 * @param inListener what the listener of an event does
 */
export function twoOpenEvents(inListener: (event: number) => readonly Body[] = () => []) {
  const stream = createStream()
  const [a, b] = [createAuditStream('a', stream, 'ha').seen(), createAuditStream('b', stream, 'hb').seen()]
  const put = (...bodies: readonly Body[]) => {
    for (const body of bodies) stream.page(body, 1, about)
  }
  put(trace.seen('w1', { scope: a.fetch().scope }))
  for (const story of [a, b]) story.settled()
  for (const [i, id] of ['a', 'b'].entries()) {
    const event = i + 1
    put(trace.dispatched({ event, id }), ...inListener(event), trace.returned(event))
  }
  return { a, b, stream, put }
}

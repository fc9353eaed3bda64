import type { SessionEvent } from '../../protocol/events'
import type { WorkerBody } from '../../protocol/worker-events'

/**
 * What a journal lacks whose background was killed while it traced: that tracing was interrupted, and that the
 * runs of workers which it had are not traced any more. What they did since is not known.
 *
 * @param events the journal as it was found
 */
export function interruption(events: readonly SessionEvent[]): WorkerBody[] {
  const runs = new Set<string>()
  let on = false
  for (const { body } of events) {
    if (body.type === 'tracer') on = body.state === 'on'
    if (body.type === 'worker-seen') runs.add(body.worker)
    if (body.type === 'worker-stopped') runs.delete(body.worker)
  }
  const ended = [...runs].map((worker) => ({ type: 'worker-stopped', worker, how: 'untraced' }) as const)
  return on ? [{ type: 'tracer', state: 'failed', reason: 'interrupted', detail: '' }, ...ended] : ended
}

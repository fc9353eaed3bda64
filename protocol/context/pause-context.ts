import type { SessionEvent } from '../events'

/** So many reports of pauses stay. */
const MAX_REPORTS = 400

/**
 * The reports of pauses that must stay, as time in the debugger does not count for a handler: of those that have ended since the first
 * fetch that stays was seen, and of those that go on.
 *
 * @param since in epoch milliseconds; infinite where no fetch stays
 */
export function pauseContext(old: readonly SessionEvent[], since: number): ReadonlySet<SessionEvent> {
  const staying = new Set<SessionEvent>()
  const goingOn = new Map<string, SessionEvent>()
  for (const event of old) {
    const { body, at } = event
    if (body.type !== 'worker-paused' && body.type !== 'worker-resumed' && body.type !== 'worker-stopped')
      continue
    const before = goingOn.get(body.worker)
    if (before && at >= since) staying.add(before)
    goingOn.delete(body.worker)
    if (body.type === 'worker-stopped') continue
    if (at >= since) staying.add(event)
    if (body.type === 'worker-paused') goingOn.set(body.worker, event)
  }
  for (const event of goingOn.values()) staying.add(event)
  return new Set(old.filter((event) => staying.has(event)).slice(-MAX_REPORTS))
}

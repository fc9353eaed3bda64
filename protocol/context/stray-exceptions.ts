import type { SessionEvent } from '../events'

/** So many uncaught exceptions of a worker that are of no traced event are remembered. */
export const MAX_STRAY = 50

/**
 * The last exceptions of each worker that are of no event which was traced: the handler for the end of a fetch that stays may have
 * thrown them.
 *
 * @param since when the first fetch that stays may have begun, in epoch milliseconds
 */
export function strayExceptions(old: readonly SessionEvent[], since: number): ReadonlySet<SessionEvent> {
  const runs = new Map<string, SessionEvent[]>()
  for (const event of old) {
    const { body, at } = event
    const run = 'worker' in body ? (runs.get(body.worker) ?? []) : []
    // What came since the event began is of it, and stays with it.
    if (body.type === 'dispatched') {
      runs.set(
        body.worker,
        run.filter((one) => one.at < at),
      )
    }
    if (body.type === 'rejection-handled') {
      runs.set(
        body.worker,
        run.filter((one) => one.body.type !== 'exception' || one.body.exception !== body.exception),
      )
    }
    if (body.type !== 'exception' || body.event !== null || at < since) continue
    runs.set(body.worker, run)
    run.push(event)
    if (run.length > MAX_STRAY) run.shift()
  }
  return new Set([...runs.values()].flat())
}

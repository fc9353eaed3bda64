import type { SessionEvent } from '../../protocol/events'
import type { ColdStart } from '../../protocol/planned-aborts'
import { originOfKey } from '../../protocol/storage-key'
import { createWaiting } from '../bridges/waiting'
import { hasStopped } from '../store/on-record'

/** How long a worker may take to stop, in milliseconds. */
const STOPPING = 1500

export interface ColdStarts {
  /** Events as they are recorded. */
  recorded(): void
  /**
   * Stops the workers of a scope, so that the next event starts one. Resolves when their stop is on record: before
   * that a start might not be traced.
   */
  stop(storageKey: string, scope: string): Promise<ColdStart>
}

/** The traced runs of workers of a scope that have not stopped. */
function running(events: readonly SessionEvent[], scope: string): readonly string[] {
  const runs = new Set<string>()
  for (const { body } of events) {
    if (body.type === 'worker-seen' && body.scope === scope) runs.add(body.worker)
    if (body.type === 'worker-stopped') runs.delete(body.worker)
  }
  return [...runs]
}

/**
 * @param journal the events of the session so far
 * @param stopRun stops a run of a worker
 */
export function createColdStarts(
  journal: () => Promise<{ readonly events: readonly SessionEvent[] }>,
  stopRun: (worker: string) => Promise<void>,
): ColdStarts {
  const waiting = createWaiting()

  const isTraced = (all: readonly SessionEvent[]) => {
    const last = all.findLast(({ body }) => body.type === 'tracer')?.body
    return last?.type === 'tracer' && last.state === 'on'
  }

  return {
    recorded: waiting.changed,
    async stop(storageKey, scope) {
      const known = await journal()
      // A page reports a scope in words of its own; a worker of another origin is none of its business.
      const isOwn = URL.canParse(scope) && new URL(scope).origin === originOfKey(storageKey)
      if (!isOwn || !isTraced(known.events)) return 'not-stopped'
      const runs = running(known.events, scope)
      if (runs.length === 0) return 'not-running'
      const stopped = await Promise.all(
        runs.map(async (worker) => {
          try {
            await stopRun(worker)
          } catch {
            return false
          }
          const look = () => hasStopped(known.events, worker) || undefined
          return (await waiting.find(look, STOPPING)) ?? false
        }),
      )
      return stopped.every(Boolean) ? 'stopped' : 'not-stopped'
    },
  }
}

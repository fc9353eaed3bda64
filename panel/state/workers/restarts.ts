import type { Worker } from '../../model/session/view'

/** How often a worker is restarted at most until its script is traced from its first line on. */
export const RESTARTS = 3
/** A run that begins later after a restart was asked for is another matter, in milliseconds. */
const BEGINS = 15_000

interface Asked {
  /** In epoch milliseconds. */
  readonly at: number
  readonly left: number
}

/**
 * The restarts that were asked for, by scope. DevTools lets a worker go on as soon as it has started, and a short script may have run
 * by the time the tracer is there: another start may find its listeners.
 */
const restarts = new Map<string, Asked>()

type Run = Pick<Worker, 'scope' | 'seenAt' | 'stoppedAt' | 'scripts' | 'listened'>

/** A restart was asked for, at a moment in epoch milliseconds. */
export function restartAsked(scope: string, at: number): void {
  restarts.set(scope, { at, left: RESTARTS - 1 })
}

/** Nobody waits for its listeners any more. */
export function restartOver(scope: string): void {
  restarts.delete(scope)
}

/** Whether the listeners of a run are waited for, as its restart was asked for. */
export function isRestart({ scope, seenAt }: Pick<Run, 'scope' | 'seenAt'>): boolean {
  const asked = restarts.get(scope)
  return asked !== undefined && seenAt >= asked.at && seenAt <= asked.at + BEGINS
}

/**
 * What is to be done about a run: nothing (`none`), as no restart was asked for, or as its scripts were not read so far and it runs; nothing more
 * (`done`), as its listeners are known; another restart (`again`), at a moment in epoch milliseconds; or to say that none has helped (`failed`).
 */
export function afterRestart(run: Run, now: number): 'none' | 'done' | 'again' | 'failed' {
  const { scope, stoppedAt, scripts, listened } = run
  const asked = restarts.get(scope)
  if (!asked || !isRestart(run) || (stoppedAt === null && !scripts)) return 'none'
  const known = listened.size > 0 || scripts?.added.some(({ count }) => count !== null) === true
  if (known || asked.left === 0) restarts.delete(scope)
  else restarts.set(scope, { at: now, left: asked.left - 1 })
  return known ? 'done' : asked.left > 0 ? 'again' : 'failed'
}

import type { WorkerProblem } from '../../protocol/worker-events'

/** Why the tracer can't do what it was asked for, where it knows that itself. */
export class TracerError extends Error {
  /** @param detail what the panel may show beside the reason */
  constructor(
    readonly reason: WorkerProblem['reason'],
    readonly detail = '',
  ) {
    super(reason)
  }
}

/** Why the tracer could not do something, for the panel. */
export function problemOf(error: unknown): WorkerProblem {
  if (error instanceof TracerError) return { reason: error.reason, detail: error.detail }
  return { reason: 'error', detail: error instanceof Error ? error.message : String(error) }
}

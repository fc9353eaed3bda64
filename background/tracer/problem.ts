import type { WorkerProblem } from '../../protocol/worker-events'

/** Why the tracer can't do what it was asked for, where it knows that itself. */
export class TracerError extends Error {
  constructor(readonly reason: WorkerProblem['reason']) {
    super(reason)
  }
}

/** Why the tracer could not do something, for the panel. */
export function problemOf(error: unknown): WorkerProblem {
  if (error instanceof TracerError) return { reason: error.reason, detail: '' }
  return { reason: 'error', detail: error instanceof Error ? error.message : String(error) }
}

import type { TracerState } from '../../protocol/worker-events'

type Failure = Pick<TracerState, 'reason' | 'detail'>

/** Why `chrome.debugger.attach()` refused, from the browser's message. */
export function attachFailure(error: unknown): Failure {
  const detail = error instanceof Error ? error.message : String(error)
  if (/already attached/i.test(detail)) return { reason: 'taken', detail }
  if (/policy|blocked by|not allowed by/i.test(detail)) return { reason: 'policy', detail }
  if (/cannot (access|attach)/i.test(detail)) return { reason: 'forbidden-page', detail }
  return { reason: 'other', detail }
}

/** Why a connection ended that nobody here ended. */
export function detachFailure(reason: string): Failure {
  if (reason === 'canceled_by_user') return { reason: 'cancelled', detail: reason }
  if (reason === 'target_closed') return { reason: 'closed', detail: reason }
  return { reason: 'taken', detail: reason }
}

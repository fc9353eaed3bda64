import type { Level } from '../describe/description'
import { ABORTED } from '../network/causes'
import type { Row } from '../session/view'
import { lacksBreakpoint } from '../workers/pauses'

/** The levels of the log, as in the Console, the most serious first. */
export const levels = ['error', 'warning', 'info', 'verbose'] as const satisfies readonly Level[]

/** Levels that are shown until others are chosen. */
export const defaultLevels: readonly Level[] = ['error', 'warning', 'info']

/**
 * Whether a row is Verbose: how the panel and its tracer are set up, which pages are watched, the lifecycle of workers, that
 * requests were sent and are over, and what the browser reports of the storage when the fetch's event has ended. Such a row never reports something that is wrong. It is
 * decided without the words of the row, as a long log is filtered by it.
 */
export function isVerbose({ kind, event, fetch, at, note }: Row): boolean {
  const { body } = event
  if (kind !== body.type) return false
  switch (body.type) {
    case 'watch-started':
    case 'storage-baseline':
    case 'worker-seen':
    case 'network-observed':
    case 'network-request':
      return true
    case 'network-end':
      return body.error === '' || body.error === ABORTED
    case 'frame':
      // A page whose fetches can't be seen is no detail.
      return body.error === '' && body.secure && body.supported && body.permission !== 'denied'
    case 'tracer':
      return body.state !== 'failed' && body.reason !== 'interrupted'
    case 'handler-breakpoints':
      return !lacksBreakpoint(body)
    case 'worker-state':
      return body.state !== 'redundant'
    case 'worker-stopped':
      return note === '' || body.how === 'gone' || body.how === 'untraced'
    case 'storage-changed':
      return fetch !== null && fetch.overAt !== null && at > fetch.overAt
    default:
      return false
  }
}

import type { SessionEvent } from '../../protocol/events'
import type { Recording } from '../store/database'

/** What a session hands on when the browser gives its tab another id. */
export interface HandedOver {
  readonly events: readonly SessionEvent[]
  /** The tab is recorded also without a panel. */
  readonly recording: Recording | undefined
  /** The tab has no page until somebody looks at it. */
  readonly discarded: boolean
  /** Called when all of it has been written down under the new id. */
  safe(): void
}

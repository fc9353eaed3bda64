import type { SessionEvent } from '../../../protocol/events'

/** What new attributes of a fetch that had begun say of the time before them: a row of its own. */
export interface Interruption {
  readonly kind: 'stalled' | 'restarted'
  readonly note: string
}

/** What a row reports: its event, or what follows from events. */
export type RowKind =
  | SessionEvent['body']['type']
  | Interruption['kind']
  | 'waits'
  | 'ended-unseen'
  | 'planned-abort-lost'
  | 'not-traced'
  | 'script-finding'
  | 'verdict'

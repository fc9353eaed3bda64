import type { DatabaseProblem } from '../../../protocol/database-problem'
import type { BodyOf } from '../../../protocol/events'
import type { AbortSeries } from './plans/abort-series'
import type { Fetch, PlannedAbort, Row, Worker } from './view'

export interface Frame extends Omit<BodyOf<'frame'>, 'type'> {
  readonly document: string
  readonly storageKey: string
  /** Its storage was read long enough ago for a fetch that begins to be compared with it. */
  readonly storageRead: boolean
  /** It has listed the fetches of all registrations. */
  readonly listed: boolean
}

/** All that the panel shows, as it follows from the events. */
export interface View {
  readonly fetches: readonly Fetch[]
  readonly rows: readonly Row[]
  readonly frames: ReadonlyMap<string, Frame>
  /** Storage keys whose page reported that it is offline (`navigator.onLine`). */
  readonly offline: ReadonlySet<string>
  readonly unreachable: BodyOf<'unreachable'> | null
  readonly watching: boolean
  /** Since when the tab is recorded also without a panel; null while it is not. */
  readonly recordingSince: number | null
  /** Runs of workers, in the order in which they were seen. */
  readonly workers: readonly Worker[]
  readonly tracer: BodyOf<'tracer'> | null
  /** Why what is recorded is in memory only; null while it is saved. */
  readonly notSaved: DatabaseProblem | null
  /** Since when requests of fetches are observed; null while they are not. */
  readonly networkSince: number | null
  /** Aborts that were planned and have not happened. */
  readonly plannedAborts: readonly PlannedAbort[]
  /** Abort series, in the order in which they were started. */
  readonly abortSeries: readonly AbortSeries[]
  /** Events that the journal dropped. */
  readonly dropped: number
}

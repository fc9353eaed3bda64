import type { BodyOf } from '../../../protocol/events'
import type { SyntheticOutcome } from '../../../protocol/synthetic-events'
import type { WorkerBody } from '../../../protocol/worker-events'
import type { How } from './inject'

export type Emit = (body: WorkerBody, at?: number) => void

export interface WorkerRun {
  /**
   * Puts the probe in. Rejects when the worker can't be traced.
   *
   * @param sent is called once, when a command that lets the worker go on may be sent: a worker takes commands in
   * their order
   * @param isNew it has never been active, as far as is known: its calls are watched when it is, as that would make
   * its installation longer
   */
  install(how: How, sent?: () => void, isNew?: boolean): Promise<void>
  event(method: string, params: Record<string, unknown>): void
  /** Runs the handlers of an event that the probe makes, for the fetch of this ID; rejects where the worker is not traced. */
  dispatch(id: string): Promise<SyntheticOutcome>
  /** Since when each call of `abort()` by its script is reported, in epoch milliseconds; null where not all are. */
  readonly callsWatchedSince: number | null
  /** The worker was seen to be active. */
  readonly activated: boolean
  /** A person has chosen other events to pause on. */
  pauseChosen(): void
  /** Takes the probe out again. */
  undo(): Promise<void>
  /**
   * The run is over.
   *
   * @param ready when to tell so, if not at once
   */
  end(how: BodyOf<'worker-stopped'>['how'], ready?: Promise<void>): void
}

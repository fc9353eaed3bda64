import type { SyntheticOutcome } from '../../protocol/synthetic-events'
import type { MeetCall } from './calls'
import type { MeetHandler } from './meet-handler'

/** What the tracer holds of the probe; the script has no way to it. */
export interface Probe {
  /** Scope and state of the worker, as JSON: the script may have its own idea of JSON. '' as long as it has none. */
  readonly facts: string
  /** How many listeners each event has, as JSON; null where the script ran before the probe, or may have. */
  readonly handlers: string
  /** The name of the binding that its messages are sent by, which the tracer is to add; '' as long as there can be none. */
  open(): string
  /** The binding is added: sends what waited for it, and says whether it has come here. */
  begin(): boolean
  /** What may be the binding, or a handler that the script has set meanwhile; undefined behind the last one. */
  candidate(i: number): unknown
  /** The candidate of this number is the binding. */
  accept(i: number): void
  /** The tracer is still there. */
  renew(): void
  /** Takes everything back. Returns false when the script wrapped a wrapper, which stays as a pass-through. */
  undo(): boolean
  /** The promise that a call of `updateUI()` returned. */
  update(event: number, n: number): unknown
  /** For the conditions of breakpoints on `fetch()` and `abort()`. */
  readonly meetCall: MeetCall
  /** Runs the handlers of an event that the browser's own UI has to be clicked for, for the fetch of this ID. */
  dispatch(id: string): Promise<SyntheticOutcome>
  /** Reports from now on when the script adds a listener. */
  announceListeners(): void
  /** The listeners of an event that are known, with the handler in its `on…` attribute. */
  listenersOf(name: string): readonly unknown[]
  /** For the conditions of breakpoints at the first lines of handlers. */
  readonly meetHandler: MeetHandler
}

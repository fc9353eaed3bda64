import type { ProbeBody } from '../../protocol/probe-events'
import { indexOf, now } from './primordials'

/**
 * What the conditions of breakpoints at the first lines of handlers call: whether the worker pauses there. A function may handle
 * several events, and be called by the script itself.
 *
 * @param point which breakpoint
 * @param names of the events at whose handlers the worker pauses, with commas
 * @param parameter what the function was called with, in a list, where that is known
 */
export type MeetHandler = (point: number, names: string, parameter?: readonly unknown[]) => boolean

/** An event whose listeners run. */
export interface Dispatching {
  readonly name: string
  readonly event: number
}

interface Needs {
  /** The event whose listeners run, as far as it was seen. */
  dispatching(): Dispatching | undefined
  /** Whether each event is seen before the script's first listener runs. */
  seesAll(): boolean
  /** Takes the event in, if it is one that is traced. */
  find(event: unknown): unknown
  send(body: ProbeBody, at: number): void
}

/** Says whether a worker pauses at the first line of a handler, and reports that it is about to. It never throws. */
export const createMeetHandler =
  ({ dispatching, seesAll, find, send }: Needs): MeetHandler =>
  (point, names, parameter) => {
    try {
      // The script has called its function itself: with something else, or when no listener runs.
      if (parameter !== undefined && find(parameter[0]) === undefined) return false
      const one = dispatching()
      if (!one && (seesAll() || parameter !== undefined)) return false
      if (one && indexOf(names, one.name) < 0) return false
      send({ type: 'breakpoint-met', worker: '', point, event: one?.event ?? null }, now())
      return true
    } catch {
      // What was asked can't be known: the script goes on.
      return false
    }
  }

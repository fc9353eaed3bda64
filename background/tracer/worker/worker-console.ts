import type { BodyOf } from '../../../protocol/events'
import { createBursts } from './bursts'
import { readConsole, readException, readRevoked } from './console-entry'
import type { Entry } from './console-feed'
import type { OpenEvents } from './open-events'

export type ConsoleReport =
  | Omit<BodyOf<'console'>, 'worker'>
  | Omit<BodyOf<'exception'>, 'worker'>
  | Omit<BodyOf<'rejection-handled'>, 'worker'>
  | Omit<BodyOf<'console-counted'>, 'worker'>

/** Of so many exceptions it is noticed that they were handled later. */
const MAX_REVOCABLE = 1000

export interface WorkerConsole {
  take(entry: Entry): void
  /** A rejection was handled that may have been reported as an exception. */
  revoked(params: Record<string, unknown>): void
  /** Something may have been logged that is not known. */
  missed(): void
  /** An event begins: what was logged before it is no part of it. */
  before(): void
  /** The event is over. */
  end(event: number): void
  endAll(): void
}

/** Turns what a worker logs into reports: of each of its events the first in full, and how many more there are. */
export function createWorkerConsole(
  open: OpenEvents,
  report: (body: ConsoleReport, at?: number) => void,
): WorkerConsole {
  const bursts = createBursts((event, count, atLeast) => {
    report({ type: 'console-counted', event, count, ...(atLeast ? { atLeast } : {}) })
  })
  /** The events of exceptions that were reported, by the exceptions' numbers. */
  const exceptions = new Map<number, number | null>()
  const missed = () => {
    const events = [...open.all()]
    if (events.length === 0) bursts.missed(null)
    for (const event of events) bursts.missed(event)
  }
  return {
    take({ kind, timestamp, params }) {
      const { event, byHandler } = open.current()
      const body = kind === 'exception' ? readException(params) : readConsole(params)
      if (!body) return missed()
      if (body.type === 'exception') {
        const { exception } = body
        if (exception !== undefined) exceptions.set(exception, event)
        const [oldest] = exceptions.keys()
        if (oldest !== undefined && exceptions.size > MAX_REVOCABLE) exceptions.delete(oldest)
        return report({ ...body, event, byHandler }, timestamp)
      }
      if (bursts.admits(event, body.level === 'error')) report({ ...body, event }, timestamp)
    },
    revoked(params) {
      const exception = readRevoked(params)
      const event = exception === undefined ? undefined : exceptions.get(exception)
      if (exception === undefined || event === undefined) return
      exceptions.delete(exception)
      report({ type: 'rejection-handled', event, exception })
    },
    missed,
    before: () => bursts.end(null),
    end: bursts.end,
    endAll: bursts.endAll,
  }
}

import type { BodyOf, SessionEvent } from '../../../../protocol/events'
import type { Thrown } from '../../../../protocol/worker-fields'
import type { TracedEvent } from '../../session/view'

/** A rejection that nobody caught is reported within this time of when it is known, or of the end of its event, in milliseconds. */
const SOON = 1000
/** How many different reasons are kept of an event, and how many exceptions that no reason is known of. */
const REASONS = 1000

export interface Uncaught {
  /** A promise of the event was rejected at this time. */
  rejected(traced: TracedEvent | undefined, error: Thrown, at: number): void
  /** The event is over; what it waited for may be reported as uncaught yet. */
  done(traced: TracedEvent): void
  /** An exception came while these events were open: it may be the report of a rejection of one of them. */
  came(open: readonly TracedEvent[], event: SessionEvent, body: BodyOf<'exception'>): void
  /** An event that is over with a rejection that this reports. */
  causeOf(event: SessionEvent, body: BodyOf<'exception'>): TracedEvent | undefined
  forget(): void
}

/** Finds which event an uncaught rejection belongs to. Each rejection is reported once. */
export function createUncaught(): Uncaught {
  /** How many rejections of an event are not reported yet, by their message. */
  const reasons = new WeakMap<TracedEvent, Map<string, number>>()
  /** Events that are over, the oldest first. */
  let recent: TracedEvent[] = []
  /** Exceptions that came before a rejection was known which they may report, the oldest first. */
  let early: { readonly at: number; readonly message: string; readonly open: readonly TracedEvent[] }[] = []

  const use = (traced: TracedEvent, message: string): boolean => {
    const known = reasons.get(traced)
    const count = known?.get(message) ?? 0
    if (count > 0) known?.set(message, count - 1)
    return count > 0
  }
  return {
    rejected(traced, { message }, at) {
      if (!traced) return
      const reported = early.findIndex(
        (one) => one.message === message && Math.abs(at - one.at) < SOON && one.open.includes(traced),
      )
      if (reported >= 0) {
        early.splice(reported, 1)
        return
      }
      const known = reasons.get(traced) ?? new Map<string, number>()
      reasons.set(traced, known)
      if (known.has(message) || known.size < REASONS) known.set(message, (known.get(message) ?? 0) + 1)
    },
    done(traced) {
      if (!reasons.has(traced)) return
      const { doneAt } = traced
      recent = recent.filter((one) => (doneAt ?? 0) - (one.doneAt ?? 0) < SOON)
      recent.push(traced)
    },
    came(open, { at }, { error: { message }, byHandler }) {
      // What a listener throws is no rejection.
      if (byHandler || open.length === 0 || open.some((traced) => use(traced, message))) return
      early.push({ at, message, open: [...open] })
      if (early.length > REASONS) early.shift()
    },
    causeOf: ({ at }, { worker, error }) =>
      recent.findLast(
        (traced) =>
          traced.dispatched.worker === worker &&
          at - (traced.doneAt ?? 0) < SOON &&
          use(traced, error.message),
      ),
    forget() {
      recent = []
      early = []
    },
  }
}

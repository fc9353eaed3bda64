import { MAX_ERRORS } from '../../../../protocol/context/kept-errors'
import type { BodyOf, SessionEvent } from '../../../../protocol/events'
import type { Fetch, SharedError, TracedEvent } from '../../session/view'
import { removeShared } from './shared-errors'

/** Of so many exceptions it is remembered of which event they are. */
const MAX_REVOCABLE = 10_000

/** Rejections that were reported as uncaught exceptions, and may be handled later: then they are no errors of their events. */
export interface HandledLater {
  /** A listener of the event threw. */
  threw(traced: TracedEvent, event: SessionEvent, body: BodyOf<'exception'>): void
  /** An exception came that is of this event, where that is known. */
  thrown(
    event: SessionEvent,
    body: BodyOf<'exception'>,
    traced: TracedEvent | undefined,
    shared?: SharedError | null,
  ): void
  /** Takes it back from the events that had it; returns what reported it, where that is known, and these. */
  revoke(body: BodyOf<'rejection-handled'>): Revoked | undefined
  /** It was taken back. */
  isHandled(event: SessionEvent): boolean
  /** Drops what is of no event that goes on, of none of these fetches, and may not have been thrown by the handler of one of them. */
  forget(fetches: readonly Fetch[]): void
}

interface Revoked {
  readonly thrown: SessionEvent
  readonly from: readonly TracedEvent[]
}

interface Known {
  readonly event: SessionEvent
  readonly of: TracedEvent | undefined
  /** It was of no event that is known when it came. */
  readonly shared: SharedError | null
}

export function createHandledLater(): HandledLater {
  const exceptions = new Map<string, Known>()
  /** What was taken for an exception of a listener. */
  const threw = new WeakMap<TracedEvent, SessionEvent[]>()
  const revoked = new WeakSet<SessionEvent>()
  const keyOf = (worker: string, exception: number) => `${worker}:${exception}`

  const messageOf = ({ body }: SessionEvent) => (body.type === 'exception' ? body.error.message : '')
  const setThrown = (traced: TracedEvent, all: readonly SessionEvent[]) => {
    traced.threw = all.length > 0
    traced.thrown = all.map(messageOf).find(Boolean) ?? ''
  }
  return {
    threw(traced, event) {
      const all = threw.get(traced) ?? []
      threw.set(traced, all)
      if (all.length < MAX_ERRORS) all.push(event)
      else traced.errorsDropped = true
      setThrown(traced, all)
    },
    thrown(event, { worker, exception }, of, shared) {
      if (exception === undefined) return
      const key = keyOf(worker, exception)
      exceptions.set(key, { event, of, shared: shared ?? exceptions.get(key)?.shared ?? null })
      const [oldest] = exceptions.keys()
      if (oldest !== undefined && exceptions.size > MAX_REVOCABLE) exceptions.delete(oldest)
    },
    revoke({ worker, exception }) {
      const known = exceptions.get(keyOf(worker, exception))
      if (!known) return undefined
      exceptions.delete(keyOf(worker, exception))
      const { event, of, shared } = known
      revoked.add(event)
      const from = [...removeShared(shared?.open ?? [], new Set([event]))]
      const at = of?.errors.findIndex((one) => one.event === event) ?? -1
      if (of && at >= 0) {
        of.errors.splice(at, 1)
        from.push(of)
      }
      const all = of && threw.get(of)
      if (of && all?.includes(event)) {
        all.splice(all.indexOf(event), 1)
        setThrown(of, all)
        from.push(of)
      }
      return { thrown: event, from }
    },
    isHandled: (event) => revoked.has(event),
    forget(fetches) {
      const remaining = new Set(fetches)
      const stray = new Set(fetches.flatMap((fetch) => fetch.strayExceptions.map((one) => one.event)))
      const stays = ({ fetch, doneAt, cutAt }: TracedEvent) =>
        (doneAt === null && cutAt === null) || (fetch !== null && remaining.has(fetch))
      for (const [key, { event, of, shared }] of exceptions) {
        if (stray.has(event) || (of && stays(of)) || shared?.open.some(stays)) continue
        exceptions.delete(key)
      }
    },
  }
}

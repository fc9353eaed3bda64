import { MAX_ERRORS } from '../../../../protocol/context/kept-errors'
import type { BodyOf, SessionEvent } from '../../../../protocol/events'
import type { TracedEvent } from '../../session/view'

/** Of so many exceptions it is remembered of which event they are. */
const MAX_REVOCABLE = 10_000

/** Rejections that were reported as uncaught exceptions, and may be handled later: then they are no errors of their events. */
export interface HandledLater {
  /** A listener of the event threw. */
  threw(traced: TracedEvent, event: SessionEvent, body: BodyOf<'exception'>): void
  /** An exception came that is of this event, where that is known. */
  thrown(event: SessionEvent, body: BodyOf<'exception'>, traced: TracedEvent | undefined): void
  /** Takes it back from its event; returns what reported it, where that is known. */
  revoke(body: BodyOf<'rejection-handled'>): SessionEvent | undefined
}

export function createHandledLater(): HandledLater {
  const exceptions = new Map<string, { readonly event: SessionEvent; readonly of: TracedEvent | undefined }>()
  /** What was taken for an exception of a listener. */
  const threw = new WeakMap<TracedEvent, SessionEvent[]>()
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
    thrown(event, { worker, exception }, of) {
      if (exception === undefined) return
      exceptions.set(keyOf(worker, exception), { event, of })
      const [oldest] = exceptions.keys()
      if (oldest !== undefined && exceptions.size > MAX_REVOCABLE) exceptions.delete(oldest)
    },
    revoke({ worker, exception }) {
      const known = exceptions.get(keyOf(worker, exception))
      if (!known) return undefined
      exceptions.delete(keyOf(worker, exception))
      const { event, of } = known
      const at = of?.errors.findIndex((one) => one.event === event) ?? -1
      if (at >= 0) of?.errors.splice(at, 1)
      const all = of && threw.get(of)
      if (of && all?.includes(event)) {
        all.splice(all.indexOf(event), 1)
        setThrown(of, all)
      }
      return event
    },
  }
}

import { MAX_ERRORS } from '../../../../protocol/context/kept-errors'
import type { Body, SessionEvent } from '../../../../protocol/events'
import type { SharedError, TracedEvent } from '../../session/view'

/** A rejection is reported as uncaught within this time of when its promise was seen to be rejected, in milliseconds. */
const SOON = 1000

/** What an error says that was written to the console, or thrown where nobody caught it; null of anything else. */
export const errorText = (body: Body): string | null => {
  if (body.type === 'exception') return body.error.message
  return body.type === 'console' && body.level === 'error' ? body.text : null
}

/**
 * Notes an error for the events of its worker that are open, as it is not known of which it is.
 *
 * @param cause an event that is over whose rejection it is
 */
export function addShared(
  open: readonly TracedEvent[],
  event: SessionEvent,
  cause: TracedEvent | undefined,
): SharedError | null {
  const message = errorText(event.body)
  if (message === null || open.length === 0) return null
  const error: SharedError = { event, message, isExplained: cause !== undefined, open: [...open] }
  for (const traced of open) {
    // Those that are kept may be taken back, or turn out to be of another event.
    if (traced.shared.length >= MAX_ERRORS) traced.errorsDropped = true
    else traced.shared.push(error)
  }
  return error
}

/** These turned out to be of another event, or no errors. Returns the events that had them. */
export function removeShared(
  open: readonly TracedEvent[],
  events: ReadonlySet<SessionEvent>,
): readonly TracedEvent[] {
  if (events.size === 0) return []
  return open.filter(({ shared }) => {
    const rest = shared.filter(({ event }) => !events.has(event))
    return shared.splice(0, shared.length, ...rest).length > rest.length
  })
}

/** Rejections of promises that one of the events waited for: each is reported as one exception. */
function createRejections() {
  const used = new Set<object>()
  return ({ event, message, open }: SharedError): boolean => {
    if (event.body.type !== 'exception') return false
    for (const { waited } of open) {
      const one = waited.find(
        (promise) =>
          promise.error?.message === message &&
          Math.abs((promise.settledAt ?? 0) - event.at) < SOON &&
          !used.has(promise),
      )
      if (one) return used.add(one) !== undefined
    }
    return false
  }
}

/** How far the clocks of page and worker may be apart, in milliseconds. */
const CLOCKS = 50

/**
 * Errors in its worker that may be of this event or of another one that was open at that time.
 *
 * @param overAt when the event was over for the page
 */
export function mayBeItsOwn(
  { shared }: TracedEvent,
  overAt: number | null,
): { readonly thrown: readonly SharedError[]; readonly logged: readonly SharedError[] } {
  const isRejection = createRejections()
  const until = (overAt ?? Number.POSITIVE_INFINITY) + CLOCKS
  const own = shared.filter((one) => one.event.at <= until && !one.isExplained && !isRejection(one))
  return {
    thrown: own.filter(({ event }) => event.body.type === 'exception'),
    logged: own.filter(({ event }) => event.body.type === 'console'),
  }
}

import type { EventTargetMethods } from './event-target'
import { isDispatching } from './primordials'
import type { TracedEvent } from './traced-event'

/** What the browser dispatches before it reports an exception that nobody caught, or the rejection of a promise. */
const uncaught = ['error', 'unhandledrejection']

/** The events whose listeners run, as far as it is known. */
export interface Running {
  /** The listeners of this event are called now. */
  add(seen: Event, traced: TracedEvent): void
  /** Looks which events are still being dispatched. */
  look(): void
  /** Looks before each exception that nobody catches. */
  listen(): void
  undo(): void
}

interface One {
  readonly seen: Event
  readonly traced: TracedEvent
  /** The event in whose listener this one was dispatched, if that has not returned. */
  readonly outer: One | undefined
}

/**
 * Notices that the listeners of an event have returned before something else throws: after an `on…` attribute that was set
 * later, or `stopImmediatePropagation()`, no listener of the probe is called.
 */
export function watchRunning({ addListener, removeListener }: EventTargetMethods): Running {
  let last: One | undefined
  const look = () => {
    while (last && !isDispatching(last.seen)) {
      last.traced.listenerReturned()
      last = last.outer
    }
  }
  return {
    add(seen, traced) {
      look()
      last = { seen, traced, outer: last }
    },
    look,
    listen() {
      for (let i = 0; i < uncaught.length; i++) addListener(globalThis, uncaught[i] ?? '', look)
    },
    undo() {
      for (let i = 0; i < uncaught.length; i++) removeListener(globalThis, uncaught[i] ?? '', look)
    },
  }
}

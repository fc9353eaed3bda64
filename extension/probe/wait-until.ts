import type { RefusalReason } from '../../protocol/probe-events'
import { follow, isPlain } from './follow'
import { argumentOf, attributeOf, hasOwn } from './primordials'
import { callerLocation, thrown } from './thrown'
import type { Given, TracedEvent } from './traced-event'
import { type Unwrap, wrap, wrapAttribute } from './wrap'

/** The traced event that `waitUntil()` or `updateUI()` was called on; undefined for any other. */
type Find = (event: unknown) => TracedEvent | undefined

/** The interfaces of the worker's global scope that are wrapped; lib.dom knows neither. */
const scope = globalThis as {
  ExtendableEvent?: { prototype: object }
  BackgroundFetchEvent?: { prototype: object }
  BackgroundFetchUpdateUIEvent?: { prototype: object }
}

/** What was given to `waitUntil()`, without running the script's code. */
export function kindOf(value: unknown): Given {
  try {
    if (typeof value === 'function') return 'then' in value ? 'thenable' : 'function'
    if (typeof value !== 'object' || value === null) return 'value'
    if (isPlain(value)) return hasOwn(value, 'then') ? 'thenable' : 'promise'
    return 'then' in value ? 'thenable' : 'value'
  } catch {
    // A hostile object; the browser will make of it what it can.
    return 'thenable'
  }
}

const exceptionName = attributeOf(DOMException.prototype, 'name')

function reasonOf(error: unknown, args: readonly unknown[]): RefusalReason {
  if (args.length === 0) return 'no-argument'
  try {
    return exceptionName(error as object) === 'InvalidStateError' ? 'event-over' : 'other'
  } catch {
    // No DOMException: what a getter of the script throws goes through the method.
    return 'other'
  }
}

/** Follows every `waitUntil()`. https://w3c.github.io/ServiceWorker/#dom-extendableevent-waituntil */
export function watchWaitUntil(find: Find, wanted: () => boolean): Unwrap {
  const owner = scope.ExtendableEvent
  if (!owner) return () => true
  let given: Given = 'value'
  return wrap(
    owner.prototype,
    'waitUntil',
    (self, args, called) => {
      given = 'value'
      const value = argumentOf(args, 0)
      const traced = find(self)
      if (!traced) return
      const kind = kindOf(value)
      given = kind
      const location = traced.counts ? null : callerLocation(called)
      return (outcome) => {
        if (outcome.threw) {
          const error = traced.counts ? null : thrown(outcome.error)
          return traced.waitUntilRefused(error, reasonOf(outcome.error, args), location)
        }
        const n = traced.waitUntil(kind, location)
        if (kind === 'promise') follow(value, traced, n)
        // The script's own then() must not be called twice: how a foreign thenable ends is not known.
        else if (kind !== 'thenable') traced.promiseSettled(n, null)
      }
    },
    wanted,
    () => given === 'thenable',
  )
}

/** Follows every `updateUI()`. https://wicg.github.io/background-fetch/#background-fetch-update-ui-event */
export function watchUpdateUI(find: Find, wanted: () => boolean): Unwrap {
  const owner = scope.BackgroundFetchUpdateUIEvent
  if (!owner) return () => true
  return wrap(
    owner.prototype,
    'updateUI',
    (self, args, called) => {
      const options = argumentOf(args, 0)
      const traced = find(self)
      if (!traced) return
      const location = callerLocation(called)
      return (outcome) => {
        if (!outcome.threw) traced.updateUI(options, outcome.value, location)
      }
    },
    wanted,
    () => true,
  )
}

/** Sees an event by the first thing that a handler does with it, where the probe has no listener of its own. */
export function watchRegistration(find: Find, wanted: () => boolean): Unwrap {
  const owner = scope.BackgroundFetchEvent
  return owner ? wrapAttribute(owner.prototype, 'registration', find, wanted) : () => true
}

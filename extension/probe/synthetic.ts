import { SYNTHETIC_EVENT } from '../../protocol/event-names'
import type { SyntheticOutcome } from '../../protocol/synthetic-events'
import { resultOf } from './dispatched'
import { REPLACED } from './natives'
import {
  argumentOf,
  captureStack,
  defineProperty,
  getDescriptor,
  hasOwn,
  later,
  scopeGetter,
  textOfFunction,
  uncurry,
} from './primordials'
import { callerLocation, thrown } from './thrown'
import type { TracedEvent } from './traced-event'
import { kindOf } from './wait-until'

type EventConstructor = new (name: string, init: object) => Event
type Constructor<A extends unknown[]> = new (...args: A) => Error

/**
 * A function of the browser, as it is when a person asks for something: nothing of it is taken before.
 *
 * @throws `REPLACED` where the script has put something else in its place
 */
function builtIn<T>(owner: object, name: string, kind: 'value' | 'get' = 'value'): T {
  const descriptor = getDescriptor(owner, name)
  const one: unknown = descriptor && hasOwn(descriptor, kind) ? descriptor[kind] : undefined
  const text = `function ${kind === 'get' ? 'get ' : ''}${name}() { [native code] }`
  if (typeof one !== 'function' || textOfFunction(one) !== text) throw REPLACED
  return one as T
}

/** The prototype of an interface of the browser; it can't be replaced in it. */
const prototypeOf = (name: string): object =>
  builtIn<{ readonly prototype: object }>(globalThis, name).prototype

/** The fetch of this ID, if it runs. */
async function activeFetch(id: string): Promise<object | undefined> {
  const registration = scopeGetter('registration')
  if (!registration) throw REPLACED
  const managerOf = builtIn<(this: object) => object>(
    prototypeOf('ServiceWorkerRegistration'),
    'backgroundFetch',
    'get',
  )
  const get = builtIn<(this: object, id: string) => Promise<object | undefined>>(
    prototypeOf('BackgroundFetchManager'),
    'get',
  )
  const fetch = await uncurry(get)(uncurry(managerOf)(registration() as object), id)
  return fetch && resultOf(fetch) === '' ? fetch : undefined
}

/** The exceptions that `waitUntil()` throws, taken before an event is made. */
function exceptions() {
  const TypeErrorOf = builtIn<Constructor<[string]>>(globalThis, 'TypeError')
  const ExceptionOf = builtIn<Constructor<[string, string]>>(globalThis, 'DOMException')
  const failed = "Failed to execute 'waitUntil' on 'ExtendableEvent': "
  return {
    'no-argument': () => new TypeErrorOf(`${failed}1 argument required, but only 0 present.`),
    'event-over': () =>
      new ExceptionOf(
        `${failed}The event handler is already finished and no extend lifetime promises are outstanding.`,
        'InvalidStateError',
      ),
  }
}

/**
 * Gives this one event a `waitUntil()` of its own, as the browser's refuses events that a script made. It takes, refuses and waits as
 * the browser's does, and keeps no worker alive.
 *
 * @returns is to be called when the listeners have run, and what they had put off to the end of the task
 */
function addWaitUntil(
  event: Event,
  traced: TracedEvent,
  exceptionOf: ReturnType<typeof exceptions>,
): () => void {
  let dispatching = true
  let pending = 0

  const awaitValue = async (value: unknown, n: number, reported: boolean) => {
    try {
      await value
      if (reported) traced.promiseSettled(n, null)
    } catch (error) {
      if (reported) traced.promiseSettled(n, thrown(error))
      // The browser reports it as uncaught too.
      throw error
    } finally {
      // A reaction of the same promise may still call waitUntil().
      await undefined
      pending--
    }
  }

  const { waitUntil } = {
    waitUntil(...args: unknown[]) {
      const location = traced.counts ? null : callerLocation(waitUntil)
      const isOver = !dispatching && pending === 0
      if (args.length === 0 || isOver) {
        const why = args.length === 0 ? 'no-argument' : 'event-over'
        const error = exceptionOf[why]()
        captureStack(error, waitUntil)
        traced.waitUntilRefused(thrown(error), why, location)
        throw error
      }
      const value = argumentOf(args, 0)
      const kind = kindOf(value)
      const n = traced.waitUntil(kind, location)
      const waits = kind === 'promise' || kind === 'thenable'
      if (!waits) return traced.promiseSettled(n, null)
      pending++
      // How a foreign thenable ends is not known of the browser's events either.
      void awaitValue(value, n, kind === 'promise')
    },
  }
  defineProperty(waitUntil, 'length', { __proto__: null, value: 1 } as PropertyDescriptor)
  const own = { __proto__: null, value: waitUntil, writable: true, enumerable: false, configurable: true }
  defineProperty(event, 'waitUntil', own as PropertyDescriptor)
  return () => {
    dispatching = false
  }
}

/**
 * Runs the worker's handlers for an event that the browser can't be made to fire, with an event that the probe makes. Nothing but
 * that one event is changed for the script.
 *
 * @param listeners how many listeners it has; null where that is not known
 * @param trace traces the event that was made
 * @returns resolves with what was done for the fetch of an ID; rejects with `REPLACED` where a built-in that is needed is not the browser's
 */
export function createDispatch(
  listeners: () => number | null,
  trace: (event: Event) => TracedEvent,
): (id: string) => Promise<SyntheticOutcome> {
  return async (id) => {
    if (listeners() === 0) return 'no-listener'
    const EventOf = builtIn<EventConstructor>(globalThis, 'BackgroundFetchEvent')
    const dispatch = builtIn<(this: object, event: Event) => boolean>(
      prototypeOf('EventTarget'),
      'dispatchEvent',
    )
    const registration = await activeFetch(id)
    if (!registration) return 'no-fetch'
    const exceptionOf = exceptions()
    const event = new EventOf(SYNTHETIC_EVENT, { __proto__: null, registration } as object)
    // Before: what is reported of it begins with that it was dispatched.
    const traced = trace(event)
    later(addWaitUntil(event, traced, exceptionOf), 0)
    uncurry(dispatch)(globalThis, event)
    return 'dispatched'
  }
}

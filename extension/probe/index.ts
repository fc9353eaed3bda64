import { type BackgroundFetchEventName, eventNames, SYNTHETIC_EVENT } from '../../protocol/event-names'
import type { ProbeBody } from '../../protocol/probe-events'
import { createMeetCall } from './calls'
import { createChannel } from './channel'
import { describeEvent, findRegistration, registrationOf } from './dispatched'
import { sendRequests } from './event-requests'
import { eventTarget } from './event-target'
import { type How, watchListeners } from './listeners'
import { createMeetHandler, type Dispatching } from './meet-handler'
import {
  bare,
  cancelLater,
  isDispatching,
  later,
  list,
  mapGet,
  mapSet,
  NativeWeakMap,
  now,
  stringify,
  timeOf,
  typeOf,
} from './primordials'
import type { Probe } from './probe'
import { watchRunning } from './running'
import { watchState } from './state'
import { createDispatch } from './synthetic'
import { createTracedEvent, type TracedEvent } from './traced-event'
import { watchRegistration, watchUpdateUI, watchWaitUntil } from './wait-until'
import { agree, disguise } from './wrap'

/** How long the probe stays without a word from the tracer, in milliseconds. */
const LEASE = 15_000

/**
 * Watches the `backgroundfetch*` events of the service worker that it is evaluated in. It looks at the real
 * events, and leaves no trace: everything is undone when the tracer says so or is not heard of any more.
 *
 * @param binding name of what its messages are sent by, which the tracer has added or adds now; null where it is to be asked for
 * @param how says whether the script has run
 * @param secret the same for all probes of this worker, and not known to the script
 * @param shared there may be another probe in this worker
 * @param key each message begins with it
 */
export function probe(binding: string | null, how: How, secret: string, shared: boolean, key: string): Probe {
  const channel = createChannel(binding)
  const send = (body: ProbeBody, at: number) => channel.send(key + stringify(bare({ at, body })))
  agree(secret, shared)
  findRegistration()
  const target = eventTarget()
  const { addListener, removeListener } = target
  const running = watchRunning(target)

  const events = new NativeWeakMap<object, TracedEvent>()
  const updates = list<{ event: number; n: number; promise: unknown }>()
  let count = 0

  /** The event is seen first by whoever comes first: the first listener, or the script's waitUntil(). */
  const find = (event: unknown): TracedEvent | undefined => {
    if (typeof event !== 'object' || event === null) return undefined
    const known = mapGet(events, event) as TracedEvent | undefined
    if (known) return known
    try {
      registrationOf(event)
    } catch {
      // An event of another kind.
      return undefined
    }
    return trace(event as Event, false)
  }

  /** The end of the listener that runs; the next one of its event may follow. */
  const afterListener = async (traced: TracedEvent) => {
    await undefined
    traced.listenerReturned()
  }

  const trace = (seen: Event, synthetic: boolean): TracedEvent => {
    const name = typeOf(seen) as BackgroundFetchEventName
    const number = count + 1
    // The first that was done with it was done by a task of its own.
    const late = !synthetic && !isDispatching(seen)
    const dispatched = describeEvent(seen, number, listeners.of(name), { synthetic, late })
    send(dispatched, timeOf(seen))
    count = number
    void sendRequests(dispatched, seen, send)
    listeners.dispatched(name)
    const traced = createTracedEvent(number, send, (n, promise) => {
      updates[updates.length] = { event: number, n, promise }
    })
    mapSet(events, seen, traced)
    if (late) {
      traced.returned(null)
      return traced
    }
    // stopImmediatePropagation() keeps the last listener from being called.
    const run = { name, handlers: dispatched.type === 'dispatched' ? dispatched.handlers : null, passed: 0 }
    current = run
    const one = { name, event: number }
    dispatching = one
    running.add(seen, traced)
    later(() => {
      if (dispatching === one) dispatching = undefined
      traced.returned(listeners.areCounted(name) ? run.passed + 1 : null)
      running.look()
    }, 0)
    // Another task may run before that one, and nobody looks before it throws.
    if (!listening && !synthetic) void afterListener(traced)
    return traced
  }

  const head = (event: Event) => {
    try {
      find(event)
    } catch {
      // What the script made of the event can't be read; it must not hear of it.
    }
  }
  const placedAfter = bare({}) as Record<string, boolean>
  const tail = (event: Event) => {
    try {
      const traced = find(event)
      const name = typeOf(event)
      // An `on…` property that was set since may still have its turn.
      if (placedAfter[name] || !listeners.hasProperty(name)) {
        dispatching = undefined
        traced?.returned(current?.name === name && listeners.areCounted(name) ? current.handlers : null)
      }
    } catch {
      // As above.
    }
  }
  /** The event whose listeners run, and how many of the script's have run and let the next one run. */
  let current: { readonly name: string; readonly handlers: number | null; passed: number } | undefined
  let dispatching: Dispatching | undefined
  const marks = list<{ name: string; mark: () => void }>()
  const markOf = (name: string) => {
    const mark = () => {
      if (current?.name === name) current.passed++
    }
    marks[marks.length] = { name, mark }
    return mark
  }
  /** Listeners run in the order in which they were added: after each of the script's, the last goes last. */
  const goLast = (name: string, isNew = false) => {
    if (!listening) return
    if (isNew) addListener(globalThis, name, markOf(name))
    removeListener(globalThis, name, tail)
    addListener(globalThis, name, tail)
    placedAfter[name] = listeners.hasProperty(name)
  }
  /**
   * Listens from before the script's first listener on. A script that has been evaluated is not listened
   * beside: the browser would write a warning to the console for each listener.
   */
  let listening = false
  let announced = false
  /** The probe's listener is the first for every event. */
  let first = false
  const listen = () => {
    listening = first = true
    running.listen()
    for (let i = 0; i < eventNames.length; i++) {
      const name = eventNames[i] ?? ''
      // An `on…` attribute that was set before it has its turn before it.
      if (listeners.hasProperty(name)) first = false
      addListener(globalThis, name, head)
      goLast(name)
    }
  }

  const added = (name: string, isNew: boolean) => {
    goLast(name, isNew)
    if (announced) send({ type: 'listeners-changed', worker: '' }, now())
  }
  const listeners = watchListeners(eventNames, [head, tail], how, listen, added)
  // Where the probe's own listener comes first, it has seen an event before the script calls anything on it.
  const undoRegistration = watchRegistration(find, () => !first)
  const mayBeTraced = () => !first || count > 0
  const undoWaitUntil = watchWaitUntil(find, mayBeTraced)
  const undoUpdateUI = watchUpdateUI(find, mayBeTraced)
  const undoDisguise = disguise()

  const state = watchState(target, send)

  const undo = () => {
    cancelLater(lease)
    for (let i = 0; i < eventNames.length; i++) {
      removeListener(globalThis, eventNames[i] ?? '', head)
      removeListener(globalThis, eventNames[i] ?? '', tail)
    }
    for (let i = 0; i < marks.length; i++) {
      const one = marks[i]
      if (one) removeListener(globalThis, one.name, one.mark)
    }
    running.undo()
    state.undo()
    const waitUntilUndone = undoWaitUntil()
    const updateUIUndone = undoUpdateUI()
    const registrationUndone = undoRegistration()
    const listenersUndone = listeners.undo()
    const channelUndone = channel.undo()
    const allUndone =
      waitUntilUndone && updateUIUndone && registrationUndone && listenersUndone && channelUndone
    // The last: it hides those that stay.
    return allUndone && undoDisguise()
  }
  let lease = later(undo, LEASE)

  return {
    get facts() {
      return state.facts()
    },
    get handlers() {
      const all = list<{ name: string; count: number | null }>()
      for (let i = 0; i < eventNames.length; i++) {
        const name = eventNames[i]
        if (name) all[all.length] = { name, count: listeners.of(name).count }
      }
      return stringify(bare(all))
    },
    renew() {
      cancelLater(lease)
      lease = later(undo, LEASE)
    },
    undo,
    open: channel.open,
    candidate: channel.candidate,
    accept: channel.accept,
    begin: channel.begin,
    meetCall: createMeetCall(send),
    dispatch: createDispatch(
      () => listeners.of(SYNTHETIC_EVENT).count,
      (event) => trace(event, true),
    ),
    announceListeners() {
      announced = true
    },
    listenersOf: (name) => listeners.all(name),
    meetHandler: createMeetHandler({ dispatching: () => dispatching, seesAll: () => first, find, send }),
    update(event, n) {
      for (let i = 0; i < updates.length; i++) {
        const one = updates[i]
        if (one?.event === event && one.n === n) return one.promise
      }
    },
  }
}

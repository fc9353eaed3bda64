import type { BackgroundFetchEventName } from '../../protocol/event-names'
import type { Location } from '../../protocol/worker-fields'
import { readOnAttributes } from './on-attributes'
import { type Options, takeOptions } from './options'
import { argumentOf, attributeOf, bare, indexOf, list, textOfFunction } from './primordials'
import { callerLocation } from './thrown'
import { type Unwrap, wrap } from './wrap'

interface Known {
  readonly name: string
  readonly listener: unknown
  readonly capture: boolean
  readonly once: boolean
  readonly signal: unknown
  readonly location: Location | null
}

/** How the tracer came to the worker. */
export type How = 'running' | 'started'

export interface Handlers {
  /** null: the script ran before the probe, or may have, so that it is not known. */
  readonly count: number | null
  readonly asynchronous: boolean
  readonly location: Location | null
}

export interface Listeners {
  of(name: BackgroundFetchEventName): Handlers
  /** The listeners of an event that are known, with the handler in its `on…` attribute. */
  all(name: string): readonly unknown[]
  /** Each of the script's listeners was counted when it was added, and none was removed or replaced since. */
  areCounted(name: string): boolean
  /** An `on…` attribute has a handler, as far as the browser's own getter reports. */
  hasProperty(name: string): boolean
  /** An event was dispatched: listeners that wanted only one are gone. */
  dispatched(name: string): void
  undo: Unwrap
}

/** By its text: a Proxy would notice any other question. */
const isAsync = (listener: unknown) =>
  typeof listener === 'function' && indexOf(textOfFunction(listener), 'async') === 0
const isAborted = attributeOf(AbortSignal.prototype, 'aborted')
const isGlobal = (self: unknown) => self === undefined || self === null || self === globalThis
const isObject = (value: unknown) =>
  typeof value === 'function' || (typeof value === 'object' && value !== null)
function has(list: readonly unknown[], value: unknown): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] === value) return true
  return false
}

/**
 * Notices which listeners the script adds to its global scope for the events that are traced.
 *
 * @param own listeners of the probe
 * @param how says whether the script has run: before a `running` worker's probe
 * @param evaluated is called once, before the first listener that a script adds while it is evaluated
 * @param added is called each time, after the script's listener was added, and whether it was not there before
 */
export function watchListeners(
  names: readonly string[],
  own: readonly unknown[],
  how: How,
  evaluated: () => void,
  added: (name: string, isNew: boolean) => void,
): Listeners {
  const known = list<Known>()
  const attributes = readOnAttributes(names)
  /** Names of events of which listeners may have gone. */
  const changed = bare({}) as Record<string, boolean>
  /** A listener was added or removed under a name that only the script's own code could tell. */
  let uncertain = false
  /** The script was seen to add a listener when it was evaluated: the probe is there since before it. */
  let sawScript = false
  const find = (name: unknown, listener: unknown, capture: boolean): number => {
    for (let i = 0; i < known.length; i++) {
      const one = known[i]
      if (one && one.name === name && one.listener === listener && one.capture === capture) return i
    }
    return -1
  }
  const forget = (at: number) => {
    changed[known[at]?.name ?? ''] = true
    for (let i = at; i < known.length - 1; i++) known[i] = known[i + 1] as Known
    known.length--
  }
  /** It was not removed by an AbortSignal. */
  const listens = ({ signal }: Known) => {
    try {
      return typeof signal !== 'object' || signal === null || isAborted(signal) !== true
    } catch {
      // The browser refuses what is no AbortSignal.
      return false
    }
  }
  /** While the browser takes the arguments of this call it may run the script's code. */
  let runsScript = false
  /** Reads the options of a call, so that the browser does not run the script's code for them. */
  const take = (self: unknown, args: unknown[], names: readonly string[]): Options | undefined => {
    const name = argumentOf(args, 0)
    const listener = argumentOf(args, 1)
    runsScript = isObject(name) || isObject(argumentOf(args, 2))
    if (!isGlobal(self)) return undefined
    if (isObject(name)) uncertain = true
    // The browser refuses other listeners before it reads options.
    if (isObject(name) || !(isObject(listener) || listener === null || listener === undefined))
      return undefined
    const options = takeOptions(args, names)
    runsScript = options.threw
    return options.threw ? undefined : options
  }
  const add = (self: unknown, args: unknown[], called: object) => {
    const name = argumentOf(args, 0)
    const listener = argumentOf(args, 1)
    // A worker that starts runs its script at once: what is added then is added by it.
    if (isGlobal(self) && !sawScript) {
      sawScript = true
      evaluated()
    }
    const options = take(self, args, ['capture', 'once', 'passive', 'signal'])
    if (
      !options ||
      typeof name !== 'string' ||
      !has(names, name) ||
      !isObject(listener) ||
      has(own, listener)
    )
      return
    const location = callerLocation(called)
    const { capture, once, signal } = options
    return (outcome: { readonly threw: boolean }) => {
      if (outcome.threw) return
      const isNew = find(name, listener, capture) < 0
      if (isNew) known[known.length] = { name, listener, capture, once, signal, location }
      if (signal !== undefined) changed[name] = true
      added(name, isNew)
    }
  }
  const remove = (self: unknown, args: unknown[]) => {
    const name = argumentOf(args, 0)
    const options = take(self, args, ['capture'])
    if (!options || typeof name !== 'string' || !has(names, name)) return
    return (outcome: { readonly threw: boolean }) => {
      const at = outcome.threw ? -1 : find(name, argumentOf(args, 1), options.capture)
      if (at >= 0) forget(at)
    }
  }
  const mayRun = () => runsScript
  // Of a worker whose script has run nobody knows which listeners it has.
  const starts = how === 'started'
  const undoAdd = starts ? wrap(EventTarget.prototype, 'addEventListener', add, undefined, mayRun) : undefined
  const undoRemove = starts
    ? wrap(EventTarget.prototype, 'removeEventListener', remove, undefined, mayRun)
    : undefined

  return {
    of(name) {
      const property = attributes.handler(name)
      let count = typeof property === 'function' ? 1 : 0
      let asynchronous = isAsync(property)
      let location: Location | null = null
      for (let i = 0; i < known.length; i++) {
        const one = known[i]
        if (one?.name !== name || !listens(one)) continue
        count++
        asynchronous ||= isAsync(one.listener)
        location ??= one.location
      }
      return {
        count: sawScript && !uncertain && property !== undefined ? count : null,
        asynchronous,
        location,
      }
    },
    all(name) {
      const property = attributes.handler(name)
      const found = list<unknown>()
      if (typeof property === 'function') found[0] = property
      for (let i = 0; i < known.length; i++) {
        const one = known[i]
        if (one?.name === name && listens(one)) found[found.length] = one.listener
      }
      return found
    },
    areCounted: (name) => sawScript && !uncertain && !changed[name] && attributes.handler(name) === null,
    hasProperty: (name) => typeof attributes.handler(name) === 'function',
    dispatched(name) {
      for (let i = known.length - 1; i >= 0; i--) if (known[i]?.name === name && known[i]?.once) forget(i)
    },
    undo() {
      const removed = undoRemove?.() ?? true
      return (undoAdd?.() ?? true) && removed
    },
  }
}

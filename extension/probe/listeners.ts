import type { BackgroundFetchEventName, Location } from '../../protocol/worker-events'
import { tagOf } from './pristine'
import { callerLocation } from './thrown'
import { type Unwrap, wrap } from './wrap'

interface Known {
  readonly name: string
  readonly listener: unknown
  readonly capture: boolean
  readonly location: Location | null
}

export interface Handlers {
  /** null: the script ran before the probe, so nobody can tell. */
  readonly count: number | null
  readonly asynchronous: boolean
  readonly location: Location | null
}

export interface Listeners {
  of(name: BackgroundFetchEventName): Handlers
  undo: Unwrap
}

const isAsync = (listener: unknown) => tagOf(listener) === '[object AsyncFunction]'
const isGlobal = (self: unknown) => self === undefined || self === null || self === globalThis
const captures = (options: unknown): boolean =>
  typeof options === 'object' && options !== null
    ? (options as { capture?: unknown }).capture === true
    : options === true

function has(list: readonly unknown[], value: unknown): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] === value) return true
  return false
}

/**
 * Notices which listeners the script adds to its global scope for the events that are traced.
 *
 * @param own listeners of the probe
 * @param added is told each time, after the script's listener was added
 */
export function watchListeners(
  names: readonly string[],
  own: readonly unknown[],
  added: (name: string) => void,
): Listeners {
  const known: Known[] = []
  let sawScript = false
  const find = (name: unknown, listener: unknown, capture: boolean): number => {
    for (let i = 0; i < known.length; i++) {
      const one = known[i]
      if (one && one.name === name && one.listener === listener && one.capture === capture) return i
    }
    return -1
  }
  const usable = (listener: unknown) =>
    typeof listener === 'function' || (typeof listener === 'object' && listener !== null)

  const undoAdd = wrap(EventTarget.prototype, 'addEventListener', (self, [name, listener, options]) => {
    if (!isGlobal(self)) return
    sawScript = true
    if (typeof name !== 'string' || !has(names, name) || !usable(listener) || has(own, listener)) return
    const capture = captures(options)
    const location = callerLocation()
    return (outcome) => {
      if (outcome.threw) return
      if (find(name, listener, capture) < 0) known[known.length] = { name, listener, capture, location }
      added(name)
    }
  })
  const undoRemove = wrap(EventTarget.prototype, 'removeEventListener', (self, [name, listener, options]) => {
    if (!isGlobal(self)) return
    const at = find(name, listener, captures(options))
    if (at < 0) return
    for (let i = at; i < known.length - 1; i++) known[i] = known[i + 1] as Known
    known.length--
    return
  })

  return {
    of(name) {
      const property = (globalThis as Record<string, unknown>)[`on${name}`]
      let count = typeof property === 'function' ? 1 : 0
      let asynchronous = isAsync(property)
      let location: Location | null = null
      for (let i = 0; i < known.length; i++) {
        const one = known[i]
        if (one?.name !== name) continue
        count++
        asynchronous ||= isAsync(one.listener)
        location ??= one.location
      }
      return { count: count === 0 && !sawScript ? null : count, asynchronous, location }
    },
    undo() {
      const removed = undoRemove()
      return undoAdd() && removed
    },
  }
}

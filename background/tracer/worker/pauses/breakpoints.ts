import * as v from 'valibot'
import type { BackgroundFetchEventName } from '../../../../protocol/event-names'
import type { Send } from '../../remote'
import type { RememberedPoint } from './remembered'

/** A breakpoint at the first line of a handler. */
export interface HandlerPoint extends RememberedPoint {
  /** The events at whose handler it is. */
  readonly names: readonly BackgroundFetchEventName[]
}

/** One point for each place, with all events that have a handler there. */
export function joined(
  found: readonly { readonly name: BackgroundFetchEventName; readonly points: readonly RememberedPoint[] }[],
): readonly HandlerPoint[] {
  const all = new Map<string, HandlerPoint>()
  for (const { name, points } of found) {
    for (const point of points) {
      const key = [point.hash, point.lineNumber, point.columnNumber].join()
      all.set(key, { ...point, names: [...(all.get(key)?.names ?? []), name] })
    }
  }
  return [...all.values()]
}

interface Placed {
  readonly point: HandlerPoint
  readonly n: number
  /** The browser's name of it; null where it was refused. */
  readonly id: Promise<string | null>
  /** The browser has said that the script has it. */
  inPlace: boolean
}

const Answer = v.object({ breakpointId: v.string(), locations: v.array(v.unknown()) })

export interface Breakpoints {
  /** Sets a breakpoint; the same one once. Resolves when the browser has answered. */
  set(point: HandlerPoint): Promise<unknown>
  /** Removes all but these; one for other events is another one. Resolves when the browser has answered. */
  removeOthers(points: readonly HandlerPoint[]): Promise<unknown>
  /** The browser has found the script of one. */
  resolved(breakpointId: string): void
  /** The breakpoint of that number. */
  point(n: number): HandlerPoint | undefined
  /** Those at handlers of an event that are in a script. */
  inPlace(name: BackgroundFetchEventName): readonly HandlerPoint[]
}

const keyOf = ({ hash, lineNumber, columnNumber, names }: HandlerPoint) =>
  JSON.stringify([hash, lineNumber, columnNumber, [...names].sort()])

/**
 * Breakpoints in a worker's scripts, by the hashes of their texts: one that is set before the script runs is met at once, and none is in
 * a script that has changed. The session skips all pauses, so that they stop a worker only where DevTools is open to resume it.
 * https://chromedevtools.github.io/devtools-protocol/tot/Debugger/#method-setBreakpointByUrl
 *
 * @param slot an object of the worker's, by a name that no script knows, which holds the probe
 */
export function createBreakpoints(send: Send, slot: string): Breakpoints {
  const placed = new Map<string, Placed>()
  const points = new Map<number, HandlerPoint>()

  const conditionOf = (n: number, { names, parameter }: HandlerPoint) => {
    const args = [n, JSON.stringify(names.join()), ...(parameter === undefined ? [] : [`[${parameter}]`])]
    return `${slot}.probe?.meetHandler(${args.join()}) === true`
  }

  return {
    set(point) {
      const key = keyOf(point)
      const known = placed.get(key)
      if (known) return known.id
      const n = points.size + 1
      points.set(n, point)
      const { hash, lineNumber, columnNumber } = point
      const condition = conditionOf(n, point)
      const asked = send('Debugger.setBreakpointByUrl', {
        scriptHash: hash,
        lineNumber,
        columnNumber,
        condition,
      })
      const id = asked.then(
        (answer) => {
          const { breakpointId, locations } = v.parse(Answer, answer)
          one.inPlace ||= locations.length > 0
          return breakpointId
        },
        () => null,
      )
      const one: Placed = { point, n, id, inPlace: false }
      placed.set(key, one)
      return id
    },
    removeOthers(wanted) {
      const keys = new Set(wanted.map(keyOf))
      const others = [...placed].filter(([key]) => !keys.has(key))
      for (const [key] of others) placed.delete(key)
      return Promise.all(
        others.map(async ([, { id }]) => {
          const breakpointId = await id
          if (breakpointId !== null) await send('Debugger.removeBreakpoint', { breakpointId }).catch(() => {})
        }),
      )
    },
    resolved(breakpointId) {
      for (const one of placed.values()) {
        void one.id.then((id) => {
          if (id === breakpointId) one.inPlace = true
        })
      }
    },
    point: (n) => points.get(n),
    inPlace: (name) =>
      [...placed.values()].flatMap(({ point, inPlace }) =>
        inPlace && point.names.includes(name) ? [point] : [],
      ),
  }
}

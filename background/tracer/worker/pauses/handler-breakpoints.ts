import * as v from 'valibot'
import type { BackgroundFetchEventName } from '../../../../protocol/event-names'
import type { BodyOf } from '../../../../protocol/events'
import type { Location } from '../../../../protocol/worker-fields'
import { askBrowser, type Send, short } from '../../remote'
import { createBreakpoints, type HandlerPoint, joined } from './breakpoints'
import { listenerPositions } from './handler-functions'
import type { ScriptPosition } from './positions'
import type { RememberedHandlers } from './remembered'
import { createScripts } from './scripts'

type Missing = BodyOf<'handler-breakpoints'>['missing']
/** How many listeners each event has, as far as the probe has counted them. */
type Counts = readonly { readonly name: BackgroundFetchEventName; readonly count: number | null }[]

const Possible = v.object({
  locations: v.array(
    v.object({
      scriptId: v.string(),
      lineNumber: v.number(),
      columnNumber: v.optional(v.number(), 0),
    }),
  ),
})

interface Needs {
  /** Of the worker, which its handlers are remembered by. */
  readonly url: string
  readonly remembered: RememberedHandlers
  /** An object of the worker's that holds the probe, by a name that no script knows. */
  readonly slot: string
  send: Send
  /** Reports where the worker pauses for an event, when that has changed. */
  report(name: BackgroundFetchEventName, locations: readonly Location[], missing: Missing): void
}

/** The probe in a worker. */
export interface PutIn {
  /** Its object. */
  readonly probe: string
  counts(): Promise<Counts>
}

export interface HandlerBreakpoints {
  /** The worker is to pause at the handlers of these events. */
  want(names: readonly BackgroundFetchEventName[]): void
  /** Sets those that are known from the last run, before the worker goes on. */
  setRemembered(): void
  /** The probe is in the worker. */
  installed(put: PutIn): void
  /** The script has run: a listener that it has not added by now comes late, if ever. */
  scriptHasRun(): void
  /** Listeners may have been added or removed. */
  listenersChanged(): void
  event(method: string, params: Record<string, unknown>): void
  isInPlace(name: BackgroundFetchEventName): boolean
  /** Where the breakpoint of that number is. */
  locationOf(n: number): Location | null
  end(): void
}

const locationIn = ({ url, lineNumber, columnNumber }: HandlerPoint): Location => ({
  url: short(url),
  line: lineNumber + 1,
  column: columnNumber + 1,
})

/** Sets breakpoints at the first lines of a worker's handlers, and moves them as its listeners change. */
export function createHandlerBreakpoints(needs: Needs): HandlerBreakpoints {
  const { url, remembered, slot, send, report } = needs
  const breakpoints = createBreakpoints(send, slot)
  const scripts = createScripts(send)
  const reported = new Map<BackgroundFetchEventName, string>()
  let wanted: readonly BackgroundFetchEventName[] = []
  let put: PutIn | undefined
  let hasRun = false
  let ended = false
  let busy = false
  let again = false

  /** The first place in a function where it can pause. */
  const firstLine = async (position: ScriptPosition | null) => {
    if (!position) return null
    const { parameter, ...start } = position
    const params = { start, restrictToFunction: true }
    const answer = await askBrowser(send, Possible, 'Debugger.getPossibleBreakpoints', params)
    const [first] = answer.locations
    const script = first && scripts.of(first.scriptId)
    if (!first || !script?.hash) return null
    const { lineNumber, columnNumber } = first
    const more = parameter === undefined ? {} : { parameter }
    return { hash: script.hash, url: script.url, lineNumber, columnNumber, ...more }
  }

  const find = async ({ probe, counts }: PutIn, name: BackgroundFetchEventName) => {
    const count = (await counts()).find((one) => one.name === name)?.count ?? null
    const added = await listenerPositions(send, probe, name)
    // What the script has added before the probe was there is known from its text only.
    const written = count === null ? await scripts.writtenHandlers(name) : []
    const lines = await Promise.all([...added, ...written].map((one) => firstLine(one).catch(() => null)))
    const found = lines.filter((line) => line !== null)
    const complete = found.length === lines.length
    // A script of the same text has them at the same places.
    const points = count === null && found.length === 0 ? remembered.of(url, name) : found
    const missing: Missing =
      points.length > 0 ? (complete ? null : 'some') : count === 0 ? 'no-listener' : 'unknown'
    return { name, points, missing }
  }

  const sync = async () => {
    const at = put
    if (!at || ended) return
    const names = wanted
    const found = await Promise.all(names.map((name) => find(at, name)))
    if (ended) return
    for (const { name, points } of found) if (hasRun || points.length > 0) remembered.set(url, name, points)
    const points = joined(found)
    // Those of the last run stay until it is known that this one has no such handlers.
    if (hasRun || points.length > 0 || names.length === 0) await breakpoints.removeOthers(points)
    await Promise.all(points.map(breakpoints.set))
    if (ended || wanted !== names) return
    for (const { name, missing } of found) reportPlaces(name, missing)
  }

  const reportPlaces = (name: BackgroundFetchEventName, missing: Missing) => {
    const locations = breakpoints.inPlace(name).map(locationIn)
    const why = locations.length > 0 ? missing : (missing ?? 'unknown')
    if (!hasRun && locations.length === 0) return
    const text = JSON.stringify([locations, why])
    if (reported.get(name) === text) return
    reported.set(name, text)
    report(name, locations.slice(0, 20), why)
  }

  const repeat = async () => {
    busy = true
    while (again) {
      again = false
      // A run that has ended answers nothing.
      await sync().catch(() => {})
    }
    busy = false
  }
  /** One after the other: what changes meanwhile is looked at once more. */
  const update = () => {
    again = true
    if (!busy) void repeat()
  }

  return {
    want(names) {
      if (names.join() === wanted.join()) return
      for (const name of wanted) if (!names.includes(name)) reported.delete(name)
      wanted = names
      update()
    },
    setRemembered() {
      const known = joined(wanted.map((name) => ({ name, points: remembered.of(url, name) })))
      for (const point of known) void breakpoints.set(point)
    },
    installed(one) {
      put = one
      update()
    },
    scriptHasRun() {
      hasRun = true
      update()
    },
    listenersChanged: update,
    event(method, params) {
      if (method === 'Debugger.scriptParsed') scripts.parsed(params)
      if (method === 'Debugger.breakpointResolved') breakpoints.resolved(String(params.breakpointId))
    },
    isInPlace: (name) => breakpoints.inPlace(name).length > 0,
    locationOf(n) {
      const point = breakpoints.point(n)
      return point ? locationIn(point) : null
    },
    end() {
      ended = true
    },
  }
}

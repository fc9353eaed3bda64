import * as v from 'valibot'
import type { AbortSeriesBody } from './abort-series'
import type { RecordsPage } from './attributes'
import type { BackgroundFetchEventName } from './event-names'
import type { SessionEvent } from './events'
import type { Handle } from './handle'
import { Time } from './numbers'
import type { PageBody, Permission } from './page-events'
import type { PageAnswer, PageRequest } from './page-requests'
import type { AbortPlan, ColdStart } from './planned-aborts'
import type { RecordingPage, SavedRecordings } from './recordings'
import type { StorageSnapshot } from './storage-events'
import type { WorkerProblem } from './worker-events'

/** A numbered report on its way to the background; see `Reported` in `events.ts`. */
export interface Report<B> {
  readonly seq: number
  readonly at: number
  readonly body: B
}

/** Names of the ports that the background listens to. */
export const BRIDGE_PORT = 'bridge'
export const PANEL_PORT = 'panel'

const origin = v.pipe(v.string(), v.maxLength(1000))

/** How a bridge introduces itself. */
export const Hello = v.object({
  /** Names this bridge among all that ever ran. */
  producer: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  /** `location.ancestorOrigins`, innermost first. */
  ancestorOrigins: v.pipe(v.array(origin), v.maxLength(1000)),
  origin,
})
export type Hello = v.InferOutput<typeof Hello>

/** A bridge that looks for fetches does so no less often, in milliseconds, unless its page is held up. */
export const MAX_PAUSE = 2000

/** When a bridge has looked for fetches without a pause, in epoch milliseconds: its first look of them and its last one. */
export const Looked = v.object({ since: Time, until: Time })
export type Looked = v.InferOutput<typeof Looked>

export interface BridgeMode {
  /** This bridge is the one for its storage key; the others would see the same once more. */
  readonly lead: boolean
  /** Look for new fetches: a panel is visible, or the tab is recorded without one. */
  readonly look: boolean
  /** The browser reports each new fetch: `lookNow()` is called at once, and looking seldom is enough. */
  readonly announcesNewFetches: boolean
  /** URLs of the origin that the scripts of its workers name: its caches may hold them. */
  readonly namedUrls: readonly string[]
}

/** What the bridge answers to the background. */
export interface BridgeFunctions {
  setMode(mode: BridgeMode): void
  /** A fetch may have begun. */
  lookNow(): void
  /** Answers when the bridge has looked for fetches; null where it does not, or could not list them. */
  looked(): Looked | null
  abort(handle: Handle, command: string): void
  /** Aborts a fetch later; the same plan once. */
  planAbort(plan: AbortPlan): void
  removePlannedAbort(command: string): void
  records(handle: Handle, offset: number, limit: number): Promise<RecordsPage>
  /**
   * Reports the storage for a fetch that this bridge does not follow, as the document that did is gone, or as it was
   * over before one had listed it. It is compared with what was there a while before, where that is known.
   */
  snapshotFor(fetch: ForeignFetch, when: StorageSnapshot['when']): void
  /**
   * The browser reports that the storage of the bridge's origin changed, at this moment in epoch milliseconds.
   *
   * @param isList it was the list of databases, which is also reported when a database is only opened
   */
  storageChanged(at: number, isList: boolean): void
  /** Does something that a person asked for; the same command does it once. */
  ask(request: PageRequest, command: string): Promise<PageAnswer>
  /** Asks the browser for the state of the permission `background-fetch` now. */
  permission(): Promise<Permission>
  leave(): void
}

/** A fetch that a bridge in another document followed, or none. */
export interface ForeignFetch {
  /** No document followed it: it was over before one looked. */
  readonly unlisted: boolean
  readonly handle: Handle
  readonly scope: string
  readonly id: string
  readonly urls: readonly string[]
}

/** What the background answers to a bridge. */
export interface BackgroundForBridge {
  hello(hello: Hello): void
  /** Resolves with the highest `seq` that is safe; everything up to it may be forgotten. */
  report(events: readonly Report<PageBody>[]): Promise<number>
  /** Stops the workers of a scope of the bridge's origin, where the plan of an abort says so; once for each plan. */
  coldStart(command: string, scope: string): Promise<ColdStart>
}

export interface Attach {
  readonly visible: boolean
  /** Trace the service workers of the tab. */
  readonly trace: boolean
  /** Pause the traced workers in the debugger at the first lines of the handlers of these events. */
  readonly pauseOn: readonly BackgroundFetchEventName[]
  /** The highest `seq` that this panel has of each producer; what lies above is sent. */
  readonly have: Readonly<Record<string, number>>
}

/** What the background answers to a panel. */
export interface BackgroundForPanel {
  attach(attach: Attach): Promise<void>
  setVisible(visible: boolean): void
  setTrace(trace: boolean): Promise<void>
  /** Pauses the traced workers at the handlers of these events and of no others, for as long as this panel is there. */
  setPauseOn(names: readonly BackgroundFetchEventName[]): void
  /**
   * Stops a run of a worker, so that its next event starts it cold. Resolves with what went wrong, or null; also
   * when it was asked before and has stopped.
   */
  stopWorker(worker: string): Promise<WorkerProblem | null>
  /**
   * Asks the page to call `abort()`; the answer comes as an event. Resolves when the page was asked and the
   * request is on record; asking again under the same name changes nothing.
   */
  abort(handle: Handle, command: string): Promise<void>
  /** Has a page abort a fetch at a moment; resolves with whether there is a page that does. The same plan is one plan. */
  planAbort(plan: AbortPlan): Promise<boolean>
  /** Removes a planned abort that has not happened yet. */
  removePlannedAbort(command: string): Promise<void>
  /**
   * Has the worker's handlers for `backgroundfetchclick` run for an active fetch, with an event that the probe makes. What becomes of it
   * comes as events; asking again under the same name changes nothing.
   */
  dispatchSynthetic(handle: Handle, command: string): Promise<void>
  /** Notes a step of an abort series of this storage key; each step is noted once, and none after its end. */
  noteSeries(step: AbortSeriesBody, storageKey: string): Promise<void>
  records(handle: Handle, offset: number, limit: number): Promise<RecordsPage>
  /** Has a page of this storage key do something, and resolves with its answer; the same command does it once. */
  askPage(storageKey: string, request: PageRequest, command: string): Promise<PageAnswer>
  /** Clears the log; the same command clears it once. */
  clear(command: string): Promise<void>
  /** Tries again to reach the page, after the user granted access. */
  retry(): Promise<void>
  /** Goes on recording the tab when no panel is there, or does so no longer; the same command does it once. */
  setRecording(on: boolean, command: string): Promise<void>
  /** The recordings that are over, the newest first. */
  savedRecordings(): Promise<SavedRecordings>
  /** Some of the events of a recording that is over, counted from 0; null when there are no more. */
  recordedEvents(id: string, page: number): Promise<RecordingPage | null>
  removeRecordings(ids: readonly string[]): Promise<void>
  /** Keeps the background alive while a panel is watching. */
  ping(): void
}

/** What the panel answers to the background. */
export interface PanelFunctions {
  /** Resolves when they are folded: only then there is room for many more. */
  events(events: readonly SessionEvent[]): void | Promise<void>
}

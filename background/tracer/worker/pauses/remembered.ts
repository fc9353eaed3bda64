import type { BackgroundFetchEventName } from '../../../../protocol/event-names'

/** The first line of a handler, in any script of that text; counted from 0. */
export interface RememberedPoint {
  readonly hash: string
  readonly url: string
  readonly lineNumber: number
  readonly columnNumber: number
  /** What the function there calls its first parameter, where that is needed to know the event. */
  readonly parameter?: string
}

/** So many workers are remembered. */
const MAX_WORKERS = 100

/** Where the handlers of workers were in their last runs: a worker that is started anew can pause in its first event then. */
export interface RememberedHandlers {
  of(worker: string, name: BackgroundFetchEventName): readonly RememberedPoint[]
  set(worker: string, name: BackgroundFetchEventName, points: readonly RememberedPoint[]): void
}

/** Remembers handlers by the URL of the worker; another text of a script at that URL has another hash. */
export function createRememberedHandlers(): RememberedHandlers {
  const workers = new Map<string, Map<BackgroundFetchEventName, readonly RememberedPoint[]>>()
  return {
    of: (worker, name) => workers.get(worker)?.get(name) ?? [],
    set(worker, name, points) {
      const known = workers.get(worker) ?? new Map()
      workers.delete(worker)
      workers.set(worker, known.set(name, points))
      const [oldest] = workers.keys()
      if (workers.size > MAX_WORKERS && oldest !== undefined) workers.delete(oldest)
    },
  }
}

import * as v from 'valibot'
import type { BackgroundFetchEventName } from '../../protocol/event-names'
import type { PageError } from '../../protocol/page-script-events'
import type { StorageChanged } from '../../protocol/storage-events'
import type { SyntheticOutcome } from '../../protocol/synthetic-events'
import type { TracerState, WorkerBody } from '../../protocol/worker-events'
import { createPageCalls } from './calls/page-calls'
import { attachTo, type Debuggee } from './debuggee'
import { attachFailure, detachFailure } from './failure'
import { createNamedUrls } from './named-by-origin'
import { createPageErrors } from './page-errors'
import { TracerError } from './problem'
import { askBrowser, short } from './remote'
import { createSites } from './sites'
import { storageChange, touchedOrigin } from './storage-change'
import { createWorkerTargets } from './worker/worker-targets'

/** What the tracer needs to know of the tab, and to whom it reports what. */
export interface TracerNeeds {
  /** Gets what the workers did. */
  emit(body: WorkerBody | StorageChanged, at?: number): void
  /** Called with what is wrong with an invalid message of a worker. */
  refused(detail: string): void
  /** Origins of the tab's pages. */
  pages(): Iterable<string>
  /** A background fetch of this origin has just begun, or has a response more. */
  backgroundFetchTouched(origin: string): void
  /** `backgroundFetchTouched()` is called at once for each new background fetch of these origins, and of no others. */
  announced(origins: ReadonlySet<string>): void
  /** `namedUrls()` answers otherwise for some origin. */
  namedUrlsChanged(): void
}

export interface Tracer {
  /** Attaches to the tab, or detaches from it. Reports the result as an event. */
  set(on: boolean): void
  /** Stops the worker; its next event starts it cold. Rejects when the run is not known any more. */
  stopWorker(worker: string): Promise<void>
  /** Has the probe of a run dispatch an event for the fetch of an ID. Rejects when the run is not traced. */
  dispatchSynthetic(worker: string, id: string): Promise<SyntheticOutcome>
  /** Workers pause in the debugger at the handlers of these events, now and when they start; without DevTools nothing pauses. */
  setPauseOn(names: readonly BackgroundFetchEventName[]): void
  /** A person asks for another try after a failure. */
  again(): void
  /** The tab shows another document: what failed because of the last one may work now. */
  navigated(): void
  /** There are pages of other origins now. */
  pagesChanged(): void
  /** URLs of an origin that the scripts of its workers name: its caches may hold them. */
  namedUrls(origin: string): readonly string[]
  /** A fetch of the tab was aborted at this moment: what its page throws now may come of it. */
  aborted(at: number): void
  /** One of the tab's frames shows another document. */
  frameChanged(): void
  /**
   * Whether each call of `abort()` by a script of this origin's pages in the tab and of its workers was reported in this time, up to
   * now; times are in epoch milliseconds.
   */
  callsCovered(origin: string, from: number, to: number): Promise<boolean>
  /**
   * Until when, up to this time, a worker of this origin, but for one run, may have made calls that were not reported; null where none
   * may have. Times are in epoch milliseconds.
   */
  workerUntracedUntil(origin: string, to: number, except?: string): number | null
  /** What the tab's page has thrown since then, and nobody caught; nothing where that can't be read. */
  thrownSince(at: number): Promise<readonly PageError[]>
  /**
   * Leaves an origin no more room for storage than this beside what it uses now, in bytes, or with null its own quota. Rejects where
   * the debugger is not attached; when it is detached, the browser takes it back.
   */
  limitRoom(origin: string, bytes: number | null): Promise<void>
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Storage/#method-getUsageAndQuota */
const Usage = v.object({ usage: v.number() })

/** How long a worker may take to answer when it is dropped, in milliseconds. */
const PATIENCE = 1000

/** Traces the service workers of a tab through `chrome.debugger`. */
export function createTracer(tabId: number, needs: TracerNeeds): Tracer {
  const { emit } = needs
  let wanted = false
  let debuggee: Debuggee | undefined
  let failed: TracerState['reason'] = ''
  let busy: Promise<void> = Promise.resolve()

  const send = (method: string, params: object = {}, session?: string): Promise<unknown> =>
    debuggee ? debuggee.send(method, params, session) : Promise.reject(new TracerError('tracer-off'))

  const sites = createSites(send, needs.pages, needs.announced)

  const pageErrors = createPageErrors(send, emit)

  const pageCalls = createPageCalls(
    send,
    ({ at, origin, frames: [location = null, ...callers], ended, extension, ...call }) =>
      emit(
        {
          ...{ type: 'page-call', ...call, origin: short(origin), location, callers },
          ...(ended ? { ended } : {}),
          ...(extension ? { extension } : {}),
        },
        at,
      ),
    ({ origin, ...options }) => emit({ type: 'call-options', ...options, origin: short(origin) }),
  )

  const report = (state: TracerState['state'], reason: TracerState['reason'] = '', detail = '') => {
    failed = state === 'failed' ? reason : ''
    emit({ type: 'tracer', state, reason, detail })
  }

  const named = createNamedUrls(needs.namedUrlsChanged)

  const workers = createWorkerTargets({
    send,
    emit,
    refused: needs.refused,
    attached: sites.trace,
    named: named.add,
  })

  const onEvent = (method: string, params: Record<string, unknown>, session: string | undefined) => {
    if (workers.event(method, params, session)) return
    if (pageCalls.event(method, params)) return
    if (method.startsWith('Runtime.')) return pageErrors.event(method, params)
    const origin = touchedOrigin(method, params)
    if (origin !== null) return needs.backgroundFetchTouched(origin)
    const change = storageChange(method, params)
    if (change) sites.confirm(change, () => emit(change))
  }

  const endAll = () => {
    workers.end()
    pageErrors.end()
    pageCalls.end()
    sites.forget()
    named.forget()
  }

  const attach = async () => {
    try {
      const attached = await attachTo(tabId, {
        event: onEvent,
        detached(reason) {
          debuggee = undefined
          endAll()
          const failure = detachFailure(reason)
          report('failed', failure.reason, failure.detail)
        },
      })
      debuggee = attached
      await workers.begin()
      // Not before: a worker that starts meanwhile is not paused.
      if (debuggee !== attached) return
      report('on')
      sites.askForPages()
      pageCalls.begin()
    } catch (error) {
      const attached = debuggee
      debuggee = undefined
      endAll()
      await attached?.detach().catch(() => {})
      const failure = attachFailure(error)
      report('failed', failure.reason, failure.detail)
    }
  }

  const detach = async () => {
    const attached = debuggee
    if (!attached) return
    const undone = workers.undo()
    // A worker that is busy answers later or never; its probe leaves by itself when it hears nothing more.
    await Promise.race([undone, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
    endAll()
    debuggee = undefined
    await attached.detach().catch(() => {})
    report('off')
  }

  const settle = () => {
    busy = busy.then(async () => {
      if (wanted && !debuggee) await attach()
      else if (!wanted && debuggee) await detach()
    })
  }

  return {
    set(on) {
      if (on === wanted) return
      wanted = on
      settle()
    },
    async stopWorker(worker) {
      if (!debuggee) throw new TracerError('not-traced')
      await workers.stop(worker)
    },
    async dispatchSynthetic(worker, id) {
      if (!debuggee) throw new TracerError('tracer-off')
      return workers.dispatch(worker, id)
    },
    setPauseOn: workers.setPauseOn,
    again() {
      if (wanted && !debuggee) settle()
    },
    navigated() {
      pageCalls.navigated()
      // The person's own "Cancel" stands until they switch it on again.
      if (wanted && !debuggee && failed !== 'cancelled') settle()
    },
    pagesChanged() {
      if (debuggee) sites.askForPages()
    },
    namedUrls: named.of,
    frameChanged: pageCalls.frameChanged,
    callsCovered: async (origin, from, to) =>
      (await workers.callsCovered(origin, from, to)) && pageCalls.covers(origin, from),
    workerUntracedUntil: workers.untracedUntil,
    thrownSince: async (at) => (debuggee ? pageErrors.since(at) : []),
    async limitRoom(origin, bytes) {
      if (bytes === null) {
        await send('Storage.overrideQuotaForOrigin', { origin })
        return
      }
      const { usage } = await askBrowser(send, Usage, 'Storage.getUsageAndQuota', { origin })
      await send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes })
    },
    aborted(at) {
      if (debuggee) pageErrors.aborted(at)
    },
  }
}

import type { BackgroundFetchEventName } from '../../protocol/event-names'
import type { Source } from '../../protocol/events'
import { originOf } from '../../protocol/origin'
import type { StorageChanged } from '../../protocol/storage-events'
import type { WorkerBody } from '../../protocol/worker-events'
import { now } from '../../wire/clock'
import { RETURN_GRACE, type TabBridges } from '../bridges/tab-bridges'
import { createWaiting } from '../bridges/waiting'
import type { TabRecording } from '../recording/tab-recording'
import type { Recorder } from '../store/recorder'
import { createRefusals } from '../store/refusals'
import { targetOf } from '../tracer/run-name'
import { createTracer, type Tracer } from '../tracer/tracer'
import { browserPages } from './causes/browser-pages'

/** A page that is busy may call `abort()` so much later than the fetch was ended, in milliseconds; see `SOON` in `traced-aborts.ts`. */
const LATE = 1000

/** What the tracing of a tab follows from, and where what is traced goes. */
interface TabTracerNeeds {
  readonly bridges: TabBridges
  readonly recording: TabRecording
  note(...args: Parameters<Recorder['note']>): void
  /** A panel is there. */
  attached(): boolean
  /** A panel wants the workers to be traced. */
  anyTracing(): boolean
  /** The events that panels want the workers to pause on. */
  pauseOn(): readonly BackgroundFetchEventName[]
  /** The last panel has gone, and may be coming back. */
  returning(): boolean
}

export interface TabTracer
  extends Pick<
    Tracer,
    | 'aborted'
    | 'thrownSince'
    | 'namedUrls'
    | 'navigated'
    | 'frameChanged'
    | 'callsCovered'
    | 'pagesChanged'
    | 'limitRoom'
    | 'dispatchSynthetic'
  > {
  /** Takes from the journal whether the person has cancelled the tracing. */
  restore(cancelled: boolean): void
  /** Panels or the recording want something else: goes on without a panel, if it was on. */
  update(): void
  /** A person asks for another try. */
  again(): void
  off(): void
  /** Stops a run; after a restart of the background, as soon as the tracer has come to it again. */
  stopRun(worker: string): Promise<void>
}

/** Where what the tracer reports happened. */
function sourceOf({ type }: WorkerBody | StorageChanged): Source {
  if (type === 'tracer') return 'panel'
  if (type === 'page-error' || type === 'page-call' || type === 'call-options') return 'page'
  if (type === 'fetch-not-seen') return 'page'
  return type === 'storage-changed' ? 'storage' : 'worker'
}

/** Traces the workers of a tab as long as a panel or a recording wants it. */
export function createTabTracer(tabId: number, needs: TabTracerNeeds): TabTracer {
  const { bridges, recording, note, attached, anyTracing, returning } = needs
  let cancelled = false
  /** Tracing goes on while the panel may be coming back. */
  let traced = false
  /** Origins of the runs of workers that this background has seen. */
  const runs = new Map<string, string>()
  const workers = createWaiting()

  /** A call is reported together with who else may have made the same. */
  const withOthers = (body: WorkerBody | StorageChanged, at: number): WorkerBody | StorageChanged => {
    if (body.type !== 'page-call' && body.type !== 'worker-call') return body
    const worker = body.type === 'worker-call' ? body.worker : undefined
    const origin = body.type === 'page-call' ? body.origin : runs.get(body.worker)
    if (!origin) return body
    const untracedUntil = tracer.workerUntracedUntil(origin, at, worker)
    const since = body.method === 'abort' ? at - LATE : at
    return {
      ...body,
      ...(browserPages.inOtherTab(tabId, origin) ? { otherTab: true } : {}),
      ...(untracedUntil !== null && untracedUntil >= since ? { untracedUntil } : {}),
    }
  }

  const tracer = createTracer(tabId, {
    emit(body, at) {
      const source = sourceOf(body)
      // The person's own "Cancel" in the browser's bar stands until they switch it on again.
      if (body.type === 'tracer') cancelled = body.reason === 'cancelled'
      if (cancelled) recording.setTrace(false)
      note(source, withOthers(body, at ?? now()), at === undefined ? {} : { at })
      if (body.type === 'event-done') bridges.ended(body)
      if (body.type === 'storage-changed')
        bridges.storageChanged(body.origin, at ?? now(), body.kind === 'indexeddb-list')
      if (body.type !== 'worker-seen') return
      runs.set(body.worker, originOf(body.url))
      workers.changed()
    },
    refused: createRefusals<void>((detail) =>
      note('worker', { type: 'refused', detail: detail.slice(0, 1000) }),
    ),
    pages: bridges.origins,
    backgroundFetchTouched: bridges.lookNow,
    announced: bridges.setAnnounced,
    namedUrlsChanged: bridges.setModes,
  })

  const update = () => {
    if (attached()) traced = anyTracing()
    if (attached() && !cancelled) recording.setTrace(traced)
    // Without a panel there may be no DevTools to resume a worker.
    tracer.setPauseOn(needs.pauseOn())
    const on = !cancelled && (attached() || returning() ? traced : recording.trace)
    if (on) browserPages.look()
    tracer.set(on)
  }

  return {
    aborted: tracer.aborted,
    thrownSince: tracer.thrownSince,
    namedUrls: tracer.namedUrls,
    navigated: tracer.navigated,
    frameChanged: tracer.frameChanged,
    callsCovered: tracer.callsCovered,
    pagesChanged: tracer.pagesChanged,
    limitRoom: tracer.limitRoom,
    dispatchSynthetic: tracer.dispatchSynthetic,
    restore(before) {
      cancelled = before
    },
    update,
    again() {
      cancelled = false
      tracer.again()
      update()
    },
    off: () => tracer.set(false),
    async stopRun(worker) {
      if (!runs.has(worker)) {
        const target = targetOf(worker)
        await workers.find(() => [...runs.keys()].find((run) => targetOf(run) === target), RETURN_GRACE)
      }
      await tracer.stopWorker(worker)
    },
  }
}

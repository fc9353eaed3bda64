import type { SessionEvent } from '../../../protocol/events'
import type { WorkerBody } from '../../../protocol/worker-events'
import type { Workers } from '../workers/workers'
import type { Calls } from './calls'
import type { ForcedEndings } from './plans/forced-endings'
import type { Recording } from './recording'
import type { Storage } from './storage'

/** The parts of the session that it works with. */
interface Parts {
  readonly workers: Workers
  readonly storage: Storage
  readonly calls: Calls
  readonly forced: ForcedEndings
  readonly recording: Recording
}

/** Folds in what the tracer reports of workers, and what that means for the fetch that it is about. */
export function createWorkerEvents({
  workers,
  storage,
  calls,
  forced,
  recording,
}: Parts): (event: SessionEvent, body: WorkerBody) => void {
  return (event, body) => {
    workers.apply(event, body)
    for (const fetch of workers.concerned(body)) {
      if (body.type === 'dispatched' && fetch.unlisted) {
        forced.seen(fetch)
        // Its first event, by which it is known.
        if (fetch.seenAt === event.at) calls.seen(event, fetch)
      }
      storage.judge(event, fetch)
      if (body.type !== 'dispatched') continue
      if (body.name === 'backgroundfetchabort') calls.ended(fetch, event.at)
      // Its end is known from the worker, and no page is left to compare its storage.
      if (fetch.settledBy === 'worker' && !fetch.unlisted)
        storage.lost(event, recording.watching ? 'page' : 'panel', [fetch])
    }
    for (const fetch of workers.takenBack) storage.judge(event, fetch)
  }
}

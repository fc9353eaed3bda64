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
    const concerned = workers.concerned(body)
    if (!concerned) return
    if (body.type === 'dispatched' && concerned.unlisted) forced.seen(concerned)
    storage.judge(event, concerned)
    if (body.type !== 'dispatched') return
    if (body.name === 'backgroundfetchabort') calls.ended(concerned, event.at)
    // Its end is known from the worker, and no page is left to compare its storage.
    if (concerned.settledBy === 'worker' && !concerned.unlisted)
      storage.lost(event, recording.watching ? 'page' : 'panel', [concerned])
  }
}

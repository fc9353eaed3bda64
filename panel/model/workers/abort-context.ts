import { effectiveAbort } from '../session/aborts/requested-aborts'
import type { More } from '../session/rows'
import type { Fetch } from '../session/view'

/** How long after its abort, or else its end, a fetch's event was dispatched, as far as that is known then. */
export function sinceAbortOrEnd(fetch: Fetch | null | undefined, at: number): More {
  if (!fetch) return {}
  const abort = effectiveAbort(fetch)
  if (abort && abort.at <= at) return { after: at - abort.at, note: 'after_abort' }
  const { settledAt } = fetch
  return settledAt !== null && settledAt <= at ? { after: at - settledAt, note: 'after_settled' } : {}
}

/** The page's errors so long after an abort are shown with its fetch, in milliseconds. */
const AFTER_ABORT = 5000

/** The fetch that was aborted last within that time. */
export function justAborted(all: readonly Fetch[], now: number): Fetch | null {
  let [found, latest]: [Fetch | null, number] = [null, Number.NEGATIVE_INFINITY]
  for (const fetch of all) {
    const aborted = fetch.attributes.failureReason === 'aborted' ? fetch.settledAt : null
    const at = effectiveAbort(fetch)?.at ?? aborted
    if (at === null || at < latest || at > now || now - at > AFTER_ABORT) continue
    found = fetch
    latest = at
  }
  return found
}

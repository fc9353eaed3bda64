import type { SessionEvent } from '../../protocol/events'
import type { FetchRefused, PageCall, PageError } from '../../protocol/worker-events'

/** A fetch that a call started is seen within this time, in milliseconds; Chromium answers a call within some tens of them. */
const APPEARS = 3000
/** How far the clocks of the page and of the browser may be apart, in milliseconds. */
const CLOCKS = 50
/** What Chromium rejects a call with. */
const REFUSALS =
  /BackgroundFetchManager|background fetch|registration|permission to start a fetch|request|quota/i
/** The tracer hears of a call so much later than the page made it, in milliseconds, on a machine that is busy. */
const LATE = 500

/** Calls of `fetch()` whose fetch was not seen yet. */
export interface Starts {
  /** Events as they are recorded, those of pages and of the tracer. */
  recorded(events: readonly SessionEvent[]): void
}

/**
 * Notices calls of `fetch()` that no fetch came of.
 *
 * @param thrownSince what the page threw since a moment, and nobody caught
 * @param refused reports such a call
 */
export function createStarts(
  thrownSince: (at: number) => Promise<readonly PageError[]>,
  refused: (body: FetchRefused) => void,
): Starts {
  let open: { readonly call: PageCall; readonly at: number }[] = []

  const expect = (call: PageCall, at: number) => {
    const one = { call, at }
    open.push(one)
    setTimeout(async () => {
      if (!open.includes(one)) return
      open = open.filter((other) => other !== one)
      const thrown = await thrownSince(at - LATE)
      const { id, origin, location } = call
      const messages = thrown.map(({ error }) => error.message).filter((message) => REFUSALS.test(message))
      // Of several nobody can tell which was this call's.
      const [error = ''] = messages.length === 1 ? messages : []
      refused({ type: 'fetch-refused', id, origin, calledAt: at, location, error })
    }, APPEARS)
  }

  return {
    recorded(events) {
      for (const { body, at, storageKey } of events) {
        if (body.type === 'page-call' && body.method === 'fetch') expect(body, at)
        // It had begun, and was over before a page could list it.
        if (body.type === 'dispatched') {
          const begun = open.find(({ call, at: calledAt }) => call.id === body.id && at >= calledAt - CLOCKS)
          open = open.filter((one) => one !== begun)
        }
        if (body.type !== 'fetch-seen' || body.already) continue
        const started = open.find(
          ({ call, at: calledAt }) =>
            call.id === body.id && call.origin === storageKey && at >= calledAt - CLOCKS,
        )
        open = open.filter((one) => one !== started)
      }
    },
  }
}

import type { SessionEvent } from '../../../protocol/events'
import type { FetchNotSeen, PageCall, PageError } from '../../../protocol/page-script-events'

/** A fetch that a call started is seen within this time, in milliseconds; Chromium answers a call within some tens of them. */
const APPEARS = 3000
/** How far the clocks of the page and of the browser may be apart, in milliseconds. */
const CLOCKS = 50
/**
 * What Chromium rejects a call with, and nothing else.
 * https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/modules/background_fetch/background_fetch_manager.cc
 */
const REFUSALS =
  /'BackgroundFetchManager'|There already is a registration for the given id|does not have permission to start a fetch|There are too many active fetches for this origin|no service worker available to service the fetch|Failed to store registration due to I\/O error/
/** So many calls are waited for at a time: a page may call in a loop. */
const MAX_OPEN = 20
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
 * @param permissionOf asks for the state of the permission in the tab's own document of an origin
 * @param refused reports such a call
 */
export function createStarts(
  thrownSince: (at: number) => Promise<readonly PageError[]>,
  permissionOf: (origin: string) => Promise<FetchNotSeen['permission']>,
  refused: (body: FetchNotSeen) => void,
): Starts {
  let open: { readonly call: PageCall; readonly at: number }[] = []
  /** The call before the one that came last, and that one. */
  let last: readonly number[] = []

  const expect = (call: PageCall, at: number) => {
    last = [...last.slice(-1), at]
    if (open.length >= MAX_OPEN) return
    const one = { call, at }
    open.push(one)
    setTimeout(async () => {
      if (!open.includes(one)) return
      open = open.filter((other) => other !== one)
      const { id, origin, location, framed } = call
      // A frame has a permission of its own, and which frame it was is not known.
      const permission = framed === false ? await permissionOf(origin) : 'unknown'
      // Where another call was made at about that time, it is not known whose it was.
      const isAlone = last.every((other) => other === at || Math.abs(other - at) > APPEARS)
      const thrown = isAlone ? await thrownSince(at - LATE) : []
      const messages = thrown.map(({ error }) => error.message).filter((message) => REFUSALS.test(message))
      const [error = ''] = messages.length === 1 ? messages : []
      refused({ type: 'fetch-not-seen', id, origin, calledAt: at, location, error, permission })
    }, APPEARS)
  }

  return {
    recorded(events) {
      for (const { body, at, storageKey } of events) {
        if (body.type === 'page-call' && body.method === 'fetch') expect(body, at)
        // It had begun, and was over before a page could list it.
        if (body.type === 'dispatched' && body.isTrusted) {
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

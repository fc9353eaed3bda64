import type { BodyOf, SessionEvent } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import { type AbortCall, addAbortCall } from './aborts/traced-aborts'
import { isLive } from './fetch-phase'
import { CLOCKS, type Fetches } from './fetches'
import { ranWhenCalled } from './ran-when-called'
import { type Documents, refusalCause } from './refusal-cause'
import type { Rows } from './rows'
import { type CallPlace, createStartingCalls, isOf } from './starting-calls'
import type { TracedCall } from './traced-call'
import type { Fetch, Row } from './view'

/** The calls of `fetch()` and `abort()` that scripts of pages and workers made, and what became of them. */
export interface Calls {
  /** @param place undefined where nothing is known of the worker that made it */
  called(event: SessionEvent, body: TracedCall, place: CallPlace | undefined): void
  /** What the call of `fetch()` at a moment gave as options: the fetch that it alone may have started has them. */
  given(body: BodyOf<'call-options'>): void
  refused(event: SessionEvent, body: BodyOf<'fetch-not-seen'>): void
  /** Something was seen at this moment that an abort of the fetch leads to. */
  ended(fetch: Fetch, at: number): void
  /** A fetch was seen for the first time. */
  seen(event: SessionEvent, fetch: Fetch): void
}

export function createCalls(fetches: Fetches, rows: Rows, documents: Documents): Calls {
  const starting = createStartingCalls(fetches)
  const abortRows = new WeakMap<AbortCall, Row>()

  /** The clocks of page, worker and background differ: what led to the end is sorted before it. */
  const sortCall = (fetch: Fetch, at: number) => {
    const call = fetch.abortCalls.find((one) => Math.abs(one.at - at) <= CLOCKS)
    const row = call && abortRows.get(call)
    if (row && row.at >= at) rows.sortBefore(row, at)
  }

  return {
    called(event, body, place) {
      const named = fetches.all.filter((one) => one.id === body.id && isOf(one, place))
      if (body.method === 'fetch') {
        starting.called(event, body, place)
        // Nobody reports what became of one in a worker.
        if (body.type === 'worker-call') rows.add(event, null)
        return
      }
      if (body.ended) {
        // It was called on the registration of one that is over.
        rows.add(
          event,
          named.findLast(({ settledAt }) => settledAt !== null && settledAt <= event.at) ?? null,
        )
        return
      }
      const [fetch, ...others] = named.filter(
        (one) => isLive(one) || (one.settledAt !== null && event.at <= one.settledAt + CLOCKS),
      )
      // Two scopes may have a fetch of one ID, and a page's call does not say which it is for.
      const called = others.length === 0 ? fetch : undefined
      const row = rows.add(event, called ?? null)
      if (!called) return
      const call = { at: event.at, call: body }
      addAbortCall(called, call)
      abortRows.set(call, row)
      const aborts = called.events.filter(({ dispatched }) => dispatched.name === 'backgroundfetchabort')
      const { settledAt, attributes } = called
      if (settledAt !== null && attributes.failureReason === 'aborted') sortCall(called, settledAt)
      for (const { at } of aborts) sortCall(called, at)
    },
    given: starting.given,
    refused(event, body) {
      const nth = starting.refused(body, event.at)
      const others = fetches.all
        .filter(({ storageKey }) => storageKey === body.origin)
        .map((fetch) => ({ fetch, ran: ranWhenCalled(fetch, { at: body.calledAt, nth }) }))
      const note = body.ambiguous ? t('not_seen_one_of') : refusalCause(body, others, documents)
      // It is reported three seconds after the call that it is about.
      rows.add({ ...event, at: Math.min(event.at, body.calledAt) }, null, { note })
    },
    ended: sortCall,
    seen: ({ at }, fetch) => starting.seen(fetch, at),
  }
}

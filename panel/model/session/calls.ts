import { commonStack } from '../../../protocol/common-stack'
import type { BodyOf, SessionEvent } from '../../../protocol/events'
import { otherCallers } from '../../../protocol/other-callers'
import { t } from '../../i18n/i18n'
import { type AbortCall, addAbortCall } from './aborts/traced-aborts'
import { isLive } from './fetch-phase'
import { CLOCKS, type Fetches } from './fetches'
import { ranWhenCalled } from './ran-when-called'
import { type Documents, refusalCause } from './refusal-cause'
import type { Rows } from './rows'
import type { TracedCall } from './traced-call'
import type { Fetch, Row } from './view'

/** The fetch of a call is seen within this time, in milliseconds. */
const APPEARS = 5000

/** Where a fetch is that a call may be of: `scope` is null where the call does not say. */
export interface CallPlace {
  readonly origin: string
  readonly scope: string | null
}

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

const isOf = ({ storageKey, scope }: Fetch, place: CallPlace | undefined) =>
  place !== undefined && storageKey === place.origin && (place.scope === null || place.scope === scope)

/** A call of `fetch()`. */
interface StartingCall {
  readonly event: SessionEvent
  readonly body: TracedCall
  readonly place: CallPlace | undefined
  readonly nth: number
  options: BodyOf<'call-options'> | null
  /** It alone may have started its fetch. */
  isAlone: boolean
}

const recent = (calls: readonly StartingCall[], at: number) =>
  calls.filter(({ event }) => event.at > at - APPEARS)

export function createCalls(fetches: Fetches, rows: Rows, documents: Documents): Calls {
  /** Those of the last seconds that have started no fetch so far; also of those before the log was cleared. */
  let open: StartingCall[] = []
  /** The last ones that have. */
  let begun: StartingCall[] = []
  /** How many calls of `fetch()` there were. */
  let calls = 0

  /** That have begun while no call was known that may have started them. */
  const uncalled = new WeakSet<Fetch>()

  const abortRows = new WeakMap<AbortCall, Row>()

  /** The clocks of page, worker and background differ: what led to the end is sorted before it. */
  const sortCall = (fetch: Fetch, at: number) => {
    const call = fetch.abortCalls.find((one) => Math.abs(one.at - at) <= CLOCKS)
    const row = call && abortRows.get(call)
    if (row && row.at >= at) rows.sortBefore(row, at)
  }

  /** Calls that may have started a fetch, which was seen at a moment. */
  const mayStart = (fetch: Fetch, at: number) =>
    open.filter(
      ({ event, body, place }) =>
        body.id === fetch.id && isOf(fetch, place) && event.at <= at + CLOCKS && event.at >= at - APPEARS,
    )

  /** The first of them has started it; where others have been called elsewhere, it may have been one of them. */
  const start = (fetch: Fetch, named: readonly StartingCall[], at: number) => {
    const [first] = named
    const stack = commonStack(named.map(({ body }) => body))
    const { orOtherTab, orWorker } = otherCallers(named.map(({ body }) => body))
    open = recent(open, at).filter((one) => one !== first)
    begun = recent(begun, at)
    if (first) begun.push(first)
    if (!first || !stack) return
    const untracedUntil = Math.max(...named.map(({ body }) => body.untracedUntil ?? 0))
    const others = {
      ...(orOtherTab ? { otherTab: true } : {}),
      ...(orWorker ? { untracedUntil } : {}),
    }
    fetch.initiator = { ...first.body, ...stack, ...others }
    fetch.startCalls = named.map(({ event, body, nth }) => ({
      ...{ at: event.at, nth },
      inTopPage: body.type === 'page-call' && body.framed !== true,
    }))
    if (named.length > 1 || orOtherTab || orWorker) return
    first.isAlone = true
    fetch.options = first.options
  }

  /** A call is reported after its fetch was seen where that fails at once: no call was known of it then. */
  const startLate = ({ event, body, place }: StartingCall) => {
    const [fetch, ...others] = fetches.all.filter(
      (one) =>
        uncalled.has(one) &&
        one.id === body.id &&
        isOf(one, place) &&
        event.at <= one.seenAt &&
        event.at >= one.seenAt - APPEARS,
    )
    if (!fetch || others.length > 0) return
    uncalled.delete(fetch)
    start(fetch, mayStart(fetch, fetch.seenAt), event.at)
  }

  return {
    called(event, body, place) {
      const named = fetches.all.filter((one) => one.id === body.id && isOf(one, place))
      if (body.method === 'fetch') {
        open = recent(open, event.at)
        const call = { event, body, place, nth: ++calls, options: null, isAlone: false }
        open.push(call)
        startLate(call)
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
    given(body) {
      const [call, ...others] = [...open, ...begun].filter(
        (one) =>
          one.body.type === 'page-call' &&
          one.body.id === body.id &&
          one.body.origin === body.origin &&
          one.event.at === body.calledAt,
      )
      if (!call || others.length > 0) return
      call.options = body
      // Not the fetch that was seen at first: a page may have listed it since.
      const fetch = call.isAlone && fetches.all.find(({ startCalls }) => startCalls[0]?.nth === call.nth)
      if (fetch) fetch.options = body
    },
    refused(event, body) {
      const isIt = ({ event, body: call }: StartingCall) =>
        event.at === body.calledAt &&
        call.id === body.id &&
        (call.type !== 'page-call' || call.origin === body.origin)
      const nth = [...open, ...begun].find(isIt)?.nth ?? null
      open = open.filter((one) => !isIt(one))
      // Somebody else has started the fetch that seemed to be of it.
      for (const fetch of fetches.all) {
        if (nth === null || fetch.startCalls[0]?.nth !== nth) continue
        fetch.initiator = null
        fetch.startCalls = []
        fetch.options = null
      }
      const others = fetches.all
        .filter(({ storageKey }) => storageKey === body.origin)
        .map((fetch) => ({ fetch, ran: ranWhenCalled(fetch, { at: body.calledAt, nth }) }))
      const note = body.ambiguous ? t('not_seen_one_of') : refusalCause(body, others, documents)
      // It is reported three seconds after the call that it is about.
      rows.add({ ...event, at: Math.min(event.at, body.calledAt) }, null, { note })
    },
    ended: sortCall,
    seen({ at }, fetch) {
      // A call may have started it, or another tab had before.
      if (fetch.already) return
      const named = mayStart(fetch, at)
      if (named.length === 0) uncalled.add(fetch)
      start(fetch, named, at)
    },
  }
}

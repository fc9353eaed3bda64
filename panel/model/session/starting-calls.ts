import { commonStack } from '../../../protocol/common-stack'
import type { BodyOf, SessionEvent } from '../../../protocol/events'
import { otherCallers } from '../../../protocol/other-callers'
import { CLOCKS, type Fetches } from './fetches'
import type { TracedCall } from './traced-call'
import type { Fetch } from './view'

/** The fetch of a call is seen within this time, in milliseconds. */
const APPEARS = 5000

/** Where a fetch is that a call may be of: `scope` is null where the call does not say. */
export interface CallPlace {
  readonly origin: string
  readonly scope: string | null
}

/** The calls of `fetch()`, and the fetches that they have started. */
export interface StartingCalls {
  /** @param place undefined where nothing is known of the worker that made it */
  called(event: SessionEvent, body: TracedCall, place: CallPlace | undefined): void
  /** What the call of `fetch()` at a moment gave as options: the fetch that it alone may have started has them. */
  given(body: BodyOf<'call-options'>): void
  /** No fetch was seen for a call. Returns its place in the order of all calls; null where it was not observed. */
  refused(body: BodyOf<'fetch-not-seen'>, at: number): number | null
  /** A fetch was seen for the first time. */
  seen(fetch: Fetch, at: number): void
}

/** Whether a call may be of a fetch of its ID. */
export const isOf = ({ storageKey, scope }: Fetch, place: CallPlace | undefined) =>
  place !== undefined && storageKey === place.origin && (place.scope === null || place.scope === scope)

/** Whether a fetch ran at a moment for certain: its end may be reported late, after an abort that was called for before. */
const ran = ({ seenAt, settledAt, abortCalls, aborts }: Fetch, at: number) =>
  seenAt < at &&
  settledAt !== null &&
  at < settledAt - CLOCKS &&
  ![...abortCalls, ...aborts].some((one) => one.at <= at + CLOCKS)

/** A call of `fetch()`. */
interface StartingCall {
  readonly event: SessionEvent
  readonly body: TracedCall
  readonly place: CallPlace | undefined
  readonly nth: number
  options: BodyOf<'call-options'> | null
  /** It alone may have started its fetch. */
  isAlone: boolean
  /** Where it may have started a fetch: it has started no other one there. */
  readonly scopes: Set<string>
  group: Group
}

/** Calls of which so many have started no fetch, and were not refused; which of them is not known. */
interface Group {
  readonly left: number
}

const recent = (calls: readonly StartingCall[], at: number) =>
  calls.filter(({ event }) => event.at > at - APPEARS)

/** Finds out which calls have started which fetches. */
export function createStartingCalls(fetches: Fetches): StartingCalls {
  /** Those of the last seconds that may have started no fetch so far; also of those before the log was cleared. */
  let open: StartingCall[] = []
  /** The last ones that have. */
  let begun: StartingCall[] = []
  /** How many calls of `fetch()` there were. */
  let calls = 0

  /** Of fetches that have begun, the calls of which one has started it; none where none was known. */
  const starters = new WeakMap<Fetch, readonly StartingCall[]>()

  /** The browser has refused a call at this moment for the registration of a fetch, as another one of its ID ran there. */
  const wasInUse = (fetch: Fetch, at: number) =>
    fetches.all.some(
      (one) =>
        one !== fetch &&
        one.id === fetch.id &&
        isOf(one, { origin: fetch.storageKey, scope: fetch.scope }) &&
        ran(one, at),
    )

  /** Calls that may have started a fetch, which was seen at a moment. */
  const mayStart = (fetch: Fetch, at: number) =>
    open.filter(
      ({ event, body, place, scopes }) =>
        body.id === fetch.id &&
        isOf(fetch, place) &&
        event.at <= at + CLOCKS &&
        event.at >= at - APPEARS &&
        !scopes.has(fetch.scope) &&
        !wasInUse(fetch, event.at),
    )

  /** Which of these calls is meant is not known from here on; so many of them have started a fetch, or were refused. */
  const join = (calls: readonly StartingCall[], over: number): Group => {
    const groups = new Set(calls.map(({ group }) => group))
    const group = { left: [...groups].reduce((sum, one) => sum + one.left, -over) }
    for (const one of open) if (groups.has(one.group)) one.group = group
    return group
  }

  /** One of these calls is over: it has started a fetch, or was refused. */
  const use = (calls: readonly StartingCall[], at: number) => {
    const group = join(calls, 1)
    begun = recent(begun, at)
    if (group.left <= 0) begun.push(...open.filter((one) => one.group === group))
    open = recent(open, at).filter((one) => !begun.includes(one))
  }

  /** Notes what is known of the call that has started a fetch, which one of these has. */
  const claim = (fetch: Fetch, named: readonly StartingCall[]) => {
    starters.set(fetch, named)
    const [first] = named
    const stack = commonStack(named.map(({ body }) => body))
    fetch.initiator = null
    fetch.startCalls = []
    fetch.options = null
    if (!first || !stack) return
    const { orOtherTab, orWorker } = otherCallers(named.map(({ body }) => body))
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
    first.isAlone = named.length === 1 && !orOtherTab && !orWorker
    if (first.isAlone) fetch.options = first.options
  }

  /** One of these calls has started a fetch. */
  const start = (fetch: Fetch, named: readonly StartingCall[], at: number) => {
    for (const { scopes } of named) scopes.add(fetch.scope)
    use(named, at)
    claim(fetch, named)
  }

  /** A call is reported after its fetch was seen where that fails at once, or after another one that may have started it. */
  const startLate = (call: StartingCall) => {
    const { event, body, place } = call
    const [fetch, ...others] = fetches.all.filter(
      (one) =>
        starters.has(one) &&
        one.id === body.id &&
        isOf(one, place) &&
        event.at <= one.seenAt &&
        event.at >= one.seenAt - APPEARS,
    )
    if (!fetch || others.length > 0) return
    const before = starters.get(fetch) ?? []
    if (before.length === 0) return start(fetch, mayStart(fetch, fetch.seenAt), event.at)
    call.scopes.add(fetch.scope)
    open = [...new Set([...open, ...before])]
    begun = begun.filter((one) => !before.includes(one))
    join([...before, call], 0)
    claim(fetch, [...before, call])
  }

  return {
    called(event, body, place) {
      open = recent(open, event.at)
      const call = {
        ...{ event, body, place, nth: ++calls, options: null, isAlone: false },
        ...{ scopes: new Set<string>(), group: { left: 1 } },
      }
      open.push(call)
      startLate(call)
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
    refused(body, at) {
      const isIt = ({ event, body: call }: StartingCall) =>
        event.at === body.calledAt &&
        call.id === body.id &&
        (call.type !== 'page-call' || call.origin === body.origin)
      const call = [...open, ...begun].find(isIt)
      if (!call) return null
      use([call], at)
      // Somebody else has started the fetch that seemed to be of it.
      for (const fetch of fetches.all) {
        const [one, ...others] = fetch.startCalls
        if (one?.nth !== call.nth || others.length > 0) continue
        starters.delete(fetch)
        fetch.initiator = null
        fetch.startCalls = []
        fetch.options = null
      }
      return call.nth
    },
    seen(fetch, at) {
      // A call may have started it, or another tab had before.
      if (!fetch.already) start(fetch, mayStart(fetch, at), at)
    },
  }
}

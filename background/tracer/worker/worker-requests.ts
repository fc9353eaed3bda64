import * as v from 'valibot'
import type { BodyOf } from '../../../protocol/events'
import { now } from '../../../wire/clock'
import { remoteLocation, StackTrace, short } from '../remote'
import type { OpenEvents } from './open-events'

/** So many requests of an event are reported one by one; what comes after them is counted. */
export const MAX_REQUESTS = 50
/** So many requests wait for an answer, also long after their events. */
const MAX_PENDING = 500
/** So many requests are remembered while no event is open. */
const MAX_EARLY = 20

const Sent = v.object({
  requestId: v.string(),
  request: v.object({ url: v.string(), method: v.string() }),
  timestamp: v.number(),
  wallTime: v.optional(v.number(), 0),
  type: v.optional(v.string()),
  initiator: v.object({ stack: v.optional(StackTrace) }),
})
const Answered = v.object({
  requestId: v.string(),
  timestamp: v.number(),
  response: v.object({ status: v.number() }),
})
const Failed = v.object({
  requestId: v.string(),
  timestamp: v.number(),
  errorText: v.string(),
  corsErrorStatus: v.optional(v.object({ corsError: v.string() })),
})

export type RequestReport =
  | Omit<BodyOf<'worker-request'>, 'worker'>
  | Omit<BodyOf<'worker-requests-counted'>, 'worker'>

/** A request that was sent while no event was known to be open. */
interface Early {
  readonly about: Pick<BodyOf<'worker-request'>, 'method' | 'url' | 'location'>
  /** On the clock of the browser's messages, in seconds, and on ours, in milliseconds. */
  readonly timestamp: number
  readonly at: number
  /** In epoch milliseconds. */
  readonly sentAt: number
}

/** A request that has no answer yet. */
interface Pending extends Early {
  event: number | null
  byListeners: boolean
  late: boolean
}

export interface WorkerRequests {
  /** What the session sent; false where it is nothing of requests. */
  event(method: string, params: Record<string, unknown>): boolean
  /**
   * An event is known from now on: its listeners may have sent requests before.
   *
   * @param at when it was dispatched, in epoch milliseconds
   */
  began(event: number, at: number): void
  /** An event is over. */
  done(event: number): void
  end(): void
}

/**
 * Reports the requests that a worker makes while it handles events of background fetches, by the session's `Network` domain. A
 * request is of the event whose listeners run, else of the only one that is open, else of none that is known. Only the first is
 * certain: once the listeners have returned, another event, such as `fetch`, or a timer may send one.
 * https://chromedevtools.github.io/devtools-protocol/tot/Network/
 */
export function createWorkerRequests(
  events: OpenEvents,
  report: (body: RequestReport) => void,
): WorkerRequests {
  const pending = new Map<string, Pending>()
  const early = new Map<string, Early>()
  /** Of each event that is open: those that are reported, and those that are counted. */
  const counts = new Map<number | null, { reported: number; more: number }>()

  /** One whose event is over has been reported as such. */
  const forgetLate = () => {
    for (const [requestId, { late }] of pending) {
      if (!late) continue
      pending.delete(requestId)
      return
    }
  }

  const admit = (requestId: string, one: Early, event: number | null, byListeners: boolean) => {
    const count = counts.get(event) ?? { reported: 0, more: 0 }
    counts.set(event, count)
    if (count.reported < MAX_REQUESTS) {
      count.reported++
      pending.set(requestId, { ...one, event, byListeners, late: false })
      if (pending.size > MAX_PENDING) forgetLate()
    } else count.more++
  }

  const send = (params: Record<string, unknown>) => {
    const sent = v.safeParse(Sent, params)
    if (!sent.success) return
    const { requestId, request, timestamp, wallTime, type, initiator } = sent.output
    // One that was redirected goes on; the browser's own question for CORS is none of the script.
    if (pending.has(requestId) || early.has(requestId)) return
    if (type === 'Preflight' || !/^https?:/.test(request.url)) return
    const about = {
      method: short(request.method),
      url: short(request.url),
      location: remoteLocation(initiator.stack),
    }
    const one = { about, timestamp, at: now(), sentAt: wallTime * 1000 }
    if ([...events.all()].length > 0) {
      const { event, byHandler } = events.current()
      return admit(requestId, one, event, byHandler)
    }
    early.set(requestId, one)
    const [oldest] = early.keys()
    if (early.size > MAX_EARLY && oldest !== undefined) early.delete(oldest)
  }

  const settle = (requestId: string, timestamp: number, status: number | null, error: string) => {
    const one = pending.get(requestId)
    early.delete(requestId)
    if (!one) return
    pending.delete(requestId)
    const { about, event, byListeners, late } = one
    const took = Math.max(0, (timestamp - one.timestamp) * 1000)
    report({ type: 'worker-request', ...about, event, byListeners, status, error, took, late })
  }

  /** Nothing more can be said in time of what belongs to this. */
  const close = (event: number | null) => {
    for (const one of pending.values()) {
      if (one.event !== event || one.late) continue
      one.late = true
      const took = Math.max(0, now() - one.at)
      const { about, byListeners } = one
      const open = { status: null, error: '', took, late: true }
      report({ type: 'worker-request', ...about, event, byListeners, ...open })
    }
    const more = counts.get(event)?.more ?? 0
    counts.delete(event)
    if (more > 0) report({ type: 'worker-requests-counted', event, count: more })
  }

  return {
    event(method, params) {
      if (!method.startsWith('Network.')) return false
      if (method === 'Network.requestWillBeSent') send(params)
      if (method === 'Network.responseReceived') {
        const answered = v.safeParse(Answered, params)
        if (!answered.success) return true
        const { requestId, timestamp, response } = answered.output
        settle(requestId, timestamp, Math.max(0, Math.trunc(response.status)), '')
      }
      if (method === 'Network.loadingFailed') {
        const failed = v.safeParse(Failed, params)
        if (!failed.success) return true
        const { requestId, timestamp, errorText, corsErrorStatus } = failed.output
        const cors = corsErrorStatus ? ` (${corsErrorStatus.corsError})` : ''
        settle(requestId, timestamp, null, short(`${errorText || 'net::ERR_FAILED'}${cors}`))
      }
      return true
    },
    began(event, at) {
      for (const [requestId, one] of early) if (one.sentAt >= at) admit(requestId, one, event, false)
      early.clear()
      // They were taken for another event's that is open. What else ran between is not known.
      for (const one of pending.values()) {
        if (one.sentAt < at || one.late) continue
        one.event = event
        one.byListeners = false
      }
    },
    done(event) {
      close(event)
      if ([...events.all()].length === 0) close(null)
    },
    end() {
      for (const event of [...counts.keys()]) close(event)
      pending.clear()
    },
  }
}

import type { SessionEvent } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import { nameOf } from '../../../protocol/lifecycle'
import { originOf } from '../../../protocol/origin'
import type { AbortCause } from '../../../protocol/session-events'
import { createOpenPlans } from './open-plans'
import type { AbortedFetch } from './panel-aborts'

/** How long after the end of a fetch its cause is looked for, in milliseconds: by then what led to it has been reported. */
const LATER = 1000
/** By then what was reported before an answer has been recorded, in milliseconds. */
const RECORDED = 100
/** A page that is busy hears of the end of a fetch so much later than it was aborted at most, in milliseconds. */
const BUSY = 10_000
/** A fetch is seen so much later than it began at most, in milliseconds, while workers are traced. */
const SEEN = 1000
/** Of calls in a loop not all are reported, but others of the same second are. */
const LOOP = 1000
/** So many fetches and workers are remembered. */
const MAX = 500

interface Seen {
  readonly name: string
  readonly id: string
  readonly storageKey: string
  /** When it was seen first: it had begun by then. */
  readonly seenAt: number
  /** It ran before, so that it is not known when it began. */
  readonly already: boolean
  /** When a panel of this tab asked for its abort, or when the moment of one that was planned there came. */
  readonly asked: Map<string, number>
}

interface AbortCall {
  readonly origin: string
  readonly id: string
  readonly at: number
}

/** What is known outside of the session's own events. */
export interface AbortsNeeds {
  /** Each call of `abort()` by scripts of the tab and workers of this origin was reported in this time. */
  covered(origin: string, from: number, to: number): Promise<boolean>
  /** A panel of this tab has aborted the fetch of this name. */
  byThisPanel(name: string, askedAt: number, answeredAt: number): void
  /** The panel of another tab has aborted this fetch. */
  byOtherPanel(fetch: AbortedFetch): Promise<boolean>
  report(body: AbortCause): void
}

/** Looks for the cause of aborts. */
export interface Aborts {
  /** Events as they are recorded. */
  recorded(events: readonly SessionEvent[]): void
}

function cut(map: Map<unknown, unknown>) {
  for (const key of map.keys()) {
    if (map.size <= MAX) return
    map.delete(key)
  }
}

/** Finds out who aborted a fetch that neither this tab's panel nor a script that was seen has aborted. */
export function createAborts(needs: AbortsNeeds): Aborts {
  const fetches = new Map<Handle, Seen>()
  /** Origins of workers by their names. */
  const origins = new Map<string, string>()
  const looking = new Set<Handle>()
  const plans = createOpenPlans()
  let calls: readonly AbortCall[] = []

  const look = async (handle: Handle, fetch: Seen, settledAt: number) => {
    const { name, id, storageKey, seenAt, already } = fetch
    // Another document may have been asked, under another handle.
    const same = [...fetches].filter(([, other]) => other.name === name)
    if (same.some(([, { asked }]) => asked.size > 0)) return
    const handles = new Set(same.map(([its]) => its))
    if (plans.mayHaveEnded({ handles, storageKey, id, settledAt })) return
    if (await needs.byOtherPanel({ name, handle, seenAt, settledAt }))
      return needs.report({ type: 'abort-cause', handle, cause: 'other-panel' })
    // Of one that is partitioned, the frames of other sites would have to be asked.
    if (storageKey !== originOf(storageKey)) return
    const since = already ? 0 : seenAt - SEEN
    const from = Math.max(settledAt - BUSY, since)
    if (!(await needs.covered(storageKey, from, settledAt))) return
    await new Promise((resolve) => setTimeout(resolve, RECORDED))
    const called = calls.some(
      (one) => one.origin === storageKey && (one.at >= from - LOOP || (one.id === id && one.at >= since)),
    )
    if (called) return
    needs.report({ type: 'abort-cause', handle, cause: 'not-this-tab' })
  }

  const one = (event: SessionEvent) => {
    const { body, at, storageKey } = event
    plans.apply(event)
    switch (body.type) {
      case 'fetch-seen': {
        const name = nameOf(storageKey, body.scope, body.id)
        fetches.set(body.handle, {
          name,
          id: body.id,
          storageKey: storageKey ?? '',
          seenAt: at,
          already: body.already,
          asked: new Map(),
        })
        return cut(fetches)
      }
      case 'worker-seen':
        origins.set(body.worker, originOf(body.url))
        return cut(origins)
      case 'page-call':
      case 'worker-call': {
        if (body.method !== 'abort') return
        const origin = body.type === 'page-call' ? body.origin : (origins.get(body.worker) ?? '')
        // One that did nothing may be one of a loop, too.
        calls = [...calls.slice(-MAX), { origin, id: body.ended ? '' : body.id, at }]
        return
      }
      case 'abort-requested':
        fetches.get(body.handle)?.asked.set(body.command, at)
        return
      case 'planned-abort-fired': {
        const fetch = fetches.get(body.handle)
        fetch?.asked.set(body.command, at)
        // A document may follow the fetch under a handle that was reported to a background that is gone.
        if (!fetch) calls = [...calls.slice(-MAX), { origin: originOf(storageKey ?? ''), id: '', at }]
        return
      }
      case 'abort-answered': {
        const fetch = fetches.get(body.handle)
        const askedAt = fetch?.asked.get(body.command)
        const { outcome } = body
        if (fetch && askedAt !== undefined && outcome.kind === 'resolved' && outcome.value)
          needs.byThisPanel(fetch.name, askedAt, at)
        return
      }
      case 'settled': {
        const fetch = fetches.get(body.handle)
        if (!fetch || body.attributes.failureReason !== 'aborted' || looking.has(body.handle)) return
        looking.add(body.handle)
        setTimeout(() => {
          looking.delete(body.handle)
          void look(body.handle, fetch, at).catch(() => {})
        }, LATER)
      }
    }
  }

  return {
    recorded(events) {
      for (const event of events) one(event)
    },
  }
}

import type { Handle } from '../../protocol/handle'
import type { PageBody } from '../../protocol/page-events'
import {
  type AbortPlan,
  type ColdStart,
  matchesPattern,
  type PlannedAbortRemoved,
} from '../../protocol/planned-aborts'
import { now } from '../../wire/clock'
import { isMet, isSending, type Known } from './abort-moment'
import type { Follow } from './watching/follow'

/** How long stopping the worker may take, in milliseconds; after that the fetch is aborted all the same. */
const STOPPING = 2000
/** So many plans that were taken are remembered: one that comes again comes within seconds. */
const MAX_TAKEN = 1000

/** What planned aborts need of the bridge. */
interface Needs {
  find(handle: Handle): Follow | undefined
  report(body: PageBody): void
  /** Calls `abort()` and reports the answer. */
  abort(handle: Handle, command: string): void
  /** Resolves when its requests were read, or could not be for a while. */
  requestsRead(handle: Handle): Promise<void>
  /** Has the worker of the fetch stopped. */
  coldStart(command: string, scope: string): Promise<ColdStart>
  /** {@link PlannedAborts.expectsFetch} may have changed. */
  changed(): void
}

export interface PlannedAborts {
  /** Plans an abort; the same one once. */
  plan(plan: AbortPlan): void
  remove(command: string): void
  /** The fetch is being aborted now: what was planned for it is not done any more. */
  aborting(handle: Handle): void
  /** Takes in what the bridge reports, as it is reported. Never throws. */
  observe(body: PageBody): void
  /** An abort is planned for a fetch that has yet to begin: new ones are to be looked for. */
  readonly expectsFetch: boolean
  /** The fetches of this page are not followed any more. */
  drop(): void
  /** The bridge leaves: drops all without a report. */
  stop(): void
}

interface Planned {
  readonly plan: AbortPlan
  readonly handle: Handle
  /** What its time counts from, in epoch milliseconds. */
  readonly since: number
  timer: ReturnType<typeof setTimeout> | undefined
  /** Its moment has come, and the worker is being stopped. */
  firing: boolean
}

/** Aborts fetches at moments that were chosen before, by what this page observes of them. */
export function createPlannedAborts(needs: Needs): PlannedAborts {
  const taken = new Set<string>()
  const known = new Map<Handle, Known>()
  const planned = new Map<Handle, Planned>()
  const next = new Map<string, AbortPlan>()
  /** The page has listed what ran when it was looked at first: what is seen from now on is new. */
  let listed = false

  const removed = (command: string, why: PlannedAbortRemoved['why']) =>
    needs.report({ type: 'planned-abort-removed', command, why })

  const take = (handle: Handle): Planned | undefined => {
    const one = planned.get(handle)
    clearTimeout(one?.timer)
    planned.delete(handle)
    return one
  }

  const end = (handle: Handle, why: PlannedAbortRemoved['why']) => {
    const one = take(handle)
    if (one) removed(one.plan.command, why)
  }

  /** Stops the worker first where that was asked for. */
  const stopWorker = async ({ plan: { cold, command }, handle }: Planned): Promise<ColdStart | null> => {
    if (!cold) return null
    const scope = needs.find(handle)?.scope
    if (scope === undefined) return 'not-stopped'
    const late = new Promise<ColdStart>((resolve) => setTimeout(resolve, STOPPING, 'not-stopped'))
    return Promise.race([needs.coldStart(command, scope).catch(() => 'not-stopped' as const), late])
  }

  const fire = async (one: Planned) => {
    const { plan, handle, since } = one
    const { command, moment } = plan
    one.firing = true
    // Its moment may come with the report that it was seen, and it is followed right after that. Of a fetch that is gone
    // before its requests were read, the storage could not be compared.
    await Promise.resolve()
    await needs.requestsRead(handle)
    const cold = await stopWorker(one)
    one.firing = false
    // It was removed meanwhile, which is reported.
    if (planned.get(handle) !== one) return
    const fetch = known.get(handle)
    const followed = needs.find(handle)
    // It comes once the body is sent.
    if (fetch && isSending(fetch)) return
    take(handle)
    if (followed?.settled) return removed(command, 'fetch-ended')
    if (!fetch || !followed) return removed(command, 'not-followed')
    const { downloaded, downloadTotal } = followed.registration
    const elapsed = Math.max(0, now() - since)
    const { responses } = fetch
    needs.report({
      type: 'planned-abort-fired',
      ...{ handle, command, moment, downloaded, downloadTotal, responses, elapsed, cold },
    })
    needs.abort(handle, command)
  }

  const check = (handle: Handle) => {
    const fetch = known.get(handle)
    const one = planned.get(handle)
    if (!fetch || !one || one.firing || isSending(fetch)) return
    if (!isMet(one.plan.moment, fetch, now() - one.since)) return
    void fire(one)
  }

  const apply = (plan: AbortPlan, handle: Handle) => {
    end(handle, 'replaced')
    const fetch = known.get(handle)
    if (!fetch) return removed(plan.command, 'not-followed')
    const { moment, command } = plan
    if (moment.kind === 'percent' && fetch.attributes.downloadTotal === 0) return removed(command, 'no-total')
    const one: Planned = { plan, handle, since: now(), timer: undefined, firing: false }
    // A timer may come a fraction of a millisecond early.
    if (moment.kind === 'time') one.timer = setTimeout(check, moment.ms + 1, handle)
    planned.set(handle, one)
    check(handle)
  }

  const seen = ({ handle, id, attributes }: Extract<PageBody, { type: 'fetch-seen' }>) => {
    known.set(handle, { id, attributes, responses: 0 })
    if (!listed) return
    const plan = [...next.values()].find(
      ({ target }) => target.kind === 'next' && matchesPattern(target.pattern, id),
    )
    if (!plan) return
    next.delete(plan.command)
    needs.report({ type: 'planned-abort-applied', handle, command: plan.command })
    apply(plan, handle)
    needs.changed()
  }

  const takeIn = (body: PageBody) => {
    switch (body.type) {
      case 'inventory':
        listed = true
        return
      case 'fetch-seen':
        return seen(body)
      case 'progress':
      case 'response-ready': {
        const fetch = known.get(body.handle)
        if (!fetch) return
        if (body.type === 'progress') fetch.attributes = body.attributes
        else fetch.responses = body.ready
        return check(body.handle)
      }
      case 'settled':
      case 'fetch-gone':
        known.delete(body.handle)
        return end(body.handle, 'fetch-ended')
    }
  }

  const removeAll = (why: PlannedAbortRemoved['why']) => {
    for (const handle of [...planned.keys()]) end(handle, why)
    for (const command of [...next.keys()]) {
      next.delete(command)
      removed(command, why)
    }
    needs.changed()
  }

  return {
    plan(plan) {
      const { command, target } = plan
      if (taken.has(command)) return
      taken.add(command)
      const [oldest] = taken
      if (taken.size > MAX_TAKEN && oldest !== undefined) taken.delete(oldest)
      if (target.kind === 'fetch') return apply(plan, target.handle)
      for (const [name, other] of next) {
        if (other.target.kind !== 'next' || other.target.pattern !== target.pattern) continue
        next.delete(name)
        removed(name, 'replaced')
      }
      next.set(command, plan)
      needs.changed()
    },
    remove(command) {
      for (const [handle, { plan }] of [...planned]) if (plan.command === command) end(handle, 'asked')
      if (!next.delete(command)) return
      removed(command, 'asked')
      needs.changed()
    },
    aborting: (handle) => end(handle, 'aborted'),
    observe(body) {
      try {
        takeIn(body)
      } catch {
        // What was observed is on record already; what was planned is worth nothing after a fault.
        removeAll('failed')
      }
    },
    get expectsFetch() {
      return next.size > 0
    },
    drop() {
      listed = false
      removeAll('not-followed')
      known.clear()
    },
    stop() {
      for (const handle of [...planned.keys()]) take(handle)
      next.clear()
      known.clear()
    },
  }
}

import type { SessionEvent } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import { matchesPattern } from '../../../protocol/planned-aborts'

/** How long after its page has gone a planned abort may still lead to the end of a fetch, in milliseconds. */
const LATE = 10_000
/** So many plans are remembered. */
const MAX = 1000

interface Plan {
  readonly document: string | null
  readonly storageKey: string | null
  /** The fetch that it is for, or the pattern of the IDs of those that it is for. */
  readonly target: { readonly handle: Handle } | { readonly pattern: string }
  /** When its page has gone, in epoch milliseconds. */
  readonly goneAt: number | null
}

/** A fetch that ended. */
interface Ended {
  readonly handles: ReadonlySet<Handle>
  readonly storageKey: string
  readonly id: string
  readonly settledAt: number
}

/** Planned aborts of which nobody reported that they happened, or that they will not. */
export interface OpenPlans {
  /** Takes in an event as it is recorded. */
  apply(event: SessionEvent): void
  /** Whether one of them may have ended a fetch: its page may have gone before it could report that. */
  mayHaveEnded(fetch: Ended): boolean
}

/** Follows the planned aborts of a tab by its events. */
export function createOpenPlans(): OpenPlans {
  const plans = new Map<string, Plan>()

  return {
    apply({ body, at, document, storageKey }) {
      switch (body.type) {
        case 'abort-planned':
        case 'next-abort-planned': {
          const target = body.type === 'abort-planned' ? { handle: body.handle } : { pattern: body.pattern }
          plans.set(body.command, { document, storageKey, target, goneAt: null })
          const [oldest] = plans.keys()
          if (plans.size > MAX && oldest !== undefined) plans.delete(oldest)
          return
        }
        case 'planned-abort-applied': {
          const plan = plans.get(body.command)
          if (plan) plans.set(body.command, { ...plan, target: { handle: body.handle } })
          return
        }
        case 'planned-abort-fired':
        case 'planned-abort-removed':
          plans.delete(body.command)
          return
        case 'frame-gone':
          for (const [command, plan] of plans)
            if (plan.document === document) plans.set(command, { ...plan, goneAt: plan.goneAt ?? at })
      }
    },
    mayHaveEnded: ({ handles, storageKey, id, settledAt }) =>
      [...plans.values()].some(({ target, storageKey: of, goneAt }) => {
        if (goneAt !== null && settledAt > goneAt + LATE) return false
        if ('handle' in target) return handles.has(target.handle)
        return of === storageKey && matchesPattern(target.pattern, id)
      }),
  }
}

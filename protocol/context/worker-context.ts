import type { BodyOf, SessionEvent } from '../events'
import { LISTED_LATE, MAX_SEEN_DELAY } from '../lifecycle'
import { changeContext } from './change-context'
import { eventContext, keyOf } from './event-context'
import { pauseContext } from './pause-context'
import { strayExceptions } from './stray-exceptions'

/** The fetches of an ID that stay. */
interface Seen {
  /** From when on an event of a worker may be of one of them, in epoch milliseconds. */
  readonly since: number
  /** When the first of them was seen. */
  readonly at: number
  readonly storageKeys: readonly string[]
}

/** The fetches that stay, by their IDs. */
function seenIn(ofFetches: ReadonlySet<SessionEvent>): ReadonlyMap<string, Seen> {
  const ids = new Map<string, Seen>()
  for (const { body, at, storageKey } of ofFetches) {
    if (body.type !== 'fetch-seen') continue
    const since = body.already ? Number.NEGATIVE_INFINITY : at - MAX_SEEN_DELAY
    const known = ids.get(body.id)
    ids.set(body.id, {
      since: Math.min(since, known?.since ?? since),
      at: Math.min(at, known?.at ?? at),
      storageKeys: [...new Set([...(known?.storageKeys ?? []), storageKey ?? ''])],
    })
  }
  return ids
}

/** Runs of workers that have ended, events in them that are over, and the last time that all runs were interrupted. */
function endsIn(old: readonly SessionEvent[]) {
  const stopped = new Set<string>()
  const done = new Set<string>()
  const seen = new Set<string>()
  let interruption: SessionEvent | null = null
  for (const event of old) {
    const { body } = event
    if (body.type === 'worker-seen') seen.add(body.worker)
    if (body.type === 'worker-stopped') stopped.add(body.worker)
    if (body.type === 'event-done') done.add(keyOf(body))
    if (body.type !== 'earlier-unread') continue
    for (const worker of seen) stopped.add(worker)
    interruption = event
  }
  return { stopped, done, interruption }
}

/**
 * What must stay of service workers: runs and events that are not over or are still mentioned, and all that the verdict on a fetch that
 * stays follows from: its events, pauses in the debugger, and changes of its storage.
 *
 * @param names what later events mention
 * @param ofFetches what was reported of the fetches that stay
 */
export function workerContext(
  old: readonly SessionEvent[],
  recent: readonly SessionEvent[],
  names: ReadonlySet<string>,
  ofFetches: ReadonlySet<SessionEvent>,
): ReadonlySet<SessionEvent> {
  const ids = seenIn(ofFetches)
  const { stopped, done, interruption } = endsIn(old)
  const isOpen = (body: { readonly worker: string; readonly event: number }) =>
    names.has(keyOf(body)) || !(done.has(keyOf(body)) || stopped.has(body.worker))
  /** How a fetch that stays ended may be known by its worker only. */
  const mayBeOf = ({ id }: BodyOf<'dispatched'>, at: number) => at >= (ids.get(id)?.since ?? Infinity)
  const reported = new Set<string>()
  const workers = new Set<string>()
  for (const { body, at } of old) {
    if (body.type !== 'dispatched' || !mayBeOf(body, at)) continue
    reported.add(keyOf(body))
    workers.add(body.worker)
  }
  const since = Math.min(...[...ids.values()].map((one) => one.since))
  const pauses = pauseContext(old, since)
  const stray = strayExceptions(old, since)
  for (const { body } of [...pauses, ...stray]) if ('worker' in body) workers.add(body.worker)
  // A fetch that ran already when it was seen has no part in what was over long before.
  const ofEvents = eventContext(
    old,
    recent,
    (body, at) => isOpen(body) || (mayBeOf(body, at) && at >= (ids.get(body.id)?.at ?? 0) - LISTED_LATE),
  )
  /** Of the events that may be of a fetch which stays. */
  const origins = new Map<string, Iterable<string>>()
  const changes = changeContext(old, (event) => {
    const { body, storageKey } = event
    if (body.type === 'settled' && ofFetches.has(event)) return [storageKey ?? '']
    if (body.type === 'handler-returned') return origins.get(keyOf(body)) ?? []
    if (body.type !== 'dispatched' || !mayBeOf(body, event.at)) return []
    const found = ids.get(body.id)?.storageKeys ?? []
    origins.set(keyOf(body), found)
    return found
  })
  const context = new Set<SessionEvent>()
  let hasRuns = false
  for (const event of old) {
    const { body } = event
    if ([ofEvents, pauses, stray, changes].some((kept) => kept.has(event))) context.add(event)
    else if (body.type === 'worker-seen' || body.type === 'worker-stopped') {
      const { worker } = body
      if (!names.has(worker) && stopped.has(worker) && !workers.has(worker)) continue
      hasRuns ||= body.type === 'worker-seen'
      context.add(event)
    } else if (body.type === 'dispatched' || body.type === 'event-done') {
      if (isOpen(body) || reported.has(keyOf(body))) context.add(event)
    } else if (event === interruption && hasRuns) context.add(event)
  }
  return context
}

import type { Body, SessionEvent } from '../events'
import { LISTED_LATE } from '../lifecycle'
import { watchedAfter } from '../watching'
import { keyOf } from './event-context'
import { type FetchGroup, fetchGroups } from './fetch-groups'
import { workerContext } from './worker-context'

/** What later events refer to by name. */
function named(events: readonly SessionEvent[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { body } of events) {
    if ('handle' in body) names.add(body.handle)
    if ('worker' in body) names.add(body.worker)
    if ('event' in body) names.add(keyOf(body))
  }
  return names
}

/** Runs of workers and documents that have ended; a document may come back by the Back button. */
function ends(events: readonly SessionEvent[]): ReadonlySet<string> {
  const ended = new Set<string>()
  const documents = new Set<string>()
  for (const { body, document } of events) {
    if (body.type === 'worker-stopped') ended.add(body.worker)
    if (body.type === 'frame-gone' && document) ended.add(document)
    if (body.type === 'frame' && document) {
      ended.delete(document)
      documents.add(document)
    }
    if (watchedAfter(body) === false) {
      for (const one of documents) ended.add(one)
    }
  }
  return ended
}

/** All that concerns the fetches that are not over, or are still mentioned. */
function fetchContext(old: readonly SessionEvent[], names: ReadonlySet<string>): ReadonlySet<SessionEvent> {
  const context = new Set<SessionEvent>()
  const take = (group: FetchGroup | null) => {
    for (let one = group; one; one = one.successor) for (const event of one.events) context.add(event)
  }
  for (const group of fetchGroups(old)) {
    if (group.phase !== 'over' || [...group.handles].some((handle) => names.has(handle))) take(group)
  }
  return context
}

/**
 * Commands of forced endings: those of fetches that stay, and limits of the quota that are not reverted, or were not when the first of
 * these fetches was seen.
 */
function forcedInContext(
  old: readonly SessionEvent[],
  staying: readonly SessionEvent[],
): ReadonlySet<string> {
  const ids = new Set<string>()
  let since = Number.POSITIVE_INFINITY
  for (const { body, at } of staying) {
    if (body.type === 'fetch-seen' || body.type === 'dispatched') ids.add(body.id)
    if (body.type === 'fetch-seen') since = Math.min(since, at - LISTED_LATE)
  }
  const commands = new Set<string>()
  const limits = new Set<string>()
  for (const { body, at } of old) {
    if (body.type === 'ending-reverted' && at < since) limits.delete(body.command)
    if (body.type !== 'ending-forced') continue
    if (ids.has(body.id)) commands.add(body.command)
    if (body.by.kind === 'quota') limits.add(body.command)
  }
  return new Set([...commands, ...limits])
}

/**
 * Events that must stay when older ones are dropped, because what stays cannot be read without them: what
 * concerns a fetch, a frame or a worker that is not over or is still mentioned, the latest event that says whether the tab is
 * watched, recorded and traced, and whether what is recorded is saved, the steps of an abort series that goes on, and the last
 * time that the log was cleared. A panel that folds them and what stays shows the same fetches as one that had all of it.
 *
 * @param old what is dropped
 * @param recent what stays anyway
 */
export function contextOf(old: readonly SessionEvent[], recent: readonly SessionEvent[]): SessionEvent[] {
  const names = named(recent)
  const ended = ends([...old, ...recent])
  const needed = (name: string) => names.has(name) || !ended.has(name)
  const ofFetches = fetchContext(old, names)
  const ofWorkers = workerContext(old, recent, names, ofFetches)
  const last = new Map<string, SessionEvent>()
  for (const event of old) {
    const { type } = event.body
    if (type === 'watch-started' || type === 'watch-stopped' || type === 'panel-left')
      last.set('watch', event)
    if (type === 'not-saved' || type === 'saved-again') last.set('saved', event)
    // Both ends of a recording carry the name of the command that led to them: it is not to be done twice.
    if (type === 'recording-started' || type === 'recording-ended') last.set(type, event)
    if (type === 'tracer' || type === 'cleared' || type === 'network-observed') last.set(type, event)
    if (type === 'next-abort-planned') last.set(`planned ${event.body.command}`, event)
    if (type === 'planned-abort-applied' || type === 'planned-abort-removed')
      last.delete(`planned ${event.body.command}`)
    if (type === 'worker-scripts') last.set(`scripts ${event.body.worker}`, event)
    // A page that begins to look is online unless it reports otherwise.
    if (type === 'inventory') last.delete(`connectivity ${event.storageKey}`)
    if (type === 'connectivity') last.set(`connectivity ${event.storageKey}`, event)
    if (type === 'frame') last.set(`frame ${event.document}`, event)
  }
  const latest = new Set(last.values())
  /** Those that have ended in what is dropped; of the others all steps stay. */
  const seriesEnded = new Set(
    old.flatMap(({ body }) => (body.type === 'abort-series-ended' ? [body.series] : [])),
  )
  const removed = new Set(
    old.flatMap(({ body }) => (body.type === 'planned-abort-removed' ? [body.command] : [])),
  )
  const forced = forcedInContext(old, [...ofFetches, ...recent])
  return old.filter((event) => {
    const { body, document } = event
    if (body.type === 'abort-planned' || body.type === 'next-abort-planned') {
      if (removed.has(body.command) || (document !== null && ended.has(document))) return false
    }
    if (ofFetches.has(event) || ofWorkers.has(event)) return true
    switch (body.type) {
      case 'worker-scripts':
        return latest.has(event) && needed(body.worker)
      case 'frame':
        return latest.has(event) && document !== null && !ended.has(document)
      case 'ending-forced':
      case 'ending-reverted':
        return forced.has(body.command)
      case 'abort-series-started':
      case 'abort-series-run':
      case 'abort-series-run-failed':
        return !seriesEnded.has(body.series)
      default:
        return latest.has(event)
    }
  })
}

/** What there may be thousands of for one fetch: without it less is known of its requests, and nothing else. */
const MANY: ReadonlySet<Body['type']> = new Set([
  'response-ready',
  'network-request',
  'network-response',
  'network-end',
])

/** The same, but no more than so many events: of what there may be thousands of the oldest go first. */
export function contextWithin(
  old: readonly SessionEvent[],
  recent: readonly SessionEvent[],
  limit: number,
): SessionEvent[] {
  const context = contextOf(old, recent)
  let excess = context.length - limit
  if (excess <= 0) return context
  return context.filter(({ body }) => !(MANY.has(body.type) && excess-- > 0)).slice(-limit)
}

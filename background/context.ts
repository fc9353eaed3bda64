import type { SessionEvent } from '../protocol/events'

/** What a later event refers to, and what has ended, in a stream. */
function references(events: readonly SessionEvent[]) {
  const named = new Set<string>()
  const ended = new Set<string>()
  for (const { body, document } of events) {
    if ('handle' in body) named.add(body.handle)
    if ('worker' in body) named.add(body.worker)
    if ('event' in body) named.add(`${body.worker}:${body.event}`)
    if (body.type === 'event-over' || body.type === 'fetch-gone') ended.add(body.handle)
    if (body.type === 'worker-stopped') ended.add(body.worker)
    if (body.type === 'event-done') ended.add(`${body.worker}:${body.event}`)
    if (body.type === 'frame-gone' && document) ended.add(document)
  }
  return { named, ended }
}

/**
 * Events that must stay when older ones are let go of, because what stays cannot be read without them: what
 * introduces a fetch, a frame or a worker that is not over or is still spoken of, and the last word on
 * whether the tab is watched, kept and traced.
 *
 * @param old what is let go of
 * @param kept what stays anyway
 */
export function contextOf(old: readonly SessionEvent[], kept: readonly SessionEvent[]): SessionEvent[] {
  const { named } = references(kept)
  const ended = new Set([...references(old).ended, ...references(kept).ended])
  const needed = (name: string) => named.has(name) || !ended.has(name)
  const last = new Map<string, SessionEvent>()
  for (const event of old) {
    const { type } = event.body
    if (type === 'watch-started' || type === 'watch-stopped' || type === 'panel-left')
      last.set('watch', event)
    if (type === 'keep-started' || type === 'keep-ended') last.set('keep', event)
    if (type === 'tracer') last.set('tracer', event)
    if (type === 'frame') last.set(`frame ${event.document}`, event)
  }
  const latest = new Set(last.values())
  return old.filter((event) => {
    const { body, document } = event
    switch (body.type) {
      case 'fetch-seen':
        return needed(body.handle)
      case 'settled':
        return !ended.has(body.handle)
      case 'worker-seen':
        return needed(body.worker)
      case 'dispatched':
        return needed(`${body.worker}:${body.event}`)
      case 'frame':
        return latest.has(event) && document !== null && !ended.has(document)
      default:
        return latest.has(event)
    }
  })
}

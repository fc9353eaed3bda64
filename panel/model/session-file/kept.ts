import type { Body, SessionEvent } from '../../../protocol/events'

/** How many events are kept: as many as the background's journal keeps. */
export const KEPT_BOUND = 100_000

export interface Kept {
  /** The events of the session, in the order in which they came, without doubles. */
  readonly events: readonly SessionEvent[]
  append(events: readonly SessionEvent[]): void
}

/** Says what is watched, and is needed whatever else is let go of. */
const SETTING: ReadonlySet<string> = new Set<Body['type']>([
  'frame',
  'frame-gone',
  'inventory',
  'tracer',
  'unreachable',
  'watch-started',
  'watch-stopped',
])
/** Comes in great numbers, and nothing later refers to it. */
const MANY: ReadonlySet<string> = new Set<Body['type']>(['progress', 'console', 'storage-changed'])

/** What an event is about, if that begins and ends: a fetch, a run of a worker, or an event in one. */
function subjectOf(body: Body): string | null {
  if ('handle' in body) return body.handle
  if (!('worker' in body)) return null
  if (!('event' in body)) return body.worker
  return body.event === null ? null : `${body.worker}:${body.event}`
}

const ENDS: ReadonlySet<string> = new Set<Body['type']>([
  'event-over',
  'fetch-gone',
  'worker-stopped',
  'event-done',
])

/** The events of what is not over at the end of `events`, without which the later ones could not be read. */
function unfinished(events: readonly SessionEvent[]): SessionEvent[] {
  const over = new Set<string | null>([null])
  for (const { body } of events) if (ENDS.has(body.type)) over.add(subjectOf(body))
  return events.filter(({ body }) => SETTING.has(body.type) || !over.has(subjectOf(body)))
}

/**
 * The stream that the panel's model was told, for a file: what a person cleared is not in it.
 *
 * @param preserve whether the log outlives navigations, as for the model
 */
export function createKept(preserve: () => boolean, bound = KEPT_BOUND): Kept {
  let events: SessionEvent[] = []
  const have = new Map<string, number>()

  const appendOne = (event: SessionEvent) => {
    if (event.seq <= (have.get(event.producer) ?? 0)) return
    have.set(event.producer, event.seq)
    const { type } = event.body
    if (type === 'cleared' || (type === 'navigated' && !preserve())) events = unfinished(events)
    events.push(event)
    if (events.length <= bound) return
    const cutAt = events.length - Math.floor(bound * 0.8)
    const context = unfinished(events.slice(0, cutAt)).filter(({ body }) => !MANY.has(body.type))
    events = [...context.slice(-Math.floor(bound * 0.1)), ...events.slice(cutAt)]
  }

  return {
    get events() {
      return events
    },
    append(incoming) {
      for (const event of incoming) appendOne(event)
    },
  }
}

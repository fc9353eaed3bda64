import type { Body } from '../../../protocol/events'
import { createAuditStream, type Look, type recordOf } from '../audit/audit.fixture'
import { noSettings } from '../audit/site-settings'
import type { Fetch, View } from '../session/view'
import { createStream, observed } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { type Comparison, compare } from './compare'
import type { Line, Side } from './line'

export const sideOf = (fetch: Fetch, model: View, settings = noSettings): Side => ({
  fetch,
  workers: model.workers,
  settings,
})

interface Played {
  readonly id?: string
  readonly look?: Look
  readonly records?: readonly ReturnType<typeof recordOf>[]
  /** What ends it; aborted where nothing is said. */
  readonly end?: Body
  /** Of the panel: null for an abort elsewhere. */
  readonly abort?: boolean
  /** How long its handler takes, in milliseconds; untraced where nothing is said. */
  readonly handler?: number
  readonly uncertainty?: number
  /** Begins this much later, in milliseconds. */
  readonly after?: number
}

/** Plays a fetch to its end in a session of its own. For tests. */
export function played({
  id = 'episode',
  look = {},
  records = [],
  end,
  abort = true,
  handler,
  uncertainty = 5,
  after = 10,
}: Played = {}) {
  const stream = createStream()
  const story = createAuditStream(id, stream)
  stream.page(observed.frame(), after)
  if (handler !== undefined) {
    stream.panel(trace.on())
    stream.panel(trace.seen(), 10, { source: 'worker' })
  }
  story.seen(look)
  if (abort) {
    stream.panel(observed.abort('h'))
    stream.page(observed.answer('h'))
  }
  story.settled(records, end)
  if (handler !== undefined) {
    const worker = (body: Body, wait: number) => stream.panel(body, wait, { source: 'worker' })
    worker(trace.dispatched({ id }), 5)
    worker(trace.waits(), 1)
    worker(trace.returned(), 1)
    worker(trace.settled(), handler)
    worker(trace.done(), 1)
  }
  stream.page(observed.over('h', uncertainty), 30)
  story.look('event-ended', look).later(look)
  return { side: sideOf(story.fetch(), stream.model), stream, story }
}

export const comparisonOf = (a: Played, b: Played): Comparison => compare(played(a).side, played(b).side)

/** The lines of a comparison: `group: name | a | b`. */
export const shown = (lines: readonly Line[]): readonly string[] =>
  lines.map(({ group, name, a, b }) => `${group}: ${name} | ${a.text} | ${b.text}`)

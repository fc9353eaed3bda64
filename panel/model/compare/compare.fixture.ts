import type { Body } from '../../../protocol/events'
import { createAuditStream, type Look, type recordOf } from '../audit/audit.fixture'
import { noSettings } from '../audit/site-settings'
import { endEvent } from '../session/fetch-phase'
import type { View } from '../session/session-view'
import type { Fetch } from '../session/view'
import { createStream, observed } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { type Comparison, compare } from './compare'
import type { Line } from './line'
import type { Side } from './side'

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
  /** The panel asks for it. */
  readonly abort?: boolean
  /** How long its handler takes, in milliseconds; untraced where nothing is said. */
  readonly handler?: number
  /** What the worker reports in place of one promise that is fulfilled. */
  readonly reports?: readonly Body[]
  readonly uncertainty?: number
  /** The page is gone before the storage was read a second time. */
  readonly leaves?: boolean
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
  reports,
  uncertainty = 5,
  leaves = false,
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
    const { attributes } = story.fetch()
    worker(trace.dispatched({ id, name: endEvent(attributes), attributes }), 5)
    const waits = [trace.waits(), trace.returned(), trace.settled(), trace.done()]
    for (const body of reports ?? waits) worker(body, body.type === 'promise-settled' ? handler : 1)
  }
  stream.page(observed.over('h', uncertainty), 30)
  story.look('event-ended', look)
  if (leaves) stream.page(observed.frameGone())
  else story.later(look)
  return { side: sideOf(story.fetch(), stream.model), stream, story }
}

export const comparisonOf = (a: Played, b: Played): Comparison => compare(played(a).side, played(b).side)

/** The lines of a comparison: `group: name | a | b`. */
export const shown = (lines: readonly Line[]): readonly string[] =>
  lines.map(({ group, name, a, b }) => `${group}: ${name} | ${a.text} | ${b.text}`)

import { say } from '../words/words'
import type { Level } from './description'
import { oneLine } from './format'
import { effectiveAbort } from './moment'
import type { Fetch, TracedEvent } from './view'

/** What a bar stands for. */
export type SpanKind =
  | 'abort'
  | 'settling'
  | 'worker-start'
  | 'handler'
  | 'promise'
  | 'event-in-worker'
  | 'event-for-page'

/** A bar of the waterfall: epoch milliseconds; `end` is null while it goes on or was not seen. */
export interface Span {
  readonly kind: SpanKind
  readonly label: string
  /** How many others it happens within. */
  readonly depth: number
  /** The number of a promise. */
  readonly n?: number
  readonly source: 'panel' | 'page' | 'worker'
  readonly start: number
  readonly end: number | null
  readonly level: Level
  readonly note: string
}

/** The worker was started for this event, which something at `since` led to. */
export const startedFor = ({ worker, at }: TracedEvent, since: number): boolean =>
  worker !== null && worker.how !== 'running' && worker.seenAt >= since - 50 && worker.seenAt <= at

/** The start of the worker for an event. */
const startSpan = (traced: TracedEvent, since: number): Span => ({
  kind: 'worker-start',
  label: say('span_worker_start'),
  depth: 0,
  source: 'worker',
  start: since,
  end: traced.at,
  level: 'info',
  note: '',
})

function eventSpans(traced: TracedEvent): Span[] {
  const { at, waited } = traced
  const cut = traced.cutAt !== null && traced.doneAt === null
  const unheard = traced.dispatched.handlers === 0
  const spans: Span[] = [
    {
      kind: 'event-in-worker',
      label: say('span_event_worker'),
      depth: 1,
      source: 'worker',
      start: at,
      end: traced.doneAt ?? traced.cutAt,
      level: cut && !traced.lost ? 'warning' : 'info',
      note: cut ? say(traced.lost ? 'span_lost' : 'span_cut') : '',
    },
    {
      kind: 'handler',
      label: say('span_handler'),
      depth: 2,
      source: 'worker',
      start: at,
      end: traced.returnedAt ?? traced.cutAt,
      level: traced.threw ? 'error' : unheard ? 'warning' : 'info',
      note: traced.threw ? say('span_threw') : unheard ? say('span_unheard') : '',
    },
  ]
  for (const { n, at: start, settledAt, error, given } of waited) {
    spans.push({
      kind: 'promise',
      n,
      label: say('span_promise', n),
      depth: 2,
      source: 'worker',
      start,
      end: settledAt ?? traced.cutAt,
      level: error || given === 'function' ? 'error' : given === 'value' ? 'warning' : 'info',
      note: error
        ? say('span_rejected', oneLine(error.message, 80))
        : given === 'promise'
          ? ''
          : say('span_not_promise', given),
    })
  }
  return spans
}

/**
 * What led to the end of a fetch and what followed, page and worker on one clock; empty while it runs. What happens
 * within another comes after it.
 */
export function waterfall(fetch: Fetch): Span[] {
  const { abort, settledAt, overAt } = fetch
  const spans: Span[] = []
  if (abort) {
    spans.push({
      kind: 'abort',
      label: 'abort()',
      depth: 0,
      source: 'panel',
      start: abort.at,
      end: abort.answeredAt,
      level: 'info',
      note: '',
    })
  }
  if (settledAt === null) return []
  const since = waterfallZero(fetch)
  if (since < settledAt) {
    spans.push({
      kind: 'settling',
      label: say('span_settling'),
      depth: 0,
      source: 'page',
      start: since,
      end: settledAt,
      level: 'info',
      note: '',
    })
  }
  const events = fetch.events.filter(({ dispatched }) => dispatched.name !== 'backgroundfetchclick')
  for (const traced of events) if (startedFor(traced, since)) spans.push(startSpan(traced, since))
  spans.push({
    kind: 'event-for-page',
    label: say('span_event_page'),
    depth: 0,
    source: 'page',
    start: settledAt,
    end: overAt,
    level: 'info',
    note: '',
  })
  return [...spans, ...events.flatMap(eventSpans)]
}

/**
 * The moment that the waterfall counts from: when the fetch was aborted by the panel, else when it settled.
 * In epoch milliseconds.
 */
export const waterfallZero = (fetch: Fetch): number =>
  effectiveAbort(fetch)?.at ?? fetch.settledAt ?? fetch.seenAt

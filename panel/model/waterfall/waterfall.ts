import { counted, t } from '../../i18n/i18n'
import type { Level } from '../describe/description'
import { count, oneLine } from '../format'
import { effectiveAbort } from '../session/aborts/requested-aborts'
import type { Fetch, TracedEvent } from '../session/view'
import type { Waited } from '../session/waited-promises'

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

/** How many promises of an event are drawn one by one, and as many again of those in which something is wrong. */
const PROMISES = 50

/** The promises that are drawn: the first ones, and the first in which something is wrong. */
function drawnPromises({ waited }: TracedEvent): readonly Waited[] {
  if (waited.length <= PROMISES) return waited
  const wrong = waited.filter(({ error, given }, i) => i >= PROMISES && (error || given !== 'promise'))
  return [...waited.slice(0, PROMISES), ...wrong.slice(0, PROMISES)]
}

function promiseSpans(traced: TracedEvent): Span[] {
  const { promises, doneAt, cutAt, at } = traced
  const drawn = drawnPromises(traced)
  const spans = drawn.map(
    ({ n, at: start, settledAt, error, given }): Span => ({
      kind: 'promise',
      n,
      label: t('span_promise', n),
      depth: 2,
      source: 'worker',
      start,
      end: settledAt ?? cutAt,
      level: error || given === 'function' ? 'error' : given === 'value' ? 'warning' : 'info',
      note: error
        ? t('span_rejected', oneLine(error.message, 80))
        : given === 'promise'
          ? ''
          : t('span_not_promise', given),
    }),
  )
  const more = promises - drawn.length
  if (more > 0) {
    spans.push({
      kind: 'promise',
      label: t(counted(more, 'span_promises_more'), count(more)),
      depth: 2,
      source: 'worker',
      start: drawn.at(-1)?.at ?? at,
      end: doneAt ?? cutAt,
      level: 'info',
      note: t('span_promises_more_note'),
    })
  }
  return spans
}

/** The start of the worker for an event. */
const startSpan = (traced: TracedEvent, since: number): Span => ({
  kind: 'worker-start',
  label: t('span_worker_start'),
  depth: 0,
  source: 'worker',
  start: since,
  end: traced.at,
  level: 'info',
  note: '',
})

function eventSpans(traced: TracedEvent): Span[] {
  const { at } = traced
  const cut = traced.cutAt !== null && traced.doneAt === null
  const unheard = traced.dispatched.handlers === 0
  const whole: Span[] = [
    {
      kind: 'event-in-worker',
      label: t('span_event_worker'),
      depth: 1,
      source: 'worker',
      start: at,
      end: traced.doneAt ?? traced.cutAt,
      level: cut && !traced.lost ? 'warning' : 'info',
      note: cut ? t(traced.lost ? 'span_lost' : 'span_cut') : '',
    },
    {
      kind: 'handler',
      label: t('span_handler'),
      depth: 2,
      source: 'worker',
      start: at,
      end: traced.returnedAt ?? traced.cutAt,
      level: traced.threw ? 'error' : unheard ? 'warning' : 'info',
      note: traced.threw ? t('span_threw') : unheard ? t('span_unheard') : '',
    },
  ]
  // Of one that was seen late, it is not known when they have returned.
  const spans = whole.filter(({ kind }) => kind !== 'handler' || !traced.dispatched.late)
  return [...spans, ...promiseSpans(traced)]
}

function spansOf(fetch: Fetch): Span[] {
  const { settledAt, overAt } = fetch
  const abort = effectiveAbort(fetch) ?? fetch.abort
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
      label: t('span_settling'),
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
    label: t('span_event_page'),
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

/**
 * What led to the end of a fetch and what followed, page and worker on one clock; empty while it runs. What happens
 * within another comes after it.
 */
export const waterfall = (fetch: Fetch): Span[] =>
  // Clocks of two processes may differ by a little.
  spansOf(fetch).map((span) => (span.end === null ? span : { ...span, end: Math.max(span.start, span.end) }))

import { t } from '../../i18n/i18n'
import { duration } from '../format'
import { effectiveAbort } from '../session/aborts/requested-aborts'
import type { Fetch, TracedEvent } from '../session/view'
import { type Span, type SpanKind, waterfall } from '../waterfall/waterfall'
import { type Cell, cellOf, none, notObserved, openCell } from './cell'
import { differenceOf, differenceText, isNoticeable } from './difference'
import { type Line, lineOf } from './line'
import { haveSameEvent, type Side } from './side'

/** What led to the end of two fetches and what followed. */
export interface Steps {
  /** What both are counted from: `abort()` of this panel where both have it, else their end. */
  readonly from: 'abort' | 'settled'
  readonly lines: readonly Line[]
}

/** The abort that the panel was asked for, where it led to the end. */
function abortBefore(fetch: Fetch): number | null {
  const abort = effectiveAbort(fetch)
  return abort && fetch.settledAt !== null && abort.at <= fetch.settledAt ? abort.at : null
}

const order: readonly SpanKind[] = [
  'abort',
  'settling',
  'worker-start',
  'event-for-page',
  'event-in-worker',
  'handler',
  'promise',
]
const WITHIN_EVENT: ReadonlySet<SpanKind> = new Set(['event-in-worker', 'handler', 'promise'])

/** A step of a fetch, with what places it among those of both. */
interface Step {
  readonly span: Span
  readonly name: string
  readonly place: readonly number[]
  /** The event that it happens within, or is the start for. */
  readonly traced: TracedEvent | undefined
}

const endEvents = ({ events }: Fetch) =>
  events.filter(({ dispatched }) => dispatched.name !== 'backgroundfetchclick')

/** The steps of a fetch, each named by its kind and number. Promises that are only counted are none. */
function stepsOf(fetch: Fetch): ReadonlyMap<string, Step> {
  const events = endEvents(fetch)
  const steps = new Map<string, Step>()
  const counts = new Map<SpanKind, number>()
  for (const span of waterfall(fetch)) {
    if (span.kind === 'promise' && span.n === undefined) continue
    const isPromise = span.kind === 'promise'
    const nth = isPromise ? (counts.get('event-in-worker') ?? 1) - 1 : (counts.get(span.kind) ?? 0)
    if (!isPromise) counts.set(span.kind, nth + 1)
    const inEvent = WITHIN_EVENT.has(span.kind)
    const place = [inEvent ? nth + 1 : 0, order.indexOf(span.kind), nth, span.n ?? 0]
    const name = place.join(' ')
    steps.set(name, { span, name, place, traced: inEvent ? events[nth] : undefined })
  }
  return steps
}

const signed = (ms: number) => differenceText({ unit: 'ms', by: ms })

interface Shown {
  readonly cell: Cell
  /** Null where its end was not observed, or it was cut short. */
  readonly ms: number | null
}

/** A step that a fetch has. */
function shownOf({ span, traced }: Step, zero: number): Shown {
  const { kind, start, end, note } = span
  const at = signed(start - zero)
  const withNote = (text: string) => (note ? `${text}; ${note}` : text)
  // Promises and handlers that go on when the worker stops end with it.
  const isCut = traced !== undefined && traced.doneAt === null && end !== null && end === traced.cutAt
  if (end === null || (isCut && traced.lost)) {
    return { cell: openCell(withNote(t('compare_step_open', at))), ms: null }
  }
  const took = t('compare_step', duration(end - start), at)
  if (isCut) return { cell: cellOf(withNote(took), `stopped ${note}`), ms: null }
  return { cell: cellOf(withNote(took), `${kind} ${note}`), ms: end - start }
}

/** A step that a fetch does not have: whether it did not happen, or may have. */
function missing({ span, place }: Step, fetch: Fetch): Cell {
  if (fetch.settledAt === null || span.kind === 'event-for-page') return notObserved
  if (span.kind === 'abort' || span.kind === 'settling') return none
  const traced = endEvents(fetch)[place[2] ?? 0]
  if (!traced) return notObserved
  if (span.kind === 'worker-start') return traced.worker ? none : notObserved
  // It may be one of those that were only counted.
  const isOver = traced.doneAt !== null || (traced.cutAt !== null && !traced.lost)
  return isOver && traced.promises < (span.n ?? 0) ? none : notObserved
}

const byPlace = (a: Step, b: Step): number => {
  for (const [i, part] of a.place.entries()) {
    const by = part - (b.place[i] ?? 0)
    if (by !== 0) return by
  }
  return 0
}

/** Puts what led to the end of two fetches, and what followed, side by side. */
export function compareSteps(a: Side, b: Side): Steps {
  const aborts = [abortBefore(a.fetch), abortBefore(b.fetch)] as const
  const from = aborts[0] !== null && aborts[1] !== null ? 'abort' : 'settled'
  const zeroOf = (fetch: Fetch, abort: number | null) =>
    (from === 'abort' ? abort : fetch.settledAt) ?? fetch.seenAt
  const [zeroA, zeroB] = [zeroOf(a.fetch, aborts[0]), zeroOf(b.fetch, aborts[1])]
  const [ofA, ofB] = [stepsOf(a.fetch), stepsOf(b.fetch)]
  const all = [...new Map([...ofB, ...ofA]).values()].sort(byPlace)
  const shown = (step: Step, own: Step | undefined, fetch: Fetch, zero: number): Shown =>
    own ? shownOf(own, zero) : { cell: missing(step, fetch), ms: null }
  const accuracy = a.fetch.uncertainty + b.fetch.uncertainty
  const lines = all.map((step) => {
    const inA = shown(step, ofA.get(step.name), a.fetch, zeroA)
    const inB = shown(step, ofB.get(step.name), b.fetch, zeroB)
    const isOther = WITHIN_EVENT.has(step.span.kind) && !haveSameEvent(a, b)
    const difference = isOther ? null : differenceOf('ms', inA.ms, inB.ms)
    // The page notices the end late: less than that is no difference.
    const isVague = step.span.kind === 'event-for-page' && Math.abs(difference?.by ?? 0) <= accuracy
    const shownDifference = difference && isVague && isNoticeable(difference) ? null : difference
    return lineOf(step.span.label, inA.cell, inB.cell, shownDifference)
  })
  return { from, lines }
}

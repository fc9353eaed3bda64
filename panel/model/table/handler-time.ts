import { t } from '../../i18n/i18n'
import { duration, roughDuration } from '../format'
import { endEventOf } from '../session/ends/end-event'
import { endEvent, isLive } from '../session/fetch-phase'
import type { Fetch, TracedEvent, Worker } from '../session/view'
import { isPaused, type Paused, pausedIn, pausedText, wasPaused } from '../workers/pauses'
import { workerHandlers } from '../workers/worker-handlers'

/**
 * How long the worker's event for the end of a fetch took. `took`: traced in the worker, until its last
 * `waitUntil()` promise settled; `at-most` the same, where the page saw the records released before the worker reported that;
 * `withoutPromise`: there was none to wait for. `within`: only the page saw it, from the end of the fetch until its records were
 * released; `unmentioned` the same, and the script of the worker mentions no listener. `running` and `open` say since when, in epoch milliseconds: the first was traced, the second was not. `paused`: for how long of it the
 * worker was paused in the debugger, and `isPaused` that it is.
 */
export type HandlerTime =
  | { readonly kind: 'none' | 'unmentioned' | 'stopped' | 'unknown' }
  | { readonly kind: 'took'; readonly ms: number; readonly paused?: Paused; readonly withoutPromise?: true }
  | { readonly kind: 'at-most' | 'within'; readonly ms: number }
  | { readonly kind: 'running'; readonly since: number; readonly isPaused?: true }
  | { readonly kind: 'open'; readonly since: number }

/** The page sees the release of the records so much earlier than the worker reports the end of the event at most, in milliseconds. */
const REPORTED = 5

function took(traced: TracedEvent, doneAt: number, { overAt, isReleasedEarly }: Fetch): HandlerTime {
  // The browser releases them when the event has ended: a busy worker reports that late.
  if (!isReleasedEarly && overAt !== null && overAt >= traced.at && overAt < doneAt - REPORTED)
    return { kind: 'at-most', ms: overAt - traced.at }
  const paused = pausedIn(traced, doneAt)
  const { waited, counted } = traced
  const hasPromise =
    counted.awaited > 0 || waited.some(({ given }) => given === 'promise' || given === 'thenable')
  return {
    kind: 'took',
    ms: doneAt - traced.at,
    ...(wasPaused(paused) ? { paused } : {}),
    ...(hasPromise ? {} : { withoutPromise: true }),
  }
}

/** Only one worker can have got the event, and all of its script was read: it has no listener that its text names. */
function isUnmentioned({ scope, settledAt, attributes }: Fetch, workers: readonly Worker[]): boolean {
  if (settledAt === null) return false
  const [worker, ...others] = workers.filter(
    ({ scope: of, seenAt, stoppedAt }) =>
      of === scope && seenAt < settledAt && (stoppedAt === null || stoppedAt > settledAt),
  )
  const event = endEvent(attributes)
  const handler = worker && workerHandlers(worker).find((one) => one.event === event)
  return others.length === 0 && handler?.from === 'script' && handler.listens === 'no'
}

function fromPage(fetch: Fetch, workers: readonly Worker[]): HandlerTime {
  const { settledAt, overAt, state, unregisteredAt } = fetch
  if (settledAt === null || unregisteredAt !== null) return { kind: 'unknown' }
  if (overAt !== null && isUnmentioned(fetch, workers)) return { kind: 'unmentioned' }
  if (overAt !== null) return { kind: 'within', ms: overAt - settledAt }
  return state === 'settled' ? { kind: 'open', since: settledAt } : { kind: 'unknown' }
}

/**
 * The time that the handler for the end of a fetch took; null while the fetch may still run.
 *
 * @param workers the runs of workers that were seen
 */
export function handlerTime(fetch: Fetch, workers: readonly Worker[] = []): HandlerTime | null {
  if (isLive(fetch)) return null
  const traced = endEventOf(fetch)
  if (!traced) return fromPage(fetch, workers)
  if (traced.dispatched.handlers === 0) return { kind: 'none' }
  if (traced.doneAt !== null) return took(traced, traced.doneAt, fetch)
  if (traced.cutAt !== null) return traced.lost ? fromPage(fetch, []) : { kind: 'stopped' }
  if (fetch.overAt !== null && !fetch.isReleasedEarly) return fromPage(fetch, [])
  return { kind: 'running', since: traced.at, ...(isPaused(traced) ? { isPaused: true } : {}) }
}

const text = {
  none: t('handler_none'),
  unmentioned: t('handler_unmentioned'),
  stopped: t('handler_stopped'),
  unknown: t('handler_unknown'),
  untraced: t('handler_untraced'),
  paused: t('handler_paused'),
}

const hint = {
  none: t('handler_none_hint'),
  unmentioned: t('handler_unmentioned_hint'),
  stopped: t('handler_stopped_hint'),
  unknown: t('handler_unknown_hint'),
  took: t('handler_took_hint'),
  'at-most': t('handler_at_most_hint'),
  withoutPromise: t('handler_without_promise_hint'),
  within: t('handler_within_hint'),
  running: t('handler_running_hint'),
  open: t('handler_open_hint'),
} as const

/** A handler's time in a few letters. */
export function handlerText(time: HandlerTime, now: number): string {
  switch (time.kind) {
    case 'took':
      return duration(time.ms)
    case 'at-most':
      return t('handler_at_most', duration(time.ms))
    case 'within':
      return t('handler_within', duration(time.ms))
    case 'running':
      if (time.isPaused) return text.paused
      return t('handler_running', roughDuration(Math.max(0, now - time.since)))
    case 'open':
      return t('handler_open', roughDuration(Math.max(0, now - time.since)))
    default:
      return text[time.kind]
  }
}

/** What column Handler says: how long an event took that was not traced says nothing of a handler, and is in the tooltip. */
export const handlerCell = (time: HandlerTime, now: number): string =>
  time.kind === 'within' ? text.untraced : handlerText(time, now)

/** The same where no column is named after it: what is not the handler's but the event's says so itself. */
export function handlerLine(time: HandlerTime, now: number): string {
  const said = handlerCell(time, now)
  return time.kind === 'open' ? said : t('handler_below', said)
}

/** What a handler's time stands for. */
export function handlerHint(time: HandlerTime): string {
  const paused = time.kind === 'took' && time.paused ? pausedText(time.paused) : ''
  const kind = time.kind === 'took' && time.withoutPromise ? 'withoutPromise' : time.kind
  const atMost = time.kind === 'within' ? t('handler_within_time', duration(time.ms)) : ''
  return [atMost, hint[kind], paused].filter(Boolean).join('\n')
}

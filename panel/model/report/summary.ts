import { t } from '../../i18n/i18n'
import { bytes, duration, percent, roughDuration } from '../format'
import { whyFailed } from '../network/failures'
import { endEventOf } from '../session/ends/end-event'
import type { Fetch, Worker } from '../session/view'
import { abortedBy } from '../table/aborted-by'
import { forcedText } from '../table/forced-ending'
import { handlerTime } from '../table/handler-time'
import { outcomeOf } from '../table/outcome'
import { isLastSeen, isUnobserved, lastAmount, sentText } from '../table/progress'
import type { VerdictCell } from '../table/verdict-cell'
import { pausedText } from '../workers/pauses'

const text = {
  success: t('summary_success'),
  unregistered: t('summary_unregistered'),
  unknown: t('summary_unknown'),
  unknownAdvice: t('summary_unknown_advice'),
  unknownTrace: t('summary_unknown_trace'),
  none: t('summary_handler_none'),
  unmentioned: t('handler_unmentioned_hint'),
  stopped: t('summary_handler_stopped'),
  handlerUnknown: t('summary_handler_unknown'),
  handlerPaused: t('summary_handler_paused'),
  comparing: t('summary_comparing'),
  traceOffer: t('abort_trace_offer'),
}

/** How it ended, with how much had arrived; of an upload also how much was sent. */
const amountAt = (how: string, fetch: Fetch): string =>
  fetch.attributes.uploadTotal > 0
    ? t('summary_upload', how, sentText(fetch))
    : t('summary_at', how, bytes(fetch.arrived))

/** How it ended, with what was seen last where no page observed the end. */
const lastSeenAt = (how: string, fetch: Fetch): string => t('summary_last', how, lastAmount(fetch))

/**
 * How it ended, with how far it was: `Aborted from this panel, after 10% (410 kB of 3.9 MB) had arrived.`
 *
 * @param how in words, how it ended
 */
function endedAt(how: string, fetch: Fetch): string {
  const { arrived, attributes } = fetch
  if (isUnobserved(fetch)) return t('summary_sentence', how)
  if (isLastSeen(fetch)) return lastSeenAt(how, fetch)
  if (attributes.uploadTotal > 0) return amountAt(how, fetch)
  if (arrived === 0) return t('summary_before', how)
  const share = percent(arrived, attributes.downloadTotal)
  const amount =
    share === null
      ? bytes(arrived)
      : t('summary_share', share, bytes(arrived), bytes(attributes.downloadTotal))
  return t('summary_at', how, amount)
}

/** What tracing would add, where only a trace says who aborted it and its worker was not traced; '' elsewhere. */
export const traceOffer = (fetch: Fetch): string =>
  outcomeOf(fetch)?.by === 'elsewhere' && !endEventOf(fetch) ? text.traceOffer : ''

/** How it ended, and who ended it as far as was observed. */
function ending(fetch: Fetch): string {
  const outcome = outcomeOf(fetch)
  if (!outcome) return ''
  switch (outcome.kind) {
    case 'success':
      if (isUnobserved(fetch)) return t('summary_sentence', text.success)
      return isLastSeen(fetch) ? lastSeenAt(text.success, fetch) : amountAt(text.success, fetch)
    case 'aborted':
      return endedAt(abortedBy(fetch) ?? outcome.text, fetch)
    case 'failed':
      return endedAt(t('summary_failed', fetch.attributes.failureReason), fetch)
    case 'unknown':
      return fetch.unregisteredAt === null ? text.unknown : text.unregistered
  }
}

/** What would have shown the end of a fetch that was not observed; '' elsewhere. */
function advice(fetch: Fetch, workers: readonly Worker[]): string {
  if (outcomeOf(fetch)?.kind !== 'unknown' || fetch.unregisteredAt !== null) return ''
  const isTraced = workers.some(({ scope }) => scope === fetch.scope)
  return isTraced ? text.unknownAdvice : `${text.unknownAdvice} ${text.unknownTrace}`
}

function handler(fetch: Fetch, now: number, workers: readonly Worker[]): string {
  const time = fetch.settledAt === null ? null : handlerTime(fetch, workers)
  switch (time?.kind) {
    case undefined:
      return ''
    case 'took': {
      const paused = time.paused && pausedText(time.paused)
      const took = duration(time.ms)
      if (paused) return t('summary_handler_took_paused', took, paused)
      return t(time.withoutPromise ? 'summary_handler_no_promise' : 'summary_handler_took', took)
    }
    case 'at-most':
      return t('summary_handler_at_most', duration(time.ms))
    case 'within':
      return t('summary_handler_within', duration(time.ms))
    case 'running':
      if (time.isPaused) return text.handlerPaused
      return t('summary_handler_running', roughDuration(Math.max(0, now - time.since)))
    case 'open':
      return t('summary_handler_open', roughDuration(Math.max(0, now - time.since)))
    case 'none':
      return text.none
    case 'unmentioned':
      return text.unmentioned
    case 'stopped':
      return text.stopped
    case 'unknown':
      return text.handlerUnknown
  }
}

/**
 * What became of a fetch, in sentences: how it ended and who ended it, or why it failed, and how long its handler took.
 * Empty while it may still run.
 *
 * @param now in epoch milliseconds
 * @param workers the runs of workers that were seen
 */
export function howItEnded(fetch: Fetch, now: number, workers: readonly Worker[] = []): readonly string[] {
  const ended = ending(fetch)
  if (!ended) return []
  return [
    ended,
    advice(fetch, workers),
    forcedText(fetch),
    traceOffer(fetch),
    whyFailed(fetch),
    handler(fetch, now, workers),
  ].filter(Boolean)
}

/**
 * What became of a fetch, in sentences: how it ended and who ended it, or why it failed, how long its handler took, and the verdict on
 * its clean-up, or that the storage is being compared. Empty while the fetch may still run.
 *
 * @param verdict null before the storage was read
 */
export function summary(
  fetch: Fetch,
  verdict: VerdictCell | null,
  now: number,
  workers: readonly Worker[] = [],
): readonly string[] {
  const ended = howItEnded(fetch, now, workers)
  if (ended.length === 0) return []
  const left = verdict ? t('summary_verdict', verdict.line) : fetch.settledAt === null ? '' : text.comparing
  return left ? [...ended, left] : ended
}

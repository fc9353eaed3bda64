import { say } from '../words/words'
import { bytes, duration, percent, roughDuration } from './format'
import { handlerTime } from './table/handler-time'
import { outcomeOf } from './table/outcome'
import type { VerdictCell } from './verdict-cell'
import type { Fetch } from './view'

const text = {
  success: say('summary_success'),
  aborted: say('summary_aborted'),
  abortedByPanel: say('summary_aborted_panel'),
  unregistered: say('summary_unregistered'),
  unknown: say('summary_unknown'),
  none: say('summary_handler_none'),
  stopped: say('summary_handler_stopped'),
  handlerUnknown: say('summary_handler_unknown'),
  comparing: say('summary_comparing'),
}

/** How far it was: `10%, 410 kB of 3.9 MB`. */
function amount({ arrived, attributes }: Fetch): string {
  const share = percent(arrived, attributes.downloadTotal)
  return share === null
    ? bytes(arrived)
    : say('summary_share', share, bytes(arrived), bytes(attributes.downloadTotal))
}

/** How it ended, and who ended it as far as was observed. */
function ending(fetch: Fetch): string {
  const outcome = outcomeOf(fetch)
  if (!outcome) return ''
  switch (outcome.kind) {
    case 'success':
      return say('summary_at', text.success, bytes(fetch.arrived))
    case 'aborted':
      return say('summary_at', outcome.by === 'panel' ? text.abortedByPanel : text.aborted, amount(fetch))
    case 'failed':
      return say('summary_at', say('summary_failed', fetch.attributes.failureReason), amount(fetch))
    case 'unknown':
      return fetch.unregisteredAt === null ? text.unknown : text.unregistered
  }
}

function handler(fetch: Fetch, now: number): string {
  const time = fetch.settledAt === null ? null : handlerTime(fetch)
  switch (time?.kind) {
    case undefined:
      return ''
    case 'took':
      return say('summary_handler_took', duration(time.ms))
    case 'within':
      return say('summary_handler_within', duration(time.ms))
    case 'running':
      return say('summary_handler_running', roughDuration(Math.max(0, now - time.since)))
    case 'open':
      return say('summary_handler_open', roughDuration(Math.max(0, now - time.since)))
    case 'none':
      return text.none
    case 'stopped':
      return text.stopped
    case 'unknown':
      return text.handlerUnknown
  }
}

/**
 * What became of a fetch, in sentences: how it ended and who ended it, how long its handler took, and what is left.
 * Empty while it may still run.
 *
 * @param verdict null before the storage was read
 * @param now in epoch milliseconds
 */
export function summary(fetch: Fetch, verdict: VerdictCell | null, now: number): readonly string[] {
  const ended = ending(fetch)
  if (!ended) return []
  const left = verdict ? say('summary_verdict', verdict.line) : fetch.settledAt === null ? '' : text.comparing
  return [ended, handler(fetch, now), left].filter(Boolean)
}

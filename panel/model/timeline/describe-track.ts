import { t } from '../../i18n/i18n'
import { stateName } from '../describe/describe-fetch'
import { verdictName } from '../describe/describe-storage'
import { bytes, longDuration, timeOfDay } from '../format'
import type { Fetch } from '../session/view'
import { curve, type Phase, type PhaseKind, reach, type Track } from './timeline'

/** What phases are called, and what they mean. */
export const phaseText: Record<PhaseKind, { readonly name: string; readonly hint: string }> = {
  queued: { name: t('state_no_bytes'), hint: t('timeline_queued_hint') },
  downloading: { name: t('timeline_downloading'), hint: t('timeline_downloading_hint') },
  aborting: { name: t('timeline_aborting'), hint: t('timeline_aborting_hint') },
  event: { name: t('span_event_page'), hint: t('timeline_event_hint') },
  'worker-start': { name: t('span_worker_start'), hint: t('timeline_start_hint') },
  'event-in-worker': { name: t('span_event_worker'), hint: t('timeline_worker_hint') },
  handler: { name: t('span_handler'), hint: t('timeline_handler_hint') },
  promise: { name: t('timeline_promise'), hint: t('timeline_promise_hint') },
  change: { name: t('timeline_change'), hint: t('timeline_change_hint') },
  verdict: { name: t('timeline_verdict'), hint: t('timeline_verdict_hint') },
}

const stateText: Record<Fetch['state'], string> = { ...stateName, active: t('timeline_downloading') }

/** How a fetch stands, in a word or two. */
export function outcomeText({ state, settledAt, attributes }: Fetch): string {
  if (settledAt === null) return stateText[state]
  return attributes.result === 'success' ? attributes.result : attributes.failureReason
}

function sizeText(fetch: Fetch, until: number): string {
  const some = bytes(curve(fetch, until).at(-1)?.bytes ?? 0)
  const { downloadTotal, uploadTotal } = fetch.attributes
  return downloadTotal > 0 ? t('timeline_of', some, bytes(downloadTotal + uploadTotal)) : some
}

/** A whole track in numbers. */
export function describeTrack(track: Track): string {
  const { fetch, start, end, open, verdict } = track
  const took = longDuration(end - start)
  const at = timeOfDay(start)
  return [
    outcomeText(fetch),
    fetch.already ? t('timeline_found', at) : t('timeline_started', at),
    open ? t('timeline_not_over', took) : took,
    sizeText(fetch, end),
    verdict ? t('timeline_cleanup', verdictName(verdict)) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What a phase is called in its track. */
export const nameOf = ({ kind, n }: Phase): string =>
  n === undefined ? phaseText[kind].name : `${phaseText[kind].name} #${n}`

/** A phase in numbers, counted from the start of its track. */
export function describePhase(phase: Phase, track: Track): string {
  const { kind, start, open, note } = phase
  const end = reach(phase, track)
  const from = longDuration(start - track.start)
  const moment = end === start
  const lasted = longDuration(end - start)
  return [
    kind === 'verdict' && track.verdict ? verdictName(track.verdict) : '',
    moment
      ? ''
      : phase.end !== null
        ? lasted
        : open
          ? t('timeline_not_over', lasted)
          : t('timeline_end_unseen'),
    moment ? t('timeline_at', from, timeOfDay(start)) : t('timeline_from', from, timeOfDay(start)),
    !moment && phase.end !== null ? t('timeline_to', longDuration(end - track.start)) : '',
    kind === 'downloading' ? sizeText(track.fetch, end) : '',
    note,
  ]
    .filter(Boolean)
    .join(' · ')
}

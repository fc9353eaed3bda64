import { say } from '../words/words'
import { stateName } from './describe'
import { verdictName } from './describe-storage'
import { bytes, longDuration, timeOfDay } from './format'
import { curve, type Lane, type Phase, type PhaseKind, reach } from './lanes'
import type { Fetch } from './view'

/** What phases are called, and what they mean. */
export const phaseText: Record<PhaseKind, { readonly name: string; readonly hint: string }> = {
  queued: { name: say('state_queued'), hint: say('lane_queued_hint') },
  downloading: { name: say('lane_downloading'), hint: say('lane_downloading_hint') },
  aborting: { name: say('lane_aborting'), hint: say('lane_aborting_hint') },
  event: { name: say('span_event_page'), hint: say('lane_event_hint') },
  'worker-start': { name: say('span_worker_start'), hint: say('lane_start_hint') },
  'event-in-worker': { name: say('span_event_worker'), hint: say('lane_worker_hint') },
  handler: { name: say('span_handler'), hint: say('lane_handler_hint') },
  promise: { name: say('lane_promise'), hint: say('lane_promise_hint') },
  change: { name: say('lane_change'), hint: say('lane_change_hint') },
  verdict: { name: say('lane_verdict'), hint: say('lane_verdict_hint') },
}

const stateText: Record<Fetch['state'], string> = { ...stateName, active: say('lane_downloading') }

/** How a fetch stands, in a word or two. */
export function outcomeText({ state, settledAt, attributes }: Fetch): string {
  if (settledAt === null) return stateText[state]
  return attributes.result === 'success' ? attributes.result : attributes.failureReason
}

function sizeText(fetch: Fetch, until: number): string {
  const some = bytes(curve(fetch, until).at(-1)?.bytes ?? 0)
  const { downloadTotal, uploadTotal } = fetch.attributes
  return downloadTotal > 0 ? say('lane_of', some, bytes(downloadTotal + uploadTotal)) : some
}

/** A whole lane in numbers. */
export function describeLane(lane: Lane): string {
  const { fetch, start, end, open, verdict } = lane
  const took = longDuration(end - start)
  const at = timeOfDay(start)
  return [
    outcomeText(fetch),
    fetch.already ? say('lane_found', at) : say('lane_started', at),
    open ? say('lane_not_over', took) : took,
    sizeText(fetch, end),
    verdict ? say('lane_cleanup', verdictName(verdict)) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What a phase is called in its lane. */
export const nameOf = ({ kind, n }: Phase): string =>
  n === undefined ? phaseText[kind].name : `${phaseText[kind].name} #${n}`

/** A phase in numbers, counted from the start of its lane. */
export function describePhase(phase: Phase, lane: Lane): string {
  const { kind, start, open, note } = phase
  const end = reach(phase, lane)
  const from = longDuration(start - lane.start)
  const moment = end === start
  const lasted = longDuration(end - start)
  return [
    kind === 'verdict' && lane.verdict ? verdictName(lane.verdict) : '',
    moment ? '' : phase.end !== null ? lasted : open ? say('lane_not_over', lasted) : say('lane_end_unseen'),
    moment ? say('lane_at', from, timeOfDay(start)) : say('lane_from', from, timeOfDay(start)),
    !moment && phase.end !== null ? say('lane_to', longDuration(end - lane.start)) : '',
    kind === 'downloading' ? sizeText(lane.fetch, end) : '',
    note,
  ]
    .filter(Boolean)
    .join(' · ')
}

import { bytes, longDuration, timeOfDay } from './format'
import { curve, type Lane, type Phase, type PhaseKind, reach } from './lanes'
import type { Fetch } from './view'

/** What phases are called, and what they mean. */
export const phaseText: Record<PhaseKind, { readonly name: string; readonly hint: string }> = {
  queued: { name: 'queued', hint: 'Seen, and nothing has moved yet' },
  downloading: {
    name: 'downloading',
    hint: 'From the first bytes to the result; the curve is what has arrived',
  },
  aborting: { name: 'aborting', hint: 'From Abort to the result' },
  event: { name: 'event for page', hint: 'From the result to the release of the records' },
  'worker-start': { name: 'worker start', hint: 'The browser starts the service worker for the event' },
  'event-in-worker': { name: 'event in worker', hint: 'From the event to the end of all that it waits for' },
  handler: { name: 'handler', hint: 'The event’s listeners run' },
  promise: { name: 'promise', hint: 'From waitUntil() to the end of its promise' },
  change: { name: 'storage change', hint: 'The browser told that the origin’s storage changed' },
  verdict: { name: 'verdict', hint: 'What the clean-up left' },
}

const stateText: Record<Fetch['state'], string> = {
  queued: 'queued',
  active: 'downloading',
  settled: 'settled',
  over: 'over',
  unobserved: 'not observed',
  gone: 'gone',
}

const text = {
  success: 'success',
  notOver: (took: string) => `${took} so far, not over`,
  endUnseen: 'its end was not seen',
  from: (from: string, at: string) => `from +${from} (${at})`,
  to: (to: string) => `to +${to}`,
  at: (from: string, at: string) => `at +${from} (${at})`,
  started: (at: string) => `started ${at}`,
  found: (at: string) => `found ${at}`,
  of: (some: string, all: string) => `${some} of ${all}`,
  verdict: (kind: string) => `clean-up: ${kind}`,
}

/** How a fetch stands, in a word or two. */
export function outcomeText({ state, settledAt, attributes }: Fetch): string {
  if (settledAt === null) return stateText[state]
  return attributes.result === 'success' ? text.success : attributes.failureReason
}

function sizeText(fetch: Fetch, until: number): string {
  const some = bytes(curve(fetch, until).at(-1)?.bytes ?? 0)
  const { downloadTotal, uploadTotal } = fetch.attributes
  return downloadTotal > 0 ? text.of(some, bytes(downloadTotal + uploadTotal)) : some
}

/** A whole lane in numbers. */
export function describeLane(lane: Lane): string {
  const { fetch, start, end, open, verdict } = lane
  const took = longDuration(end - start)
  const at = timeOfDay(start)
  return [
    outcomeText(fetch),
    fetch.already ? text.found(at) : text.started(at),
    open ? text.notOver(took) : took,
    sizeText(fetch, end),
    verdict ? text.verdict(verdict.kind) : '',
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
    kind === 'verdict' ? (lane.verdict?.kind ?? '') : '',
    moment ? '' : phase.end !== null ? lasted : open ? text.notOver(lasted) : text.endUnseen,
    moment ? text.at(from, timeOfDay(start)) : text.from(from, timeOfDay(start)),
    !moment && phase.end !== null ? text.to(longDuration(end - lane.start)) : '',
    kind === 'downloading' ? sizeText(lane.fetch, end) : '',
    note,
  ]
    .filter(Boolean)
    .join(' · ')
}

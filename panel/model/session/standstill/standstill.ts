import { t } from '../../../i18n/i18n'
import { bytes, oneLine, roughDuration, secondOfDay } from '../../format'
import { shownId } from '../../shown-id'
import type { View } from '../session-view'
import type { Fetch } from '../view'
import { awaitsResponse } from './awaits-response'
import { heldReason } from './held'
import { isBefore, isListedBefore } from './order'

/** A fetch that stands still for less than this is not remarked on, in milliseconds: progress comes twice a second. */
const STANDS_STILL = 5000
/** The first byte of a fetch that runs may take this long without a remark, in milliseconds. */
const FIRST_BYTE = 2000
/** How long Chromium holds a new fetch back after the load of a tab that was loading when it began, in milliseconds. */
const AFTER_LOAD = 30_000

/** After this long the browser has tried a request five times as a rule, in milliseconds; a fetch that goes on may never end. */
const PAST_ATTEMPTS = 120_000

/** What of a session a standstill follows from. */
export type Around = Pick<View, 'fetches' | 'offline' | 'frames'>

/** That a fetch stands still. */
export interface Standstill {
  /** In a few words, for a cell: why, as far as it is known, and then for how long. */
  readonly text: string
  /** The fetch of the same origin that runs, and that it waits for. */
  readonly front: Fetch | null
  /** What was observed and holds it back, or may do so; a sentence each. */
  readonly reasons: readonly string[]
}

const name = ({ id }: Fetch) => oneLine(shownId(id), 60)

const sameOrigin = (fetch: Fetch) => (other: Fetch) =>
  other !== fetch && other.storageKey === fetch.storageKey

/**
 * Chromium runs the fetches of an origin one after the other: the one of which bytes have arrived runs, and the others wait.
 * Of one that was there before that one nothing is said: what holds it back is not known.
 */
const inFront = (fetch: Fetch, all: readonly Fetch[]): Fetch | undefined =>
  all.filter(sameOrigin(fetch)).find((other) => other.state === 'active' && !isListedBefore(fetch, other))

/** One that began before it and of which no byte has arrived either: the browser may have chosen it, which is not reported. */
const maybeInFront = (fetch: Fetch, all: readonly Fetch[]): Fetch | undefined =>
  all.filter(sameOrigin(fetch)).find((other) => other.state === 'queued' && isBefore(other, fetch))

/** Whether a fetch of its origin that began before it runs, or has no bytes either. */
export const isBehind = (fetch: Fetch, all: readonly Fetch[]): boolean =>
  (inFront(fetch, all) ?? maybeInFront(fetch, all)) !== undefined

/** What those behind a fetch have to expect where that has stood still for long; '' where it has not. */
const endlessReason = (front: Fetch, now: number): string =>
  now - front.movedAt >= PAST_ATTEMPTS ? t('still_front_endless', name(front)) : ''

/** The host in an origin. */
const hostText = (origin: string) => oneLine(origin.replace(/^https?:\/\//, ''), 100)

function loadReason({ loads }: Fetch, now: number): { text: string; reason: string } | undefined {
  if (!loads) return undefined
  const { loadedAt, own, other } = loads
  const tab = own ? t('loading_own') : other ? t('loading_named', hostText(other)) : t('loading_other')
  if (loadedAt === null) {
    return { text: t('waiting_loading'), reason: t('still_loading', tab) }
  }
  const until = loadedAt + AFTER_LOAD
  if (now >= until) return undefined
  const at = secondOfDay(until)
  return { text: t('waiting_until', at), reason: t('still_loaded', tab, at) }
}

/** Chromium may have started it paused: '' where nothing says so. */
function pausedReason(initiator: Fetch['initiator']): string {
  if (initiator?.type === 'worker-call') return t('still_by_worker')
  return initiator?.framed ? t('still_framed') : ''
}

/** Of a fetch that waits for its first byte, and not for another fetch that runs. */
function firstByte(fetch: Fetch, around: Around, now: number): Omit<Standstill, 'front'> {
  const { already, seenAt, initiator } = fetch
  const time = roughDuration(now - seenAt)
  const load = loadReason(fetch, now)
  const pausedAtStart = pausedReason(initiator)
  const before = maybeInFront(fetch, around.fetches)
  const reasons = [
    load?.reason ?? '',
    pausedAtStart,
    before ? t('still_maybe_behind', name(before)) : '',
    before ? endlessReason(before, now) : '',
  ].filter((reason) => reason !== '')
  const text = t(already ? 'waiting_first_byte_at_least' : 'waiting_first_byte', time)
  const more = load?.text ?? (pausedAtStart ? t('waiting_maybe_paused') : '')
  return {
    text: [more, text].filter(Boolean).join(' · '),
    reasons: reasons.length > 0 ? reasons : [heldReason(fetch, around)],
  }
}

function reasonOf(fetch: Fetch, around: Around, now: number): Standstill | null {
  const { state, movedAt, attributes, activeAt, seenAt } = fetch
  const still = now - movedAt
  const { downloaded, downloadTotal } = attributes
  if (state === 'active') {
    if (downloadTotal > 0 && downloaded > downloadTotal) {
      const reason = t('still_over_total', bytes(downloaded), bytes(downloadTotal))
      return { text: t('waiting_over_total'), front: null, reasons: [reason] }
    }
    if (still < STANDS_STILL) return null
    if (awaitsResponse(fetch)) {
      const text = t('waiting_response', roughDuration(still))
      return { text, front: null, reasons: [t('still_response')] }
    }
    return { text: t('waiting_progress', roughDuration(still)), front: null, reasons: [t('still_progress')] }
  }
  if (state !== 'queued') return null
  if (activeAt !== null) {
    return {
      text: t('waiting_back', roughDuration(still)),
      front: null,
      reasons: [t(fetch.arrived > 0 ? 'still_back' : 'still_back_sent')],
    }
  }
  const front = inFront(fetch, around.fetches)
  if (front) {
    const own = reasonOf(front, around, now)
    const reasons = [
      t('still_behind', name(front)),
      own ? t('still_front', name(front), own.text) : '',
      endlessReason(front, now),
    ]
    return {
      text: t('waiting_behind', name(front)),
      front,
      reasons: reasons.filter((reason) => reason !== ''),
    }
  }
  if (now - seenAt < FIRST_BYTE) return null
  return { ...firstByte(fetch, around, now), front: null }
}

/**
 * Why a fetch that may still run stands still, as far as it was observed, and what else may be the reason; null when it does
 * not.
 *
 * @param now in epoch milliseconds
 */
export function standstillOf(fetch: Fetch, around: Around, now: number): Standstill | null {
  const found = reasonOf(fetch, around, now)
  // One that is behind another stands still whatever the connection is.
  if (!found || found.front || !around.offline.has(fetch.storageKey)) return found
  const { text, reasons, front } = found
  return { text: `${t('waiting_offline')} · ${text}`, front, reasons: [t('still_offline'), ...reasons] }
}

/**
 * What the row of a fetch says that has stood still for ten seconds: how long, at which byte, and why as far as is known at
 * that moment. One that waits for its turn or for its response is nothing to worry about.
 */
export function standstillRow(fetch: Fetch, around: Around, now: number): { text: string; waits: boolean } {
  const still = roughDuration(Math.max(0, now - fetch.movedAt))
  const found = standstillOf(fetch, around, now)
  const { downloaded, uploaded } = fetch.attributes
  if (found && (found.front || awaitsResponse(fetch))) {
    const [first = '', ...others] = found.reasons
    return { text: [t('row_waiting_text', still), first, ...others].join(' '), waits: true }
  }
  const at = downloaded > 0 || uploaded === 0 ? bytes(downloaded) : t('progress_uploaded', bytes(uploaded))
  const key = fetch.activeAt === null ? 'row_no_bytes_text' : 'row_no_progress_text'
  return { text: [t(key, still, at), ...(found?.reasons ?? [])].join(' '), waits: false }
}

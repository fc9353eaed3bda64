import { t } from '../../i18n/i18n'
import { oneLine, roughDuration } from '../format'
import type { Fetch } from '../session/view'

/** A fetch that stands still for less than this is not remarked on, in milliseconds: progress comes twice a second. */
const STALLED = 5000
/** The first byte of a fetch that runs may take this long without a remark, in milliseconds. */
const FIRST_BYTE = 2000

/**
 * Chromium runs the fetches of an origin one after the other: the one of which bytes have arrived runs, and those
 * that were seen to begin after it wait.
 */
const inFront = (fetch: Fetch, all: readonly Fetch[]): Fetch | undefined =>
  all.find(
    (other) =>
      other !== fetch &&
      other.storageKey === fetch.storageKey &&
      other.state === 'active' &&
      other.seenAt <= fetch.seenAt,
  )

/**
 * Why a fetch that may still run stands still, as far as it was observed; '' when nothing can be said.
 *
 * @param all every fetch of the session
 * @param now in epoch milliseconds
 */
export function waitingText(fetch: Fetch, all: readonly Fetch[], now: number): string {
  const still = now - fetch.movedAt
  if (fetch.state === 'active') {
    return still >= STALLED ? t('waiting_progress', roughDuration(still)) : ''
  }
  if (fetch.state !== 'queued') return ''
  if (fetch.activeAt !== null) return t('waiting_back', roughDuration(still))
  const front = inFront(fetch, all)
  if (front) return t('waiting_behind', oneLine(front.id, 60))
  if (now - fetch.seenAt < FIRST_BYTE) return ''
  const key = fetch.already ? 'waiting_first_byte_at_least' : 'waiting_first_byte'
  return t(key, roughDuration(now - fetch.seenAt))
}

/**
 * What may hold a fetch back of which no byte has arrived yet, where nothing of that was observed; '' where something
 * was, or it has just begun.
 *
 * @param all every fetch of the session
 * @param now in epoch milliseconds
 */
export function heldHint(fetch: Fetch, all: readonly Fetch[], now: number): string {
  const waits = fetch.state === 'queued' && fetch.activeAt === null && now - fetch.seenAt >= FIRST_BYTE
  return waits && !inFront(fetch, all) ? t('waiting_held') : ''
}

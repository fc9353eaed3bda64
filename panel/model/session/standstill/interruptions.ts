import type { FetchAttributes } from '../../../../protocol/attributes'
import { t } from '../../../i18n/i18n'
import { bytes, duration } from '../../format'
import type { Interruption } from '../row-kind'
import type { Fetch } from '../view'

/** Progress comes twice a second: bytes that stand still for this long have stalled, in milliseconds. */
const INTERRUPTED = 10_000

/** Bytes that arrived and were sent so far. */
const progressOf = ({ downloaded, uploaded }: FetchAttributes): number => downloaded + uploaded

/**
 * Reports a stall that is over and bytes that were lost with their connection (the browser counts from the start again, or
 * from what it can resume). To be asked before the attributes are folded in. Both follow from the times of events only: a
 * page that is held up reports late, so no more is said than that nothing was reported.
 *
 * @param at when the attributes were read, in epoch milliseconds
 */
export function interruptionsOf(fetch: Fetch, attributes: FetchAttributes, at: number): Interruption[] {
  if (fetch.activeAt === null) return []
  const found: Interruption[] = []
  const still = at - fetch.movedAt
  const before = progressOf(fetch.attributes)
  const after = progressOf(attributes)
  const ended = attributes.result !== ''
  if (still >= INTERRUPTED && (ended || after !== before)) {
    found.push({ kind: 'stalled', note: t('row_stalled_text', duration(still), bytes(before)) })
  }
  // At the end of an aborted fetch the browser sets the numbers back to 0.
  if (ended || still < 0) return found
  const { downloaded, uploaded } = fetch.attributes
  if (attributes.downloaded < downloaded) {
    const note = t('row_restarted_text', bytes(downloaded), bytes(attributes.downloaded), duration(still))
    found.push({ kind: 'restarted', note })
  }
  if (attributes.uploaded < uploaded) {
    const note = t('row_restarted_sent_text', bytes(uploaded), bytes(attributes.uploaded), duration(still))
    found.push({ kind: 'restarted', note })
  }
  return found
}

import { t } from '../../i18n/i18n'
import { progressText } from '../describe/describe-fetch'
import { bytes, count, percent } from '../format'
import { isLive } from '../session/fetch-phase'
import type { Fetch } from '../session/view'
import { isSending, sentOf } from './upload'

/** Requests that have failed are no responses. */
function responsesText({ responses }: Fetch): string {
  if (!responses || responses.total <= 1) return ''
  const { ready, failed, total } = responses
  const of = [count(ready - failed), count(total)] as const
  return failed > 0 ? t('progress_responses_failed', ...of, count(failed)) : t('progress_responses', ...of)
}

/** How much has come of a fetch that no page has listed is not known where it reads 0, as it does in its event. */
export const isUnobserved = ({ unlisted, arrived, attributes }: Fetch): boolean =>
  unlisted && arrived === 0 && attributes.uploadTotal === 0

/** No page observes it, or observed its end: how far it was is known only of when a page saw it for the last time. */
export const isLastSeen = ({ unlisted, state, settledBy }: Fetch): boolean =>
  !unlisted && state !== 'queued' && state !== 'active' && settledBy !== 'page'

/** All of it has come, so that a share of what was seen last would say less than is known. */
const hasSucceeded = ({ attributes }: Fetch): boolean => attributes.result === 'success'

/** The last amount that was seen of a fetch whose end no page observed: `30% (221 kB of 719 kB)`; without a share for a success. */
export function lastAmount(fetch: Fetch): string {
  const { arrived, attributes } = fetch
  if (attributes.uploadTotal > 0) return sentText(fetch)
  const share = hasSucceeded(fetch) || arrived === 0 ? null : percent(arrived, attributes.downloadTotal)
  return share === null
    ? bytes(arrived)
    : t('summary_share', share, bytes(arrived), bytes(attributes.downloadTotal))
}

/** How far a fetch is or was, with all that is known of it. */
export function wholeProgress(fetch: Fetch): string {
  if (isUnobserved(fetch)) return responsesText(fetch)
  const { attributes, arrived } = fetch
  const moved = isLive(fetch) ? attributes : { downloaded: arrived, uploaded: sentOf(fetch) }
  const isShort = isLastSeen(fetch) && hasSucceeded(fetch)
  const amount = isShort ? lastAmount(fetch) : progressText({ ...attributes, ...moved })
  const whole = [amount, responsesText(fetch)].filter(Boolean).join(', ')
  if (!isLastSeen(fetch)) return whole
  return t(isLive(fetch) ? 'progress_last' : 'progress_last_ended', whole)
}

/** `1.6/3.9 MB`, or with both units where they differ. */
function ofTotal(done: number, total: number): string {
  const [a, b] = [bytes(done), bytes(total)]
  const unit = b.slice(b.lastIndexOf(' '))
  return t('progress_of_total', a.endsWith(unit) ? a.slice(0, -unit.length) : a, b)
}

/** How much was sent and received of an upload that has ended: `1.0 MB sent, 15 B received`. */
export function sentText(fetch: Fetch): string {
  const { uploadTotal } = fetch.attributes
  const sent = sentOf(fetch)
  const isPart = sent < uploadTotal && !(isLastSeen(fetch) && hasSucceeded(fetch))
  return t('sent_received', isPart ? ofTotal(sent, uploadTotal) : bytes(sent), bytes(fetch.arrived))
}

/** How far a fetch is or was, in one line; what says most comes first, as the end may be cut. */
export function shortProgress(fetch: Fetch): string {
  if (isUnobserved(fetch)) return responsesText(fetch)
  return isLastSeen(fetch) ? t('progress_last_short', amounts(fetch)) : amounts(fetch)
}

function amounts(fetch: Fetch): string {
  const { attributes, arrived } = fetch
  const { downloaded, downloadTotal, uploaded, uploadTotal } = attributes
  const live = isLive(fetch)
  // An aborted fetch reads 0 at its end: what had arrived is what counts then.
  const done = live ? downloaded : arrived
  const responses = responsesText(fetch)
  if (uploadTotal > 0 && !live) return [sentText(fetch), responses].filter(Boolean).join(' · ')
  if (uploadTotal > 0 && (done === 0 || isSending(fetch))) {
    const up = t('progress_uploaded', ofTotal(uploaded, uploadTotal))
    const down = done > 0 ? bytes(done) : ''
    return [percentText(percent(uploaded, uploadTotal)), up, down, down && responses]
      .filter(Boolean)
      .join(' · ')
  }
  const share = isLastSeen(fetch) && hasSucceeded(fetch) ? null : percent(done, downloadTotal)
  const whole = live && downloadTotal > 0 ? ofTotal(done, downloadTotal) : bytes(done)
  const known = done === 0 || (share === 100 && !live) ? '' : percentText(share)
  return [known, whole, responses].filter(Boolean).join(' · ')
}

/**
 * The parts of a short progress, each with what stands before it: one for which there is no room can be left out whole.
 * Bytes of nothing need no total.
 */
export const progressParts = (short: string): readonly string[] => short.split(/(?= · )|(?<=^0 B)(?=\/)/)

const percentText = (share: number | null): string => (share === null ? '' : t('percent', share))

/** The bytes that a progress bar shows, and their total where it is known. */
export interface Amount {
  readonly done: number
  readonly total: number
}

/** What moves: bytes that arrive, or those that are sent as long as nothing has arrived or not all are sent. */
export function amountOf(fetch: Fetch): Amount {
  const { downloaded, downloadTotal, uploaded, uploadTotal } = fetch.attributes
  return uploadTotal > 0 && (downloaded === 0 || isSending(fetch))
    ? { done: uploaded, total: uploadTotal }
    : { done: downloaded, total: downloadTotal }
}

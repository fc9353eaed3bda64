import { type FetchAttributes, type FetchRecord, hasFailed } from '../../../protocol/attributes'
import type { BodyOf } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import { isShort, isUnreadable, promisedSize, responseSize } from '../audit/evidence/complete'
import { bytes, count, duration, oneLine, pathIn, percent } from '../format'
import { causeOfRequest } from '../network/failures'
import { type TracedAborter, tracedAborter } from '../session/aborts/traced-aborts'
import type { FetchState, Row } from '../session/view'
import { orOthers } from './call-text'
import { type Description, error, info, warning } from './description'

/** What the reasons mean, where no more is known of a fetch. */
const meaning: Record<FetchAttributes['failureReason'], string> = {
  '': '',
  aborted: '',
  'bad-status': t('reason_bad_status'),
  'fetch-error': t('reason_fetch_error'),
  'quota-exceeded': t('reason_quota_exceeded'),
  'download-total-exceeded': t('reason_download_total_exceeded'),
}

/** What the states of a fetch are called. */
export const stateName: Record<FetchState, string> = {
  queued: t('state_no_bytes'),
  active: t('state_active'),
  settled: t('state_settled'),
  over: t('state_over'),
  unobserved: t('state_unobserved'),
  gone: t('state_gone'),
}

/** How far a fetch is: `2.3 MB of 5.0 MB (46 %)`. */
export function progressText(
  attributes: Pick<FetchAttributes, 'uploaded' | 'uploadTotal' | 'downloaded' | 'downloadTotal'>,
): string {
  const { downloaded, downloadTotal, uploaded, uploadTotal } = attributes
  const parts: string[] = []
  if (uploadTotal > 0) parts.push(t('progress_up', bytes(uploaded), bytes(uploadTotal)))
  const share = percent(downloaded, downloadTotal)
  if (share !== null) parts.push(t('progress_share', bytes(downloaded), bytes(downloadTotal), share))
  else if (downloaded > 0 || uploadTotal === 0) parts.push(t('progress_no_total', bytes(downloaded)))
  return parts.join(', ')
}

const settledBy: Readonly<Record<TracedAborter['by'], string>> = {
  page: t('row_settled_page'),
  script: t('summary_aborted_script'),
  extension: t('summary_aborted_extension'),
  worker: t('row_settled_worker'),
}

/** Whose script aborted it, where this panel did not. */
function abortedText({ fetch }: Row): string {
  const aborter = fetch && tracedAborter(fetch)
  return aborter ? orOthers(settledBy[aborter.by], aborter) : t('row_settled_elsewhere')
}

/** How it ended. */
export function settled(row: Row, { attributes }: BodyOf<'settled'>, timed: boolean): Description {
  const { result, failureReason, downloaded } = attributes
  if (result === 'success') {
    return info(t('row_settled_success'), t('row_settled_success_text', progressText(attributes)))
  }
  const name = t('row_settled_failure', failureReason)
  if (failureReason !== 'aborted')
    return error(
      name,
      t('row_settled_failure_text', (row.fetch && causeOfRequest(row.fetch)) || meaning[failureReason]),
    )
  const amount = row.fetch?.arrived ?? downloaded
  const arrived = amount > 0 ? t('row_arrived', bytes(amount)) : t('row_arrived_none')
  const elsewhere = abortedText(row)
  const how = row.after === null ? elsewhere : timed ? '' : t('after_abort', duration(row.after))
  return info(name, [how, arrived].filter(Boolean).join('; '))
}

/** The size of a response as far as it is known; one of an encoded body is marked as such. */
export function sizeText(record: FetchRecord): string {
  const size = responseSize(record)
  const { contentLength } = record
  const promised = promisedSize(record)
  if (promised !== null && isShort(record)) return t('size_short', bytes(size ?? 0), bytes(promised))
  if (size !== null) return bytes(size)
  return record.encoded && contentLength !== null ? t('size_encoded', bytes(contentLength)) : ''
}

/** A response of one of its requests came, or none. */
export function responseReady(row: Row, body: BodyOf<'response-ready'>): Description {
  const { record, ready, total } = body
  const { method, url, state, status, contentType, error: reason } = record
  const what = `${method} ${oneLine(pathIn(url, row.event.storageKey ?? ''))}`
  // What older versions have recorded says of this one only whether it has failed.
  const failed = Math.min(ready, body.failed ?? (hasFailed(record) ? 1 : 0))
  const of = [count(ready - failed), count(total)] as const
  const which = failed > 0 ? t('row_response_of_failed', ...of, count(failed)) : t('row_response_of', ...of)
  if (state === 'no-response')
    return warning(t('row_response_failed'), `${what}: ${t('no_response')} ${which}`)
  // A network error is given as a response of status 0.
  if (state === 'failed' || isUnreadable(record)) {
    const why = reason ? oneLine(reason) : t('row_response_none')
    return warning(t('row_response_failed'), `${what}: ${why} ${which}`)
  }
  // The answer to the first of several requests of one URL is given for all of them.
  const promised = record.bodySize === null && promisedSize(record) !== null
  // Its headers have come; how much of the body has is not known before the end.
  const length = row.note ? '' : sizeText(record)
  const size = promised && length ? t('size_promised', length) : length
  const known = [size, oneLine(contentType, 100)].filter(Boolean).join(', ')
  const redirected =
    record.redirected && record.responseUrl ? t('redirected_to', oneLine(record.responseUrl)) : ''
  const parts = [status === null ? what : `${status} ${what}`, known, redirected].filter(Boolean).join(', ')
  const text = [`${parts} ${which}`, row.note].filter(Boolean).join('; ')
  return (status ?? 0) < 400 ? info(t('row_response'), text) : warning(t('row_response'), text)
}

/** Its records are released. */
export function eventOver(
  row: Row,
  { uncertainty, unregistered }: BodyOf<'event-over'>,
  timed: boolean,
): Description {
  const name = t('row_released')
  if (unregistered)
    return row.note ? info(name, row.note) : warning(t('row_event_unknown'), t('row_released_unregistered'))
  const event = row.note
  if (row.after === null) return info(name, t('row_over_text', event))
  const after = duration(row.after)
  // How late it was seen is to be said with what it is about.
  if (timed && uncertainty <= 50) return info(name, t('row_over_text', event))
  if (uncertainty > 50) return info(name, t('row_over_late', event, after, duration(uncertainty)))
  return info(name, t('row_over_after', event, after))
}

/** What `abort()` answered. */
export function abortAnswered(row: Row, { outcome }: BodyOf<'abort-answered'>, timed: boolean): Description {
  const after = row.after === null || timed ? '' : t('after_abort', duration(row.after))
  switch (outcome.kind) {
    case 'resolved':
      return outcome.value
        ? info('abort() → true', [t('row_abort_taken'), after].filter(Boolean).join(', '))
        : warning('abort() → false', after ? t('row_abort_nothing_after', after) : t('row_abort_nothing'))
    case 'rejected':
      return error(t('row_abort_rejected'), outcome.error)
    case 'already-finished':
      return warning(t('row_abort_not_called'), t('row_abort_finished'))
    case 'page-gone':
      return error(t('row_abort_not_called'), t('page_gone'))
    case 'unanswered':
      return warning(t('row_abort_unanswered'), t('row_abort_unknown', t('page_left')))
  }
}

import type { FetchRecord } from '../../../protocol/attributes'
import { originOf } from '../../../protocol/origin'
import { t } from '../../i18n/i18n'
import { isUnreadable } from '../audit/evidence/complete'
import type { Outcome, OutcomeKind } from '../audit/evidence/evidence'
import { whereText } from '../audit/evidence/outcomes'
import { sharedText } from '../audit/gaps-text'
import { count, lastPart, oneLine, pathIn } from '../format'
import type { Fetch } from '../session/view'
import { isMixedContent } from './mixed-content'

const outcomes: Record<OutcomeKind, string> = {
  stored: t('outcome_stored'),
  'stored-before': t('outcome_stored_before'),
  'stored-undated': t('outcome_stored_undated'),
  'stored-short': t('outcome_stored_short'),
  dropped: t('outcome_dropped'),
  answered: t('outcome_answered'),
  incomplete: t('outcome_incomplete'),
  'no-response': t('no_response'),
  shared: '',
  unknown: t('outcome_unknown'),
}

/** What became of a request, in words. */
export function outcomeText({ outcome, sharing, equal }: Outcome): string {
  if (outcome === 'shared') return sharedText(sharing)
  return equal ? t('outcome_equal', count(equal.stored), count(equal.all)) : outcomes[outcome]
}

/** Where a response is stored, or those that are equal to it are; '' where none is. */
export const outcomeWhere = ({ items, equal }: Outcome): string =>
  (equal?.items ?? items).map(whereText).join(', ')

/** What keeps the browser from sending a request; '' where nothing of it does. */
export function unsentText({ url, needsPreflight }: FetchRecord, scope: string): string {
  if (isMixedContent(url, scope)) return t('mixed_content')
  return needsPreflight === true ? t('needs_preflight') : ''
}

/** No response came that the page may read, or none is known of. */
export const lacksResponse = (record: FetchRecord): boolean =>
  record.state === 'failed' ||
  record.state === 'no-response' ||
  record.state === 'unknown' ||
  isUnreadable(record)

/**
 * Status of a response, or why there is none.
 *
 * @param scope of the fetch's worker
 * @param cause what was observed of that on the network; '' where nothing was
 * @param aborted the fetch was aborted: a request that had neither a response nor an error by then was aborted with it
 */
export function statusText(record: FetchRecord, scope: string, cause = '', aborted = false): string {
  const unsent = lacksResponse(record) ? unsentText(record, scope) : ''
  if (unsent) return unsent
  const isOpen = record.state === 'pending' || lacksResponse(record)
  if (cause && isOpen && !record.error.startsWith('AbortError')) return cause
  switch (record.state) {
    case 'pending':
      return t('records_pending')
    case 'no-response':
      return t('no_response')
    case 'failed':
      if (record.error.startsWith('AbortError')) return t('request_aborted')
      if (record.error === '') return t(aborted ? 'request_aborted' : 'records_failed')
      return oneLine(record.error, 100)
    case 'unknown':
      return t('outcome_unknown')
    case 'ready':
      if (isUnreadable(record)) return t('row_response_none')
      return record.status === 0 ? record.responseType : `${record.status} ${record.statusText}`.trim()
  }
}

/** Whether a fetch was aborted, whoever did it. */
export const isAborted = ({ attributes }: Fetch): boolean => attributes.failureReason === 'aborted'

/** The last part of a request's URL, and where it was redirected to. */
export function requestText({ url, redirected, responseUrl }: FetchRecord): string {
  const request = oneLine(lastPart(url), 300)
  if (!redirected) return request
  return `${request}, ${t('redirected_to', oneLine(pathIn(responseUrl || url, originOf(url)), 300))}`
}

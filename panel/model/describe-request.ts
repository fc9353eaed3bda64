import type { FetchRecord } from '../../protocol/attributes'
import { say } from '../words/words'
import { sharedText } from './audit/gaps-text'
import type { Outcome, OutcomeKind } from './audit/outcomes'
import { lastPart, oneLine, pathIn } from './format'

const outcomes: Record<OutcomeKind, string> = {
  stored: say('outcome_stored'),
  'stored-before': say('outcome_stored_before'),
  'stored-short': say('outcome_stored_short'),
  dropped: say('outcome_dropped'),
  answered: say('outcome_answered'),
  incomplete: say('outcome_incomplete'),
  'no-response': say('no_response'),
  shared: '',
  unknown: say('outcome_unknown'),
}

/** What became of a request, in words. */
export const outcomeText = ({ outcome, sharing }: Outcome): string =>
  outcome === 'shared' ? sharedText(sharing) : outcomes[outcome]

/** A request that had no response as it needs a CORS preflight. */
const lacksPreflight = ({ state, needsPreflight }: FetchRecord): boolean =>
  needsPreflight === true && (state === 'failed' || state === 'no-response')

/** Status of a response, or why there is none. */
export function statusText(record: FetchRecord): string {
  if (lacksPreflight(record)) return say('needs_preflight')
  switch (record.state) {
    case 'pending':
      return say('records_pending')
    case 'no-response':
      return say('no_response')
    case 'failed':
      return record.error === '' ? say('records_failed') : oneLine(record.error, 100)
    case 'unknown':
      return say('outcome_unknown')
    case 'ready':
      return record.status === 0 ? record.responseType : `${record.status} ${record.statusText}`.trim()
  }
}

/** The last part of a request's URL, and where it was redirected to. */
export function requestText({ url, redirected, responseUrl }: FetchRecord): string {
  const request = oneLine(lastPart(url), 300)
  if (!redirected) return request
  const origin = URL.canParse(url) ? new URL(url).origin : ''
  return `${request}, ${say('redirected_to', oneLine(pathIn(responseUrl || url, origin), 300))}`
}

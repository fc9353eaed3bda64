import type { FetchRecord } from '../../protocol/attributes'
import { say } from '../words/words'
import { sharedText } from './audit/gaps-text'
import type { Outcome, OutcomeKind } from './audit/outcomes'
import { oneLine } from './format'

const outcomes: Record<OutcomeKind, string> = {
  stored: say('outcome_stored'),
  'stored-before': say('outcome_stored_before'),
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

/** The last part of a URL that tells it from others: file name and query. */
export const lastPart = (url: string): string => {
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/#.*$/s, '')
  const [, last = ''] = /([^/?]+\/?(?:\?.*)?)$/s.exec(path) ?? []
  return last || path || url
}

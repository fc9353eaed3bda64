import type { PageAnswer } from '../../protocol/page-requests'
import { say } from '../words/words'
import { oneLine } from './format'

/** Why a page did not do what it was asked for, in one sentence. */
export function refusalText({ reason, detail }: Extract<PageAnswer, { ok: false }>): string {
  switch (reason) {
    case 'page-gone':
      return say('answer_page_gone')
    case 'no-worker':
      return say('answer_no_worker')
    case 'foreign':
      return say('answer_foreign')
    case 'too-long':
      return say('answer_too_long')
    case 'bad-answer':
      return say('answer_bad')
    case 'rejected':
      return oneLine(detail, 300)
  }
}

import type { PageAnswer } from '../../../protocol/page-requests'
import { t } from '../../i18n/i18n'
import { oneLine } from '../format'

/** Why a page did not do what it was asked for, in one sentence. */
export function refusalText({ reason, detail }: Extract<PageAnswer, { ok: false }>): string {
  switch (reason) {
    case 'page-gone':
      return t('answer_page_gone')
    case 'no-worker':
      return t('answer_no_worker')
    case 'foreign':
      return t('answer_foreign')
    case 'too-long':
      return t('answer_too_long')
    case 'bad-answer':
      return t('answer_bad')
    case 'rejected':
      return oneLine(detail, 300)
  }
}

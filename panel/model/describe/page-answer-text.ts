import type { PageAnswer } from '../../../protocol/page-requests'
import { t } from '../../i18n/i18n'
import { oneLine } from '../format'

const text = {
  'page-gone': t('answer_page_gone'),
  'no-worker': t('answer_no_worker'),
  foreign: t('answer_foreign'),
  'too-long': t('answer_too_long'),
  'bad-answer': t('answer_bad'),
  'bad-request': t('answer_bad_request'),
}

/** Why a page did not do what it was asked for, in one sentence. */
export function refusalText({ reason, detail }: Extract<PageAnswer, { ok: false }>): string {
  return reason === 'rejected' ? oneLine(detail, 300) : text[reason]
}

import type { PageAnswer } from '../../protocol/page-requests'
import { t } from '../i18n/i18n'
import { refusalText } from './describe/page-answer-text'

/** Why a test fetch was not started, in one sentence; '' where it was. */
export function testFetchProblem(answer: PageAnswer): string {
  if (answer.ok) return ''
  const why = /does not have permission/.test(answer.detail)
    ? t('empty_test_permission')
    : /too many active fetches/.test(answer.detail)
      ? t('empty_test_too_many')
      : refusalText(answer)
  return t('empty_test_refused', why)
}

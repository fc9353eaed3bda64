import type { PageAnswer } from '../../protocol/page-requests'
import { t } from '../i18n/i18n'
import { refusalText } from './describe/page-answer-text'

/** The browser lets a site start only one fetch without a click. */
export const needsPermission = (answer: PageAnswer): boolean =>
  !answer.ok && answer.reason === 'rejected' && /does not have permission/.test(answer.detail)

/** Why a fetch was not started, in one sentence; '' where it was. */
export function startProblem(answer: PageAnswer): string {
  if (answer.ok) return ''
  const { detail } = answer
  if (needsPermission(answer)) return t('start_permission')
  if (/too many active fetches/.test(detail)) return t('start_too_many')
  if (/already is a registration for the given id/.test(detail)) return t('start_id_in_use')
  return t('empty_test_refused', refusalText(answer))
}

import type { DatabaseProblem } from '../../../protocol/database-problem'
import { t } from '../../i18n/i18n'

const text = {
  'not-opened': t('database_not_opened'),
  'no-answer': t('database_no_answer'),
  blocked: t('database_blocked'),
  'newer-version': t('database_newer'),
  'earlier-start': t('database_earlier_start'),
  'connection-closed': t('connection_closed'),
}

/** Why the extension's own database fails, in the reader's language. */
export function databaseProblemText({ reason, detail }: DatabaseProblem): string {
  if (reason === 'error') return detail
  return reason === 'full' ? t('database_full', detail) : text[reason]
}

import type { DatabaseProblem } from '../../../protocol/database-problem'
import { t } from '../../i18n/i18n'

/** Why the extension's own database fails, in the reader's language. */
export function databaseProblemText({ reason, detail }: DatabaseProblem): string {
  switch (reason) {
    case 'not-opened':
      return t('database_not_opened')
    case 'no-answer':
      return t('database_no_answer')
    case 'blocked':
      return t('database_blocked')
    case 'newer-version':
      return t('database_newer')
    case 'earlier-start':
      return t('database_earlier_start')
    case 'full':
      return t('database_full', detail)
    case 'connection-closed':
      return t('connection_closed')
    case 'error':
      return detail
  }
}

import type { DatabaseProblem } from '../../protocol/database-problem'
import { say } from '../words/words'

/** Why the extension's own database fails, in the reader's language. */
export function databaseProblemText({ reason, detail }: DatabaseProblem): string {
  switch (reason) {
    case 'not-opened':
      return say('database_not_opened')
    case 'no-answer':
      return say('database_no_answer')
    case 'blocked':
      return say('database_blocked')
    case 'newer-version':
      return say('database_newer')
    case 'earlier-start':
      return say('database_earlier_start')
    case 'full':
      return say('database_full', detail)
    case 'error':
      return detail
  }
}

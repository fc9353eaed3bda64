import type { BodyOf } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import { count, duration, oneLine } from '../format'
import type { Row } from '../session/view'
import { type Description, error, info, warning } from './description'

/** What a worker wrote to its console, an exception that nobody caught, and a rejection that was handled later. */
export function consoleText(
  row: Row,
  body: BodyOf<'console' | 'exception' | 'rejection-handled'>,
): Description {
  if (body.type === 'exception')
    return error(t(body.byHandler ? 'row_threw' : 'row_uncaught'), oneLine(body.error.message, 500))
  if (body.type === 'rejection-handled') {
    // What it says.
    const text = oneLine(row.note, 500)
    const late = row.after === null ? text : t('row_rejection_handled_after', text, duration(row.after))
    return info(t('row_rejection_handled'), late)
  }
  const level = body.level === 'warning' ? warning : body.level === 'error' ? error : info
  const text = oneLine(body.text, 500)
  return level(
    `console.${body.level === 'warning' ? 'warn' : body.level}`,
    row.count > 1 ? t('row_console_times', text, count(row.count)) : text,
  )
}

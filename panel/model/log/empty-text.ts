import { counted, t } from '../../i18n/i18n'
import { count } from '../format'

/**
 * What stands in the place of a log without a row.
 *
 * @param hidden how many rows the filter and the levels hide
 * @param onlyVerbose they are all of the level Verbose, and nothing else was filtered
 */
export function emptyText(hidden: number, onlyVerbose: boolean): string {
  if (hidden === 0) return t('log_empty')
  return onlyVerbose ? t(counted(hidden, 'log_empty_verbose'), count(hidden)) : t('log_filtered')
}

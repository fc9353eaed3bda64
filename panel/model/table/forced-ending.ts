import { t } from '../../i18n/i18n'
import { forcedByText } from '../describe/forced-ending-text'
import type { Fetch } from '../session/view'

/**
 * Whether a fetch failed as a person has chosen in this panel, and what was changed for it was changed until then. Whether it
 * would have failed without that is not known.
 */
export function failedAsForced({ forced, attributes, settledAt }: Fetch): boolean {
  if (!forced || attributes.failureReason !== forced.ending || settledAt === null) return false
  const { reverted } = forced
  return reverted === null || reverted.why === 'fetch-ended' || reverted.at >= settledAt
}

/** What was chosen for the end of a fetch in this panel, and whether it ended so; '' where nothing was. */
export function forcedText(fetch: Fetch): string {
  const { forced, storageKey, settledAt } = fetch
  if (!forced) return ''
  const how = forcedByText(forced.by, storageKey)
  if (failedAsForced(fetch)) return t('forced_failed', how)
  if (forced.reverted && forced.reverted.why !== 'fetch-ended')
    return t('forced_reverted', forced.ending, how)
  return settledAt === null
    ? t('forced_running', forced.ending, how)
    : t('forced_otherwise', forced.ending, how)
}

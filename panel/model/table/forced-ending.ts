import { t } from '../../i18n/i18n'
import { isUnreadable } from '../audit/evidence/complete'
import { recordsOf } from '../audit/evidence/outcomes'
import { forcedByText } from '../describe/forced-ending-text'
import { endEventOf } from '../session/ends/end-event'
import { lasted, limitAt } from '../session/plans/in-force'
import type { Fetch } from '../session/view'

/** When it ended, as far as is known: a page may read that later than the worker gets its event. */
const endOf = (fetch: Fetch): number | null =>
  fetch.settledAt === null ? null : Math.min(fetch.settledAt, endEventOf(fetch)?.at ?? fetch.settledAt)

/** Whether a fetch failed as a person has chosen in this panel, and what was changed for it was changed until then. */
function endedAsForced(fetch: Fetch): boolean {
  const { forced, attributes } = fetch
  const end = endOf(fetch)
  return forced !== null && end !== null && attributes.failureReason === forced.ending && lasted(forced, end)
}

/** Whether all requests but the one that was added are known to have a response that is no failure. */
function othersComplete(fetch: Fetch, url: string): boolean {
  const { requests } = fetch
  if (!requests || requests.problem || requests.records.length < requests.total) return false
  return recordsOf(fetch).every(
    (record) =>
      record.url === url ||
      (record.state === 'ready' && !isUnreadable(record) && record.status !== null && record.status < 400),
  )
}

/**
 * Whether what a person has chosen in this panel made a fetch fail. One that was given another request may have failed by one of
 * its own: they are known to be complete. Whether its own quota would have been exceeded too is not known: see `failedAtLimit()`.
 */
export function failedAsForced(fetch: Fetch): boolean {
  const { forced } = fetch
  if (!forced || !endedAsForced(fetch)) return false
  return forced.by.kind !== 'request' || othersComplete(fetch, forced.by.url)
}

/** Whether a fetch failed with a quota that this panel had limited, for this fetch or for another one. */
export function failedAtLimit(fetch: Fetch): boolean {
  const end = endOf(fetch)
  return (
    end !== null && fetch.attributes.failureReason === 'quota-exceeded' && limitAt(fetch, end) !== undefined
  )
}

/** What was chosen for the end of a fetch in this panel, and whether it ended so; '' where nothing was. */
export function forcedText(fetch: Fetch): string {
  const { forced, storageKey } = fetch
  const atLimit = failedAtLimit(fetch)
  if (!forced) return atLimit ? t('forced_other_limit') : ''
  const how = forcedByText(forced.by, storageKey)
  if (failedAsForced(fetch)) return t(atLimit ? 'forced_failed_limit' : 'forced_failed', how)
  if (endedAsForced(fetch)) return t('forced_as_chosen', how)
  const end = endOf(fetch)
  if (end === null ? forced.reverted && forced.reverted.why !== 'fetch-ended' : !lasted(forced, end))
    return t('forced_reverted', forced.ending, how)
  return end === null ? t('forced_running', forced.ending, how) : t('forced_otherwise', forced.ending, how)
}

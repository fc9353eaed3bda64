import { t } from '../../../i18n/i18n'
import type { View } from '../session-view'
import type { Fetch } from '../view'
import { hasAnswered } from './awaits-response'
import { isBefore } from './order'

/** Whether a page of its storage key has listed all fetches there. */
const areAllListed = ({ storageKey }: Fetch, { frames }: Pick<View, 'frames'>): boolean =>
  [...frames.values()].some((one) => one.storageKey === storageKey && one.listed && one.error === '')

/** Whether a fetch of its origin may come before it, as far as is known; nothing is known of those that no page has listed. */
function othersMayComeFirst(fetch: Fetch, around: Pick<View, 'fetches' | 'frames'>): boolean {
  if (!areAllListed(fetch, around)) return true
  return around.fetches.some(
    (other) =>
      other !== fetch &&
      other.storageKey === fetch.storageKey &&
      (other.state === 'active' ||
        other.state === 'unobserved' ||
        (other.state === 'queued' && !isBefore(fetch, other))),
  )
}

/** The top page was observed to call `fetch()`. */
const isByTopPage = ({ initiator }: Fetch): boolean =>
  initiator?.type === 'page-call' && initiator.framed === false

/**
 * What may hold back a fetch of which nothing has arrived and nothing else is known: all that is known to do so but what was
 * observed not to be the case. A page that says that it is online may be offline all the same.
 */
export function heldReason(fetch: Fetch, around: Pick<View, 'fetches' | 'frames'>): string {
  const possible = [
    // The first bytes are not reported before there are more.
    t(hasAnswered(fetch) ? 'held_little' : 'held_server'),
    t('held_paused'),
    t('held_offline'),
    t('held_load'),
    othersMayComeFirst(fetch, around) && t('held_others'),
    // Those of other origins are not observed.
    t('held_origins'),
    !isByTopPage(fetch) && t('held_start'),
  ]
  return t('waiting_held', possible.filter(Boolean).join('; '))
}

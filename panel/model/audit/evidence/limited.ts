import { endEventOf } from '../../session/ends/end-event'
import { CLOCKS } from '../../session/fetches'
import type { FetchEnding } from '../../session/plans/fetch-ending'
import type { Fetch } from '../../session/view'
import type { Finding } from '../finding'
import type { Reason } from './reasons'

/** What a handler may do only because it could store nothing. */
const mayFollow = ({ rule }: Finding) => rule === 'handler-threw' || rule === 'handler-rejected'

/** The limit that this panel had set on the quota, for this fetch or another one, when the event for its end began. */
function limitOf(fetch: Fetch): FetchEnding | undefined {
  const begun = endEventOf(fetch)?.at
  if (begun === undefined) return undefined
  return fetch.limits.findLast(
    ({ at, reverted }) => at <= begun && (reverted === null || begun <= reverted.at + CLOCKS),
  )
}

/** What of these findings may be due to a quota that this panel limited is not known to be the site's fault. */
export function withoutLimited(
  fetch: Fetch,
  found: readonly Finding[],
): { readonly wrong: readonly Finding[]; readonly reasons: readonly Reason[] } {
  const limit = limitOf(fetch)
  if (!limit || !found.some(mayFollow)) return { wrong: found, reasons: [] }
  const { reverted } = limit
  const until = reverted && reverted.why !== 'revert-failed' ? reverted.at : null
  return { wrong: found.filter((one) => !mayFollow(one)), reasons: [{ kind: 'quota-limited', until }] }
}

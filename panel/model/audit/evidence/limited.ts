import { CLOCKS } from '../../session/fetches'
import type { Fetch } from '../../session/view'
import type { Finding } from '../finding'
import { endEventOf } from './handler'
import type { Reason } from './reasons'

/** What a handler may do only because it could store nothing. */
const mayFollow = ({ rule }: Finding) => rule === 'handler-threw' || rule === 'handler-rejected'

/** Whether the quota was limited by this panel when the event for the end of a fetch began. */
function isLimited(fetch: Fetch): boolean {
  const { forced } = fetch
  const begun = endEventOf(fetch)?.at
  if (forced?.by.kind !== 'quota' || begun === undefined) return false
  return forced.reverted === null || begun <= forced.reverted.at + CLOCKS
}

/** What of these findings may be due to a quota that this panel limited is not known to be the site's fault. */
export function withoutLimited(
  fetch: Fetch,
  found: readonly Finding[],
): { readonly wrong: readonly Finding[]; readonly reasons: readonly Reason[] } {
  if (!isLimited(fetch) || !found.some(mayFollow)) return { wrong: found, reasons: [] }
  const { forced } = fetch
  const until = forced?.reverted && forced.reverted.why !== 'revert-failed' ? forced.reverted.at : null
  return { wrong: found.filter((one) => !mayFollow(one)), reasons: [{ kind: 'quota-limited', until }] }
}

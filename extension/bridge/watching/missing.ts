import { now } from '../../../wire/clock'
import type { Follow } from './follow'

/** How long a fetch may be missing from `getIds()` before that counts: its last event may be on its way. */
const MISSING_GRACE = 1000

/** What a look at the registrations has found. */
export interface Look {
  /** Names of the fetches that were listed. */
  readonly listed: ReadonlySet<string>
  /** Scopes of the registrations that there are. */
  readonly scopes: readonly string[]
  /** Scopes of those whose fetches could not be listed. */
  readonly failed: ReadonlySet<string>
}

/** Ends the fetches that are not listed any more, and were not seen to end. */
export function createMissing() {
  const since = new Map<Follow, number>()
  return {
    /** @param follows the fetches by their names; those that have ended are taken out */
    notice(follows: Map<string, Follow>, { listed, scopes, failed }: Look): void {
      for (const [key, followed] of follows) {
        const isThere = listed.has(key) || failed.has(followed.scope)
        if (followed.settled || isThere) since.delete(followed)
        if (followed.settled) follows.delete(key)
        if (followed.settled || isThere) continue
        const from = since.get(followed) ?? now()
        since.set(followed, from)
        if (now() - from < MISSING_GRACE && !followed.endUnheard) continue
        since.delete(followed)
        follows.delete(key)
        followed.vanish(scopes.includes(followed.scope) ? 'not-listed' : 'unregistered')
      }
    },
    clear: () => since.clear(),
  }
}

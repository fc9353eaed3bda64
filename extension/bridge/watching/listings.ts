import type { Began } from '../../../protocol/page-events'

/** What the browser lists for an ID that has half of a surrogate pair, which is no UTF-8: `get()` takes no empty ID. */
const UNREADABLE = ''

/** One listing of the active fetches of a registration. */
export interface Listing {
  readonly ids: readonly string[]
  /** Between which listings a fetch began that this one has, and that is found now. */
  began(id: string): Began
}

export interface Listings {
  /**
   * Lists the active fetches of a registration.
   *
   * @param scope of the registration
   */
  list(scope: string, getIds: () => Promise<readonly string[]>): Promise<Listing>
  /** Between which listings a fetch began that this script has just started. */
  beganNow(scope: string, id: string): Began
  /** Nobody has listed since when they will be listed next. */
  interrupted(): void
}

/**
 * Numbers the listings of all registrations, as they are all that is known of the order in which fetches began:
 * within one, `getIds()` sorts the fetches by their ID.
 */
export function createListings(): Listings {
  let count = 0
  /** The last listing of each scope. */
  const last = new Map<string, { readonly number: number; readonly ids: ReadonlySet<string> }>()

  /** An ID that the listing before had as well was of another fetch then, or of this one. */
  const afterOf = (before: ReturnType<typeof last.get>, id: string) =>
    before && !before.ids.has(id) ? before.number : 0

  return {
    async list(scope, getIds) {
      const number = ++count
      const ids = (await getIds()).filter((id) => id !== UNREADABLE)
      const before = last.get(scope)
      if (!before || before.number < number) last.set(scope, { number, ids: new Set(ids) })
      return { ids, began: (id) => ({ after: afterOf(before, id), before: number }) }
    },
    beganNow: (scope, id) => ({ after: afterOf(last.get(scope), id), before: count + 1 }),
    interrupted: () => last.clear(),
  }
}

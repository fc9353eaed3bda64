import { now } from '../../../wire/clock'

/** So many IDs are remembered before those are dropped that do not matter any more. */
const MAX_USED = 100

interface Named {
  readonly scope: string
  readonly id: string
}

/** When the IDs of fetches were in use. */
export interface IdUses {
  /** It is in use now. */
  note(fetch: Named): void
  /** When it was in use for the last time, in epoch milliseconds; 0 where it never was. */
  last(fetch: Named): number
}

/** @param oldest what was before this moment does not matter any more */
export function createIdUses(oldest: () => number): IdUses {
  const used = new Map<string, number>()
  const nameOf = ({ scope, id }: Named) => JSON.stringify([scope, id])
  return {
    note(fetch) {
      used.set(nameOf(fetch), now())
      if (used.size <= MAX_USED) return
      for (const [name, at] of used) if (at < oldest()) used.delete(name)
    },
    last: (fetch) => used.get(nameOf(fetch)) ?? 0,
  }
}

import type { Usage } from '../../../protocol/storage-events'
import { now } from '../../../wire/clock'
import { type Inventory, readUsage, takeStock } from './inventory'

/** How often the storage is looked at while no fetch runs, in milliseconds. */
const EVERY = 2000
/** The same where a look takes long. */
const SELDOM = 30_000
const LONG = 100
/** Where the bytes used have not changed, nothing else is expected to have; all is read this often anyway. */
const ALL_EVERY = 10_000
/** A site writes what belongs to a fetch right before it begins: this much older is "before". */
const MARGIN = 1000
/** How many looks are kept to find one that is old enough among them. */
const MAX_KEPT = 8
/** And how far apart they are at least, so that many fetches at once don't push the old ones out. */
const SPACING = 250

export interface Baselines {
  /** Reads all of the storage; a later fetch can be compared with it. */
  look(): Promise<Inventory>
  /** Makes sure that there is a recent look. Resolves with when to come back, in milliseconds. */
  refresh(): Promise<number>
  /** The latest look that is old enough to be from before a fetch that begins now, and younger than `since`. */
  before(since: number): Inventory | undefined
  stop(): void
}

const sameUsage = (a: Usage | null, b: Usage | null): boolean =>
  a !== null && b !== null && Object.keys(b.details).length > 0 && JSON.stringify(a) === JSON.stringify(b)

/**
 * Looks at the origin's storage that fetches to come are compared with.
 *
 * @param known is told once, when there is one that is old enough
 */
export function createBaselines(known: (stock: Inventory) => void): Baselines {
  const kept: Inventory[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  const keep = (stock: Inventory) => {
    const last = kept.at(-1)
    if (!last || stock.at - last.at >= SPACING) kept.push(stock)
    if (kept.length > MAX_KEPT) kept.shift()
    timer ??= setTimeout(known, MARGIN, stock)
  }

  const look = async () => {
    const stock = await takeStock()
    readAt = stock.at
    keep(stock)
    return stock
  }

  return {
    look,
    async refresh() {
      const last = kept.at(-1)
      const at = now()
      // Asking for the bytes used costs a fraction of reading everything.
      if (last && at - readAt < ALL_EVERY && sameUsage(last.usage, await readUsage().catch(() => null))) {
        keep({ ...last, at })
        return EVERY
      }
      const { took } = await look()
      return took > LONG ? SELDOM : EVERY
    },
    before(since) {
      const until = now() - MARGIN
      return kept.filter(({ at }) => at < until && at > since).at(-1)
    },
    stop: () => clearTimeout(timer),
  }
}

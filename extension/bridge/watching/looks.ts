import { type Looked, MAX_PAUSE } from '../../../protocol/commands'
import { now } from '../../../wire/clock'

/** After a pause of this long, in milliseconds, it is not known when what is found began. */
const LATE = 3000

/** When a bridge has looked for fetches. */
export interface Looks {
  /** A look begins. `called`: the browser has just reported that a fetch begins. */
  begin(called: boolean): void
  /** When the last one began, in epoch milliseconds. */
  readonly begunAt: number
  /** The look before the last one was so long ago that what is found now may have begun at any time since. */
  readonly late: boolean
  /** The last one has listed all fetches. */
  done(): void
  /** It does not look any more, or not all was listed. */
  interrupted(): void
  /** The looks without a pause up to now; null where there is none. */
  readonly unbroken: Looked | null
}

/** Follows when a bridge looks, and whether it does so without a pause. */
export function createLooks(): Looks {
  let begunAt = Number.NEGATIVE_INFINITY
  let late = false
  let unbroken: Looked | null = null

  return {
    begin(called) {
      late = !called && now() - begunAt > LATE
      begunAt = now()
    },
    get begunAt() {
      return begunAt
    },
    get late() {
      return late
    },
    done() {
      const goesOn = unbroken !== null && begunAt - unbroken.until <= MAX_PAUSE
      unbroken = { since: goesOn && unbroken ? unbroken.since : begunAt, until: begunAt }
    },
    interrupted() {
      unbroken = null
    },
    get unbroken() {
      return unbroken
    },
  }
}

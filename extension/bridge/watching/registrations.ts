import { now } from '../../../wire/clock'
import type { Platform, Registration } from '../platform'

/** How long a list of registrations is good for, in milliseconds: half the cost of a look is reading it. */
const GOOD = 1000

/** The registrations of the frame's origin. */
export interface Registrations {
  /** Reads them, where that was not done within the last second. */
  read(): Promise<readonly Registration[]>
  /** They may be others by now: reads them anew next time. */
  forget(): void
}

/** Reads registrations no more often than is needed. */
export function createRegistrations(platform: Platform): Registrations {
  let known: readonly Registration[] = []
  let knownAt = Number.NEGATIVE_INFINITY

  return {
    async read() {
      // A site that has none yet may register one and use it at once: then every look reads them.
      if (known.length === 0 || now() - knownAt > GOOD) {
        knownAt = now()
        known = await platform.getRegistrations()
      }
      return known
    },
    forget() {
      knownAt = Number.NEGATIVE_INFINITY
    },
  }
}

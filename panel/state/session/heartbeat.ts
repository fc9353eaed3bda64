/** How often the background is asked whether it is there, in milliseconds. */
export const BEAT = 5000
/** After so many questions without an answer the panel says so: a flood of events may delay one. */
export const UNANSWERED = 3

export interface Heartbeat {
  /** Since when the background does not answer, in epoch milliseconds; null as long as it does. */
  readonly silentSince: number | null
}

interface Environment {
  /** Asks; undefined while there is no connection. */
  readonly ping: () => Promise<unknown> | undefined
  /** Epoch milliseconds. */
  readonly now: () => number
  /** `silentSince` is another one. */
  readonly changed: () => void
}

/**
 * Notices that the background has stopped answering, and that it answers again. A connection can be open and dead: with
 * a full disk, Chromium shuts down its service workers, and messages to and from the extension's get lost.
 */
export function watchHeartbeat({ ping, now, changed }: Environment): Heartbeat {
  let answeredAt = now()
  // Questions are counted, not time: a machine that was asleep has asked none.
  let open = 0
  let silentSince: number | null = null
  const update = (since: number | null) => {
    if (since === silentSince) return
    silentSince = since
    changed()
  }
  setInterval(() => {
    if (open >= UNANSWERED) update(answeredAt)
    open++
    ping()?.then(
      () => {
        answeredAt = now()
        open = 0
        update(null)
      },
      () => {
        // The connection was closed: the next one is asked.
      },
    )
  }, BEAT)
  return {
    get silentSince() {
      return silentSince
    },
  }
}

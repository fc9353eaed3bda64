import { now } from './clock'

export interface Numbered<B> {
  readonly seq: number
  readonly at: number
  readonly body: B
}

/** So many reports go in a message at most: the browser refuses one of more than 64 MiB as a whole. */
const MAX_BATCH = 200

export interface Outbox<B> {
  /** Numbers and keeps a report, and sends it as soon as there is somebody to send it to. */
  put(body: B, at?: number): void
  /** Sends everything that was not acknowledged once more; call it after a reconnection. */
  resend(): void
  readonly waiting: number
}

/**
 * Reports that wait until the other side says they are safe. When the other side dies, everything unacknowledged
 * goes out again, and the other side drops doubles by `seq`. Beyond the bound, what was sent goes first: it has
 * arrived, unless the other side dies before it says so. What had to go for good is reported as a number.
 *
 * @param send resolves with the highest `seq` that is safe; rejects when the connection is gone; undefined
 *   when there is no connection
 * @param bound how many reports may wait
 * @param lost makes the report that says how many were dropped beyond the bound
 */
export function createOutbox<B>(
  send: (batch: readonly Numbered<B>[]) => Promise<number> | undefined,
  bound: number,
  lost: (count: number) => B,
): Outbox<B> {
  let pending: Numbered<B>[] = []
  let seq = 0
  let sentUpTo = 0
  let dropped = 0
  /** The highest number that is safe, and the highest one that was dropped without being. */
  let safeUpTo = 0
  let forgotUpTo = 0
  let scheduled = false

  const number = (body: B, at: number) => pending.push({ seq: ++seq, at, body })

  const schedule = () => {
    if (scheduled) return
    scheduled = true
    queueMicrotask(() => {
      scheduled = false
      transmit()
    })
  }

  const transmit = () => {
    if (dropped > 0 && pending.length < bound) {
      number(lost(dropped), now())
      dropped = 0
    }
    const batch = pending.filter((report) => report.seq > sentUpTo).slice(0, MAX_BATCH)
    const last = batch.at(-1)
    if (!last) return
    const answer = send(batch)
    if (!answer) return
    sentUpTo = last.seq
    answer.then(
      (safe) => {
        safeUpTo = Math.max(safeUpTo, safe)
        pending = pending.filter((report) => report.seq > safe)
        if (dropped > 0) schedule()
      },
      () => {
        // The connection is gone: what waits goes out again at the next resend().
      },
    )
    if (batch.length === MAX_BATCH) schedule()
  }

  return {
    put(body, at = now()) {
      const [oldest] = pending
      if (pending.length >= bound && oldest && oldest.seq <= sentUpTo) {
        forgotUpTo = oldest.seq
        pending.shift()
      }
      if (pending.length >= bound) dropped++
      else number(body, at)
      schedule()
    },
    resend() {
      dropped += Math.max(0, forgotUpTo - safeUpTo)
      forgotUpTo = 0
      sentUpTo = 0
      schedule()
    },
    get waiting() {
      return pending.length
    },
  }
}

/** When a run of a worker could call `abort()`, and since when each such call is reported; in epoch milliseconds. */
interface Coverage {
  readonly origin: string
  readonly beganAt: number
  endedAt: number
  /** null where not all are. */
  readonly watchedSince: () => number | null
}

/** So many runs that have ended are remembered. */
const MAX_ENDED = 50

/** For how long the calls of all traced workers were reported. */
export interface WorkerCoverage {
  /** A run may call from now on. Returns what to call when it is over. */
  began(origin: string, watchedSince: () => number | null): () => void
  /** Each call of `abort()` that any worker of the origin made in this time was reported. */
  covers(origin: string, from: number, to: number): boolean
  /** The tracer is not attached any more. */
  forget(): void
}

/** @param now in epoch milliseconds */
export function createWorkerCoverage(now: () => number): WorkerCoverage {
  let all: Coverage[] = []
  return {
    began(origin, watchedSince) {
      const one: Coverage = { origin, beganAt: now(), endedAt: Number.POSITIVE_INFINITY, watchedSince }
      all.push(one)
      return () => {
        one.endedAt = Math.min(one.endedAt, now())
        const ended = all.filter(({ endedAt }) => endedAt < Number.POSITIVE_INFINITY)
        if (ended.length > MAX_ENDED) all = all.filter((other) => other !== ended[0])
      }
    },
    covers: (origin, from, to) =>
      all.every(({ origin: other, beganAt, endedAt, watchedSince }) => {
        if (other !== origin || beganAt > to || endedAt < from) return true
        const since = watchedSince()
        return since !== null && since <= from
      }),
    forget() {
      all = []
    },
  }
}

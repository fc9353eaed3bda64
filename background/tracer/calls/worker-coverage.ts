/** When a run of a worker could call `abort()`, and since when each such call is reported; in epoch milliseconds. */
interface Coverage {
  readonly worker: string
  readonly origin: string
  readonly beganAt: number
  endedAt: number
  /** null where not all are. */
  readonly watchedSince: () => number | null
}

/** A worker that starts calls nothing so soon, in milliseconds: its script has not run. The clock of a page may be as far off. */
const STARTS = 50
/** So many runs that have ended are remembered. */
const MAX_ENDED = 50

/** For how long the calls of all traced workers were reported. */
export interface WorkerCoverage {
  /** A run may call from now on. Returns what to call when it is over. */
  began(worker: string, origin: string, watchedSince: () => number | null): () => void
  /** Each call of `abort()` that any worker of the origin made in this time was reported. */
  covers(origin: string, from: number, to: number): boolean
  /** Until when, up to this time, a worker of the origin, but for one run, may have called unreported; null where none may have. */
  uncoveredUntil(origin: string, to: number, except?: string): number | null
  /** The tracer is not attached any more. */
  forget(): void
}

/** @param now in epoch milliseconds */
export function createWorkerCoverage(now: () => number): WorkerCoverage {
  let all: Coverage[] = []
  return {
    began(worker, origin, watchedSince) {
      const one: Coverage = {
        worker,
        origin,
        beganAt: now(),
        endedAt: Number.POSITIVE_INFINITY,
        watchedSince,
      }
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
    uncoveredUntil(origin, to, except) {
      const ends = all
        .filter((one) => one.worker !== except && one.origin === origin && one.beganAt <= to - STARTS)
        .map(({ endedAt, watchedSince }) => Math.min(to, endedAt, watchedSince() ?? to))
      return ends.length > 0 ? Math.max(...ends) : null
    },
    forget() {
      all = []
    },
  }
}

/** So many messages of a worker within so many milliseconds are a flood, which arrives later than it is sent. */
const FLOOD = 500
const WITHIN = 5000

export interface Pace {
  /** A worker's message of this moment has arrived. */
  heard(worker: string, at: number): void
  /**
   * Messages of the worker from before this moment may be on their way: those that came last came in a flood, and
   * are from before it.
   */
  mayLag(worker: string, at: number): boolean
  forget(worker: string): void
}

interface Heard {
  /** When the last messages were sent, in a ring. */
  readonly times: Float64Array
  count: number
  latest: number
}

/**
 * Judges by the clock of the messages alone, so that the same events give the same view, whenever they are read.
 */
export function createPace(): Pace {
  const workers = new Map<string, Heard>()
  return {
    heard(worker, at) {
      const known = workers.get(worker) ?? { times: new Float64Array(FLOOD), count: 0, latest: at }
      workers.set(worker, known)
      known.times[known.count++ % FLOOD] = at
      known.latest = Math.max(known.latest, at)
    },
    mayLag(worker, at) {
      const known = workers.get(worker)
      if (!known || known.count < FLOOD || known.latest >= at) return false
      const oldest = known.times[known.count % FLOOD] ?? 0
      return known.latest - oldest < WITHIN
    },
    forget: (worker) => workers.delete(worker),
  }
}

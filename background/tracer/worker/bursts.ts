/** So many console messages of an event have a row each, and as many errors; more are counted. */
const ROWS = 100
/** A burst is over when nothing comes for so long, in milliseconds. */
const LULL = 250

interface Burst {
  messages: number
  errors: number
  count: number
  timer?: ReturnType<typeof setTimeout>
}

export interface Bursts {
  /** Whether the message is one of those that have a row. Errors do not lose theirs to other messages. */
  admits(event: number | null, isError: boolean): boolean
  /** The event is over: reports what was counted. */
  end(event: number | null): void
  endAll(): void
}

/**
 * Counts console messages that come by the thousand.
 *
 * @param report gets how many messages of an event were only counted, once they have ended for a while
 */
export function createBursts(report: (event: number | null, count: number) => void): Bursts {
  const bursts = new Map<number | null, Burst>()
  const flush = (event: number | null, burst: Burst) => {
    clearTimeout(burst.timer)
    const { count } = burst
    burst.count = 0
    if (count > 0) report(event, count)
  }
  const end = (event: number | null) => {
    const burst = bursts.get(event)
    if (!burst) return
    bursts.delete(event)
    flush(event, burst)
  }
  return {
    admits(event, isError) {
      const burst = bursts.get(event) ?? { messages: 0, errors: 0, count: 0 }
      bursts.set(event, burst)
      clearTimeout(burst.timer)
      // Outside of events there is no end: after a pause it begins anew.
      burst.timer = setTimeout(() => (event === null ? end(null) : flush(event, burst)), LULL)
      const rows = isError ? burst.errors++ : burst.messages++
      if (rows < ROWS) return true
      burst.count++
      return false
    },
    end,
    endAll() {
      for (const event of [...bursts.keys()]) end(event)
    },
  }
}

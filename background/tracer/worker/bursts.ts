/** So many console messages of an event have a row each, and as many errors; more are counted. */
const ROWS = 100
/** A burst is over when nothing comes for so long, in milliseconds. */
const LULL = 250

interface Burst {
  messages: number
  errors: number
  count: number
  /** There may have been more. */
  missed: boolean
  timer?: ReturnType<typeof setTimeout>
}

export interface Bursts {
  /** Whether the message is one of those that have a row. Errors do not lose theirs to other messages. */
  admits(event: number | null, isError: boolean): boolean
  /** Messages of the event may have been written that are not known. */
  missed(event: number | null): void
  /** The event is over: reports what was counted. */
  end(event: number | null): void
  endAll(): void
}

/**
 * Counts console messages that come by the thousand.
 *
 * @param report gets how many messages of an event were only counted, once they have ended for a while, and whether there
 * may have been more
 */
export function createBursts(report: (event: number | null, count: number, missed: boolean) => void): Bursts {
  const bursts = new Map<number | null, Burst>()
  const flush = (event: number | null, burst: Burst) => {
    clearTimeout(burst.timer)
    const { count, missed } = burst
    burst.count = 0
    burst.missed = false
    if (count > 0 || missed) report(event, count, missed)
  }
  const end = (event: number | null) => {
    const burst = bursts.get(event)
    if (!burst) return
    bursts.delete(event)
    flush(event, burst)
  }
  /** Something of the event's burst has come. */
  const extend = (event: number | null): Burst => {
    const burst = bursts.get(event) ?? { messages: 0, errors: 0, count: 0, missed: false }
    bursts.set(event, burst)
    clearTimeout(burst.timer)
    // Outside of events there is no end: after a pause it begins anew.
    burst.timer = setTimeout(() => (event === null ? end(null) : flush(event, burst)), LULL)
    return burst
  }
  return {
    admits(event, isError) {
      const burst = extend(event)
      const rows = isError ? burst.errors++ : burst.messages++
      if (rows < ROWS) return true
      burst.count++
      return false
    },
    missed(event) {
      extend(event).missed = true
    },
    end,
    endAll() {
      for (const event of [...bursts.keys()]) end(event)
    },
  }
}

import { now } from '../../../wire/clock'

/** After this long, an event that is not over is reported about, in milliseconds. */
const LONG = 30_000

/** The events that a worker handles. */
export interface OpenEvents {
  /** @param at when, in epoch milliseconds */
  dispatched(event: number, at: number): void
  /** Its listeners have returned. */
  returned(event: number): void
  done(event: number): void
  all(): Iterable<number>
  /** The event whose listeners run, which is the last one dispatched, else the only one that is open. */
  current(): { event: number | null; byHandler: boolean }
  end(): void
}

/** Whether the worker is paused in the debugger now, and for how long it was since then, in milliseconds. */
interface Pausing {
  look(): Promise<boolean>
  pausedSince(at: number): number
}

/**
 * @param long is called when an event is not over after half a minute, with how long that is in milliseconds; the time for which the
 * worker is paused in the debugger does not count
 */
export function createOpenEvents(
  long: (event: number, after: number) => void,
  pausing: () => Pausing,
): OpenEvents {
  const open = new Map<number, { returned: boolean; timer: ReturnType<typeof setTimeout> }>()
  const check = async (event: number, at: number) => {
    const isPaused = await pausing().look()
    const one = open.get(event)
    if (!one) return
    const after = now() - at
    const left = isPaused ? LONG : LONG - (after - pausing().pausedSince(at))
    if (left <= 0) return long(event, after)
    one.timer = setTimeout(() => void check(event, at), left)
  }
  return {
    dispatched(event, at) {
      open.set(event, { returned: false, timer: setTimeout(() => void check(event, at), LONG) })
    },
    returned(event) {
      const one = open.get(event)
      if (one) one.returned = true
    },
    done(event) {
      clearTimeout(open.get(event)?.timer)
      open.delete(event)
    },
    all: () => open.keys(),
    current() {
      const events = [...open]
      const running = events.findLast(([, { returned }]) => !returned)
      if (running) return { event: running[0], byHandler: true }
      return { event: events.length === 1 ? (events[0]?.[0] ?? null) : null, byHandler: false }
    },
    end() {
      for (const { timer } of open.values()) clearTimeout(timer)
      open.clear()
    },
  }
}

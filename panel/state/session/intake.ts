import type { SessionEvent, Source } from '../../../protocol/events'

/** How long the panel takes events in at a stretch, in milliseconds: input and drawing come between. */
const SLICE = 8
/** How many events are taken in between two looks at the clock. */
const STRIDE = 50
/** Until so long after its last event, a source may be behind with the next one, in milliseconds. */
const QUIET = 1000

export interface Intake {
  /** Takes events in, in order. Resolves when all of them are folded: the background sends no more before. */
  take(events: readonly SessionEvent[]): Promise<void>
  /** Events that came and are not folded yet. */
  readonly waiting: number
  /**
   * Up to when what happened is known, in epoch milliseconds: now, unless events come late because there are many.
   * How long something has been going on is judged by this clock.
   */
  knownUntil(): number
}

interface Environment {
  /** Folds some events; ignores those that it has already. */
  readonly fold: (events: readonly SessionEvent[]) => void
  /** Some events were folded. `more`: others wait for their turn. */
  readonly folded: (events: readonly SessionEvent[], more: boolean) => void
  /** Calls back in a later turn. */
  readonly nextTask: (call: () => void) => void
  /** Epoch milliseconds. */
  readonly now: () => number
}

interface Batch {
  readonly events: readonly SessionEvent[]
  readonly done: () => void
}

/** Folds what comes: at once where it is little, in slices where it is much. */
export function createIntake({ fold, folded, nextTask, now }: Environment): Intake {
  const queue: Batch[] = []
  let from = 0
  let waiting = 0
  let scheduled = false
  /** When each source's last event arrived, and how late it was then. */
  const heard = new Map<Source, { readonly arrived: number; readonly late: number }>()

  const note = (events: readonly SessionEvent[]) => {
    const arrived = now()
    // The last of each source says how late it is.
    for (const { source, at } of events) heard.set(source, { arrived, late: Math.max(0, arrived - at) })
  }

  /** An event that can't be folded takes no other along, and is not hidden: it fails where failures are seen. */
  const foldSafely = (events: readonly SessionEvent[]) => {
    try {
      fold(events)
    } catch (error) {
      const [first, ...others] = events
      if (first && others.length > 0) for (const event of events) foldSafely([event])
      else {
        nextTask(() => {
          throw error
        })
      }
    }
  }

  const turn = () => {
    const end = now() + SLICE
    const taken: SessionEvent[] = []
    for (let batch = queue[0]; batch; batch = queue[0]) {
      const some = batch.events.slice(from, from + STRIDE)
      foldSafely(some)
      for (const event of some) taken.push(event)
      from += some.length
      waiting -= some.length
      if (from >= batch.events.length) {
        queue.shift()
        from = 0
        batch.done()
      }
      if (now() >= end) break
    }
    note(taken)
    scheduled = queue.length > 0
    if (scheduled) nextTask(turn)
    folded(taken, scheduled)
  }

  return {
    take: (events) =>
      new Promise((resolve) => {
        queue.push({ events, done: resolve })
        waiting += events.length
        if (scheduled) return
        scheduled = true
        turn()
      }),
    get waiting() {
      return waiting
    },
    knownUntil() {
      const at = now()
      let late = 0
      for (const one of heard.values()) {
        if (waiting > 0 || at - one.arrived < QUIET) late = Math.max(late, one.late)
      }
      return at - late
    },
  }
}

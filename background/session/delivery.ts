import type { SessionEvent } from '../../protocol/events'
import { takeBatch } from '../store/batches'

/** How many messages may be on their way to a panel that has not taken them in yet. */
const WINDOW = 4
/** How many events wait for a panel at most; one that is further behind reads the journal again. */
const WAITING = 50_000

type Have = Readonly<Record<string, number>>

export interface Delivery {
  /** Begins with what the panel has. Resolves when what it lacks is on its way or waits for its turn. */
  attach(have: Have): Promise<void>
  /** Delivers in order, as fast as the panel takes it in. Before `attach()` nothing is. */
  send(events: readonly SessionEvent[]): void
  /** The panel is gone. */
  close(): void
}

/**
 * Delivers events to one panel. What comes while the panel is busy waits here and goes in fewer, larger messages: a
 * flood costs neither side a message for each event, and nothing waits in a port where nobody can see it.
 *
 * @param post resolves when the panel has taken the batch in
 * @param missing gives what the journal has and the panel lacks; it is read and given synchronously
 */
export function createDelivery(
  post: (batch: readonly SessionEvent[]) => Promise<unknown>,
  missing: (have: Have, give: (events: readonly SessionEvent[]) => void) => Promise<void>,
  waiting = WAITING,
): Delivery {
  let attached = false
  let closed = false
  /** What waited was dropped, and is in the journal. */
  let behind = false
  let queue: SessionEvent[] = []
  let onTheWay = 0
  /** The highest `seq` of each producer that was posted. */
  let posted: Record<string, number> = {}

  const pump = () => {
    while (!closed && queue.length > 0 && onTheWay < WINDOW) {
      const batch = takeBatch(queue)
      for (const { producer, seq } of batch) posted[producer] = Math.max(posted[producer] ?? 0, seq)
      onTheWay++
      // A panel that is closing says so by its port's onDisconnect; one that does not answer gets more all the same.
      void post(batch)
        .catch(() => {})
        .then(arrived)
    }
    if (behind && queue.length === 0 && !closed) void catchUp()
  }

  const arrived = () => {
    onTheWay--
    pump()
  }

  const catchUp = () =>
    missing(posted, (events) => {
      queue = [...events]
      attached = true
      behind = false
      pump()
    })

  return {
    attach(have) {
      posted = { ...have }
      return catchUp()
    },
    send(events) {
      if (!attached || behind) return
      for (const event of events) queue.push(event)
      if (queue.length > waiting) {
        queue = []
        behind = true
      }
      if (onTheWay < WINDOW) pump()
    },
    close() {
      closed = true
      queue = []
    },
  }
}

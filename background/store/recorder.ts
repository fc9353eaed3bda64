import { createJournal, type Journal } from '../../protocol/context/journal'
import { databaseProblemOf } from '../../protocol/database-problem'
import type { Body, SessionEvent, Source } from '../../protocol/events'
import { now } from '../../wire/clock'
import type { Store } from './store'

/** How many events a session keeps. */
const JOURNAL_BOUND = 100_000

/**
 * How long the first event of a burst waits for the others, in milliseconds. A traced worker reports each step of its handler: one
 * message and one write for all of them leave the machine to what the reader waits for.
 */
const BURST = 4

/** How long a call that the page makes waits for what it leads to, such as the end of a fetch, in milliseconds. */
const CALL = 20

/** How long an event waits for others, in milliseconds; null where it does not. */
function waitOf(source: Source, { type }: Body): number | null {
  if (type === 'page-call') return CALL
  return source === 'worker' || source === 'storage' ? BURST : null
}

/** After how long a disk that failed is tried again, when nothing happens before, in milliseconds. */
const RETRY_AFTER = 5000

export interface Recorder {
  /** All that was reported until now. */
  readonly journal: Pick<Journal, 'events' | 'since'>
  /** Keeps events of another producer; resolves when they are safe. */
  record(events: readonly SessionEvent[]): Promise<void>
  /** Keeps an event of the background itself; resolves when it is safe, or has to wait for the next one. */
  note(
    source: Source,
    body: Body,
    about?: Partial<Pick<SessionEvent, 'at' | 'document' | 'storageKey'>>,
  ): Promise<void>
  clear(command: string): Promise<void>
  /** Writes nothing any more, because the tab is gone; resolves when the last write is over. */
  stop(): Promise<void>
}

/** How the recorder of a tab works, and what it begins with. */
export interface RecorderOptions {
  readonly bound?: number
  /** The events of the tab, where they are known; they are on disk for another tab, or for none. */
  readonly begun?: readonly SessionEvent[] | undefined
  /** Called when a disk that failed works again. */
  recovered?(): void
}

/** What is known of the tab's events of before, and what is not. */
async function readBefore(tabId: number, store: Store, begun: readonly SessionEvent[] | undefined) {
  if (begun) return { events: begun, unreadable: 0, problem: null }
  try {
    return { ...(await store.read(tabId)), problem: null }
  } catch (error) {
    return { events: [], unreadable: 0, problem: databaseProblemOf(error) }
  }
}

/**
 * Writes a session's journal: into memory and to every panel at once, to disk right after. Only an event of a worker or its
 * storage waits a moment for others of them, as a page's call does for what it leads to, and no longer than until another event
 * comes. While the disk fails it goes on in memory, and says so.
 *
 * @param deliver gets what is new
 */
export async function createRecorder(
  tabId: number,
  store: Store,
  deliver: (events: readonly SessionEvent[]) => void,
  { bound = JOURNAL_BOUND, begun, recovered = () => {} }: RecorderOptions = {},
): Promise<Recorder> {
  const before = await readBefore(tabId, store, begun)
  const journal = createJournal(bound, before.events)
  const producer = `background-${crypto.randomUUID()}`
  let seq = 0
  /** What is not on disk yet; `rewriteAll` when all of it has to be written anew. */
  let waiting: SessionEvent[] = []
  let rewriteAll = begun !== undefined || before.unreadable > 0
  let writing: Promise<void> | undefined
  let next: Promise<void> | undefined
  let failing = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  /** The events of a burst that are not in the journal yet. */
  let burst: SessionEvent[] = []
  let burstEnds: ReturnType<typeof setTimeout> | undefined
  let burstEndsAt = Number.POSITIVE_INFINITY

  const failed = (error: unknown) => {
    clearTimeout(retry)
    retry = setTimeout(() => save([], false).catch(() => {}), RETRY_AFTER)
    if (failing) return
    failing = true
    void note('panel', { type: 'not-saved', problem: databaseProblemOf(error) })
  }

  const worked = () => {
    clearTimeout(retry)
    if (!failing) return
    failing = false
    void note('panel', { type: 'saved-again' })
    recovered()
  }

  const write = async () => {
    if (stopped) return
    const [batch, everything] = [waiting, rewriteAll]
    waiting = []
    rewriteAll = false
    try {
      await (everything ? store.replace(tabId, journal.events) : store.add(tabId, batch))
    } catch (error) {
      // It is saved with the next event that can be. What was written all the same is dropped when it is read.
      if (everything || batch.length + waiting.length > bound) rewriteAll = true
      waiting = rewriteAll ? [] : [...batch, ...waiting]
      if (!stopped) failed(error)
      throw error
    }
    if (!stopped) worked()
  }

  /** One write at a time: what comes meanwhile goes into the next. Resolves when `fresh` is safe. */
  const save = (fresh: readonly SessionEvent[], all: boolean): Promise<void> => {
    for (const event of fresh) waiting.push(event)
    rewriteAll ||= all
    next ??= (writing ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        next = undefined
        writing = write()
        return writing
      })
    return next
  }

  const takeBurst = () => {
    clearTimeout(burstEnds)
    burstEndsAt = Number.POSITIVE_INFINITY
    const taken = burst
    burst = []
    return taken
  }

  const record = async (events: readonly SessionEvent[]): Promise<void> => {
    const fresh = journal.append([...takeBurst(), ...events])
    if (fresh.length === 0) return
    deliver(fresh)
    const dropped = journal.trim()
    const saved = save(fresh, dropped > 0)
    if (dropped > 0) void note('panel', { type: 'journal-cut', dropped, bound })
    return saved
  }

  const endBurst = () => void record([]).catch(() => {})

  const note: Recorder['note'] = async (source, body, about = {}) => {
    const event = {
      producer,
      seq: ++seq,
      at: now(),
      source,
      document: null,
      storageKey: null,
      ...about,
      body,
    }
    const wait = waitOf(source, body)
    if (wait === null) return record([event]).catch(() => {})
    burst.push(event)
    const endsAt = performance.now() + wait
    if (endsAt >= burstEndsAt) return
    clearTimeout(burstEnds)
    burstEndsAt = endsAt
    burstEnds = setTimeout(endBurst, wait)
  }

  if (before.problem) void note('panel', { type: 'earlier-unread', problem: before.problem })
  if (before.unreadable > 0) void note('panel', { type: 'events-unreadable', count: before.unreadable })

  return {
    journal: {
      get events() {
        endBurst()
        return journal.events
      },
      since(have) {
        endBurst()
        return journal.since(have)
      },
    },
    record,
    note,
    async clear(command) {
      endBurst()
      journal.clear()
      await Promise.allSettled([note('panel', { type: 'cleared', command }), save([], true)])
    },
    async stop() {
      takeBurst()
      stopped = true
      clearTimeout(retry)
      await writing?.catch(() => {})
    },
  }
}

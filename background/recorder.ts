import type { Body, SessionEvent, Source } from '../protocol/events'
import { now } from '../wire/clock'
import { createJournal, type Journal } from './journal'
import type { Store } from './store'

/** How many events a session keeps. */
const JOURNAL_BOUND = 100_000

export interface Recorder {
  readonly journal: Journal
  /** Keeps events of another producer; resolves when they are safe. */
  record(events: readonly SessionEvent[]): Promise<void>
  /** Keeps an event of the background itself; resolves when it is safe, or has to wait for the next one. */
  note(
    source: Source,
    body: Body,
    about?: Partial<Pick<SessionEvent, 'at' | 'document' | 'storageKey'>>,
  ): Promise<void>
  clear(): void
  /** Writes nothing any more, because the tab is gone; resolves when the last write is over. */
  stop(): Promise<void>
}

/**
 * Writes a session's journal: into memory and to every panel at once, to disk right after.
 *
 * @param deliver gets what is new
 */
export async function createRecorder(
  tabId: number,
  store: Store,
  deliver: (events: readonly SessionEvent[]) => void,
  bound = JOURNAL_BOUND,
): Promise<Recorder> {
  let failing: string | undefined
  const before = await store.read(tabId).catch((error) => {
    failing = String(error)
    return []
  })
  const journal = createJournal(bound, before)
  const producer = `background-${crypto.randomUUID()}`
  let seq = 0
  /** What is not on disk yet; `whole` when all of it has to be written anew. */
  let waiting: SessionEvent[] = []
  let whole = false
  let writing: Promise<void> | undefined
  let stopped = false

  const write = async () => {
    if (stopped) return
    const [batch, everything] = [waiting, whole]
    waiting = []
    whole = false
    try {
      await (everything ? store.replace(tabId, journal.events) : store.add(tabId, batch))
      failing = undefined
    } catch (error) {
      // What could not be saved is saved with the next event that can be.
      whole = true
      const known = failing !== undefined
      failing = String(error)
      if (!known) tellFailure()
      throw error
    }
  }

  /** One write at a time: what comes meanwhile goes into the next. Resolves when `fresh` is safe. */
  const save = (fresh: readonly SessionEvent[], all: boolean): Promise<void> => {
    waiting.push(...fresh)
    whole ||= all
    next ??= (writing ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        next = undefined
        writing = write()
        return writing
      })
    return next
  }
  let next: Promise<void> | undefined

  const record = async (events: readonly SessionEvent[]): Promise<void> => {
    const fresh = journal.append(events)
    if (fresh.length === 0) return
    deliver(fresh)
    const dropped = journal.trim()
    const saved = save(fresh, dropped > 0)
    if (dropped > 0) void note('panel', { type: 'journal-cut', dropped, bound })
    return saved
  }

  const note: Recorder['note'] = (source, body, about = {}) => {
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
    return record([event]).catch(() => {})
  }

  const tellFailure = () => {
    if (failing !== undefined) void note('panel', { type: 'not-saved', detail: failing.slice(0, 1000) })
  }
  tellFailure()

  return {
    journal,
    record,
    note,
    clear() {
      journal.clear()
      void note('panel', { type: 'cleared' })
      save([], true).catch(() => {})
    },
    async stop() {
      stopped = true
      await writing?.catch(() => {})
    },
  }
}

import type { Body, SessionEvent, Source } from '../protocol/events'
import { now } from '../wire/clock'
import { createJournal, type Journal } from './journal'
import type { Store } from './store'

/** How many events a session keeps. */
export const JOURNAL_BOUND = 100_000

export interface Recorder {
  readonly journal: Journal
  /** Keeps events of another producer; resolves when they are safe. */
  record(events: readonly SessionEvent[]): Promise<void>
  /** Keeps an event of the background itself. */
  note(
    source: Source,
    body: Body,
    about?: Partial<Pick<SessionEvent, 'at' | 'document' | 'storageKey'>>,
  ): void
  clear(): void
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
  const journal = createJournal(bound, await store.read(tabId))
  const producer = `background-${crypto.randomUUID()}`
  let seq = 0
  /** A write failed: what is on disk is not what is in memory. */
  let behind = false

  const save = async (fresh: readonly SessionEvent[], whole: boolean): Promise<void> => {
    const everything = whole || behind
    try {
      await (everything ? store.replace(tabId, journal.events) : store.add(tabId, fresh))
    } catch (error) {
      behind = true
      throw error
    }
    if (everything) behind = false
  }

  const record = async (events: readonly SessionEvent[]): Promise<void> => {
    const fresh = journal.append(events)
    if (fresh.length === 0) return
    deliver(fresh)
    const dropped = journal.trim()
    const saved = save(fresh, dropped > 0)
    if (dropped > 0) note('panel', { type: 'journal-cut', dropped, bound })
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
    // What could not be saved is saved with the next event that can be.
    record([event]).catch(() => {})
  }

  return {
    journal,
    record,
    note,
    clear() {
      journal.clear()
      note('panel', { type: 'cleared' })
      save([], true).catch(() => {})
    },
  }
}

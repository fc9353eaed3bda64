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

  const record = async (events: readonly SessionEvent[]): Promise<void> => {
    const fresh = journal.append(events)
    if (fresh.length === 0) return
    deliver(fresh)
    const dropped = journal.trim()
    if (dropped === 0) return store.add(tabId, fresh)
    const replaced = store.replace(tabId, journal.events)
    note('panel', { type: 'journal-cut', dropped, bound })
    return replaced
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
    void record([event])
  }

  return {
    journal,
    record,
    note,
    clear() {
      journal.clear()
      note('panel', { type: 'cleared' })
      void store.replace(tabId, journal.events)
    },
  }
}

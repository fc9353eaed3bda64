import { type DBSchema, type IDBPDatabase, openDB, unwrap } from 'idb'
import * as v from 'valibot'
import { DatabaseError, type DatabaseProblem } from '../../protocol/database-problem'
import type { SessionEvent } from '../../protocol/events'
import { Time } from '../../protocol/numbers'
import type { SavedRecording } from '../../protocol/recordings'
import { upgrade } from './upgrade'

/** A tab that is recorded also without a panel. */
export const Recording = v.object({
  /** Ids of tabs are no counts: Chromium begins them at random, also beyond a thousand million. */
  tabId: v.pipe(v.number(), v.safeInteger()),
  /** Names the recording, and the session that it will be. */
  id: v.pipe(v.string(), v.maxLength(200)),
  startedAt: Time,
  /** Its service workers are traced. */
  trace: v.boolean(),
  /** Nothing of it may stay when it is over. */
  incognito: v.boolean(),
})
export type Recording = Readonly<v.InferOutput<typeof Recording>>

/** What is written to each store, by the names that it has on disk. What is read back is checked: see `checkedEvents()`. */
export interface Schema extends DBSchema {
  batches: {
    key: number
    value: { tabId: number; events: readonly SessionEvent[] }
    indexes: { tabId: number }
  }
  recordings: { key: number; value: Recording }
  savedRecordings: { key: string; value: SavedRecording }
  /** The events of a recorded session, by its name and counted from 0. */
  savedPages: { key: [id: string, page: number]; value: readonly SessionEvent[] }
}

/**
 * Does something with the database, which is opened when it is used first. Rejects when it can't be opened, and when
 * it does not open or answer in time; the next use tries again.
 */
export type Database = <T>(use: (db: IDBPDatabase<Schema>) => Promise<T>) => Promise<T>

/** How long the database may take to open, and to do one thing, in milliseconds. */
export interface Limits {
  readonly open: number
  readonly use: number
}

const LIMITS: Limits = { open: 3000, use: 10_000 }

/** The extension's own database. */
export function openDatabase(limits: Limits = LIMITS): Database {
  let opening: Promise<IDBPDatabase<Schema>> | undefined
  /** Why calls are refused at the moment; '' when it answers. */
  let stuck: DatabaseProblem['reason'] | '' = ''

  const open = (): Promise<IDBPDatabase<Schema>> => {
    let refuse = (_: DatabaseProblem['reason']) => {}
    const refused = new Promise<never>((_, reject) => {
      refuse = (reason) => {
        stuck = reason
        reject(new DatabaseError(reason))
      }
    })
    const timer = setTimeout(() => refuse('not-opened'), limits.open)
    const again = () => {
      opening = undefined
    }
    const pending = openDB<Schema>('sessions', 3, {
      upgrade: (db, before) => upgrade(unwrap(db), before),
      blocked: () => refuse('blocked'),
      // A newer version of the extension waits for it.
      blocking() {
        again()
        void pending.then((db) => db.close())
      },
      // The browser closed it: its storage was cleared, or the disk has failed.
      terminated: again,
    })
    const settled = () => {
      clearTimeout(timer)
      stuck = ''
    }
    pending.then(
      () => {
        settled()
        opening = pending
      },
      () => {
        settled()
        again()
      },
    )
    return Promise.race([pending, refused])
  }

  /** Waits for an answer as long as it may take. */
  const answered = <T>(answer: Promise<T>): Promise<T> => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const silent = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        stuck = 'no-answer'
        // What hangs may never answer: it is tried again all the same.
        timer = setTimeout(() => {
          stuck = ''
        }, limits.use)
        reject(new DatabaseError('no-answer'))
      }, limits.use)
    })
    const came = () => {
      clearTimeout(timer)
      if (stuck === 'no-answer') stuck = ''
    }
    answer.then(came, came)
    return Promise.race([answer, silent])
  }

  return async (use) => {
    if (stuck) throw new DatabaseError(stuck)
    opening ??= open()
    return answered(use(await opening))
  }
}

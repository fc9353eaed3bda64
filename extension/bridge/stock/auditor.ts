import type { PageBody } from '../../../protocol/page-events'
import type { Stock } from '../../../protocol/storage-events'
import { now } from '../../../wire/clock'
import type { Follow } from '../follow'
import { readRecords } from '../records'
import { errorText } from '../snapshot'
import type { Observer } from '../watcher'
import { readEntries } from './caches'
import { counts, newFiles, newKeys, newRows } from './compare'
import { readValues } from './databases'
import { type Inventory, takeStock } from './inventory'

/** How often the storage is looked at while no fetch runs, in milliseconds. */
const BASELINE_EVERY = 5000
/** The same where a look takes long. */
const BASELINE_SELDOM = 30_000
const LONG = 100
/** A site writes what belongs to a fetch right before it begins: this much older is "before". */
const MARGIN = 1000
/** Work that goes on after the event is over shows within this time, in milliseconds. */
const QUIET = 1500
/** An event that is not over after this long is judged as it stands, in milliseconds. */
const PATIENCE = 30_000
/** How many records of a settled fetch are read. */
const MAX_RECORDS = 500

type Emit = (body: PageBody, at?: number) => void

interface Audit {
  before: Inventory | null
  first: Inventory | null
  kind: Stock['baseline']
  urls: readonly string[]
}

async function notificationsOf({ owner }: Follow, cuts: string[]): Promise<string[]> {
  try {
    const shown = (await owner.getNotifications?.()) ?? []
    return shown.slice(0, 50).map(({ tag, title }) => `${tag} ${title}`.trim().slice(0, 300))
  } catch (error) {
    cuts.push(`notifications can’t be read: ${errorText(error)}`)
    return []
  }
}

/** Takes stock of the origin's storage before, during and after each fetch, one look at a time. */
export function createAuditor(emit: Emit): Observer {
  const audits = new Map<Follow, Audit>()
  const baselines: Inventory[] = []
  let queue: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  let idle = false
  let stopped = false

  const enqueue = (work: () => Promise<void>) => {
    queue = queue.then(async () => {
      if (stopped) return
      try {
        await work()
      } catch {
        // A detached document can't be read any more; the missing stock says so.
      }
    })
  }

  const keepBaseline = () => {
    clearTimeout(timer)
    if (!idle || stopped) return
    enqueue(async () => {
      if (!idle) return
      const stock = await takeStock()
      baselines.push(stock)
      if (baselines.length > 3) baselines.shift()
      timer = setTimeout(keepBaseline, stock.took > LONG ? BASELINE_SELDOM : BASELINE_EVERY)
    })
  }

  const report = async (when: Stock['when'], followed: Follow, audit: Audit, present: Inventory) => {
    const { handle, id } = followed
    const cuts = [...present.cuts]
    const { before, first, kind, urls } = audit
    const entries = await readEntries(present.caches, before?.caches ?? null, urls, cuts)
    const rows = []
    for (const { database, store, keys } of newKeys(before, present, cuts)) {
      for (const row of await readValues(database, store, keys)) rows.push({ database, store, ...row })
    }
    emit(
      {
        type: 'stock',
        handle,
        when,
        baseline: kind,
        ...counts(before, present),
        entries,
        rows: newRows(rows, kind === 'before' ? null : first, id),
        files: newFiles(before, kind === 'before' ? null : first, present, id),
        notifications: await notificationsOf(followed, cuts),
        usage: present.usage,
        usageBefore: before?.usage ?? null,
        cuts: cuts.map((cut) => cut.slice(0, 1000)),
        took: now() - present.at,
      },
      present.at,
    )
  }

  const look = (when: Stock['when'], followed: Follow) =>
    enqueue(async () => {
      const audit = audits.get(followed)
      if (audit) await report(when, followed, audit, await takeStock())
    })

  const readFates = async (followed: Follow) => {
    const page = await readRecords(followed.registration, 0, MAX_RECORDS)
    const audit = audits.get(followed)
    if (page.ok && audit) audit.urls = page.records.map((record) => record.url)
    const { handle } = followed
    emit(
      page.ok
        ? { type: 'fates', handle, total: page.total, records: page.records, problem: '' }
        : { type: 'fates', handle, total: 0, records: [], problem: page.reason },
    )
  }

  return {
    reached(stage, followed, already) {
      if (stage === 'seen') {
        const old = already ? undefined : baselines.filter(({ at }) => at < now() - MARGIN).at(-1)
        const audit: Audit = {
          before: old ?? null,
          first: null,
          kind: old ? 'before' : 'first-sight',
          urls: [],
        }
        audits.set(followed, audit)
        enqueue(async () => {
          audit.first = await takeStock()
          await report('seen', followed, audit, audit.first)
        })
        // A site may write what belongs to the fetch once fetch() has resolved.
        setTimeout(() => {
          if (!followed.settled) look('seen', followed)
        }, QUIET)
        return
      }
      if (stage === 'settled') {
        // At once: the records are gone when the worker's event is over.
        const fates = readFates(followed).catch(() => {})
        enqueue(() => fates)
        look('settled', followed)
        setTimeout(() => {
          if (followed.registration.recordsAvailable) look('later', followed)
        }, PATIENCE)
        return
      }
      look('over', followed)
      setTimeout(() => {
        look('later', followed)
        enqueue(async () => {
          audits.delete(followed)
        })
      }, QUIET)
    },
    idle(on) {
      if (on === idle) return
      idle = on
      if (on) keepBaseline()
      else clearTimeout(timer)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      audits.clear()
    },
  }
}

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
const BASELINE_EVERY = 2000
/** The same where a look takes long. */
const BASELINE_SELDOM = 30_000
const LONG = 100
/** A site writes what belongs to a fetch right before it begins: this much older is "before". */
const MARGIN = 1000
/** How many looks are kept to find one that is old enough among them. */
const MAX_BASELINES = 8
/** And how far apart they are at least, so that many fetches at once don't push the old ones out. */
const SPACING = 250
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
  /** When an id was in use for the last time. */
  const used = new Map<string, number>()
  let queue: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  let known: ReturnType<typeof setTimeout> | undefined
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

  const sayKnown = ({ caches, stores, files, cuts }: Inventory) =>
    emit({
      type: 'storage-known',
      caches: caches.length,
      stores: stores.length,
      files: files.size,
      cuts: cuts.slice(0, 20).map((cut) => cut.slice(0, 1000)),
    })

  /** Each look is one that a later fetch can be compared with. */
  const look = async (): Promise<Inventory> => {
    const stock = await takeStock()
    const last = baselines.at(-1)
    if (!last || stock.at - last.at >= SPACING) baselines.push(stock)
    if (baselines.length > MAX_BASELINES) baselines.shift()
    known ??= setTimeout(sayKnown, MARGIN, stock)
    return stock
  }

  const baselineOf = ({ owner, id }: Follow): Inventory | undefined => {
    const until = now() - MARGIN
    // What an earlier fetch of this id has left is not new.
    const since = used.get(JSON.stringify([owner.scope, id])) ?? 0
    return baselines.filter(({ at }) => at < until && at > since).at(-1)
  }

  const noteUse = ({ owner, id }: Follow) => used.set(JSON.stringify([owner.scope, id]), now())

  const keepBaseline = () => {
    clearTimeout(timer)
    if (!idle || stopped) return
    enqueue(async () => {
      if (!idle) return
      const stock = await look()
      timer = setTimeout(keepBaseline, stock.took > LONG ? BASELINE_SELDOM : BASELINE_EVERY)
    })
  }

  const report = async (when: Stock['when'], followed: Follow, audit: Audit, present: Inventory) => {
    const { handle, id } = followed
    const cuts = [...present.cuts]
    const { before, first, kind, urls } = audit
    const earlier = before ?? first
    const entries = await readEntries(
      present.caches,
      earlier && { ...earlier, running: earlier !== before },
      urls,
      cuts,
    )
    const rows = []
    for (const { database, store, keys } of newKeys(before, present, cuts)) {
      for (const row of await readValues(database, store, keys, cuts)) rows.push({ database, store, ...row })
    }
    const files = newFiles(before, kind === 'before' ? null : first, present, id, cuts)
    const notifications = await notificationsOf(followed, cuts)
    emit(
      {
        type: 'stock',
        handle,
        when,
        baseline: kind,
        ...counts(before, present),
        entries,
        rows: newRows(rows, kind === 'before' ? null : first, id),
        files,
        notifications,
        usage: present.usage,
        usageBefore: before?.usage ?? null,
        cuts: [...new Set(cuts)].map((cut) => cut.slice(0, 1000)),
        took: now() - present.at,
      },
      present.at,
    )
  }

  const compare = (when: Stock['when'], followed: Follow) =>
    enqueue(async () => {
      const audit = audits.get(followed)
      // The look at the end of the event must not wait for one that is out of date.
      if (when === 'settled' && followed.stopped) return
      if (audit) await report(when, followed, audit, await look())
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
        const old = already ? undefined : baselineOf(followed)
        const audit: Audit = {
          before: old ?? null,
          first: null,
          kind: old ? 'before' : 'first-sight',
          urls: [],
        }
        audits.set(followed, audit)
        noteUse(followed)
        enqueue(async () => {
          audit.first = await look()
          await report('seen', followed, audit, audit.first)
        })
        // A site may write what belongs to the fetch once fetch() has resolved.
        setTimeout(() => {
          if (!followed.settled) compare('seen', followed)
        }, QUIET)
        return
      }
      noteUse(followed)
      if (stage === 'settled') {
        // At once: the records are gone when the worker's event is over.
        const fates = readFates(followed).catch(() => {})
        enqueue(() => fates)
        compare('settled', followed)
        setTimeout(() => {
          if (followed.registration.recordsAvailable) compare('later', followed)
        }, PATIENCE)
        return
      }
      compare('over', followed)
      setTimeout(() => {
        compare('later', followed)
        enqueue(async () => {
          audits.delete(followed)
          noteUse(followed)
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
      clearTimeout(known)
      audits.clear()
    },
  }
}

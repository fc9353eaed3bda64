import type { FetchRecord, RecordsPage } from '../../../protocol/attributes'
import type { PageBody } from '../../../protocol/page-events'
import type { Stock } from '../../../protocol/storage-events'
import { now } from '../../../wire/clock'
import type { Follow } from '../follow'
import { readRecords } from '../records'
import { errorText } from '../snapshot'
import type { Observer } from '../watcher'
import { createBaselines } from './baselines'
import { readEntries } from './caches'
import { counts, newFiles, newKeys, newRows } from './compare'
import { readValues } from './databases'
import type { Inventory } from './inventory'

/** The look at a fetch that has settled leaves the site's handler this long for itself, in milliseconds. */
const HANDLING = 100
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
  /** The requests, read when the fetch was seen, with the responses that came since. */
  requests: RecordsPage | null
}

/** What is still known of records that were released: a response that had not come may have come since. */
const released = (page: Extract<RecordsPage, { ok: true }>): RecordsPage => ({
  ...page,
  records: page.records.map((record) =>
    record.state === 'pending' ? { ...record, state: 'unknown' } : record,
  ),
})

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
  const baselines = createBaselines(({ caches, stores, files, cuts }) =>
    emit({
      type: 'storage-known',
      caches: caches.length,
      stores: stores.length,
      files: files.size,
      cuts: cuts.slice(0, 20).map((cut) => cut.slice(0, 1000)),
    }),
  )
  /** When an id was in use for the last time. */
  const used = new Map<string, number>()
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

  const baselineOf = ({ owner, id }: Follow): Inventory | undefined =>
    // What an earlier fetch of this id has left is not new.
    baselines.before(used.get(JSON.stringify([owner.scope, id])) ?? 0)

  const noteUse = ({ owner, id }: Follow) => used.set(JSON.stringify([owner.scope, id]), now())

  const keepBaseline = () => {
    clearTimeout(timer)
    if (!idle || stopped) return
    enqueue(async () => {
      if (!idle) return
      const wait = await baselines.refresh()
      timer = setTimeout(keepBaseline, wait)
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
      if (audit) await report(when, followed, audit, await baselines.look())
    })

  const readRequests = async (followed: Follow, audit: Audit, already: boolean) => {
    const { registration, handle } = followed
    let ready = 0
    const tell = (record: FetchRecord) => {
      if (!audit.requests?.ok) return
      const { records } = audit.requests
      records[record.index] = record
      const total = records.length
      ready++
      if (!followed.stopped && !stopped) emit({ type: 'response-ready', handle, ready, total, record })
    }
    const reading = readRecords(
      registration,
      0,
      MAX_RECORDS,
      (record) => void reading.then(() => tell(record)),
    )
    const page = await reading
    audit.requests = page
    if (!page.ok) return
    const there = page.records.filter(({ state }) => state !== 'pending')
    // What had come before a fetch was found is no news; of one that has just begun it is.
    if (already) ready = there.length
    else there.forEach(tell)
  }

  const tellFates = ({ handle }: Follow, audit: Audit | undefined, read: RecordsPage) => {
    // What was asked for is known still.
    const page = !read.ok && audit?.requests?.ok ? released(audit.requests) : read
    if (page.ok && audit) audit.urls = page.records.map((record) => record.url)
    emit(
      page.ok
        ? { type: 'fates', handle, total: page.total, records: page.records, problem: '' }
        : { type: 'fates', handle, total: 0, records: [], problem: page.reason },
    )
  }

  const readFates = async (followed: Follow) => {
    const read = await readRecords(followed.registration, 0, MAX_RECORDS)
    // A quick handler's event is over before the records can be read.
    tellFates(followed, audits.get(followed), read)
  }

  /** The last look. */
  const finish = (followed: Follow) => {
    compare('later', followed)
    enqueue(async () => {
      audits.delete(followed)
      noteUse(followed)
    })
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
          requests: null,
        }
        audits.set(followed, audit)
        // The news goes first.
        if (!followed.settled) void Promise.resolve().then(() => readRequests(followed, audit, already))
        noteUse(followed)
        enqueue(async () => {
          audit.first = await baselines.look()
          await report('seen', followed, audit, audit.first)
        })
        // A site may write what belongs to the fetch once fetch() has resolved.
        setTimeout(() => {
          if (!followed.settled && !followed.stopped) compare('seen', followed)
        }, QUIET)
        return
      }
      noteUse(followed)
      if (stage === 'not-listed') {
        audits.delete(followed)
        return
      }
      if (stage === 'unregistered') {
        // No handler will ever see to what belongs to it.
        tellFates(followed, audits.get(followed), { ok: false, reason: 'Its worker was unregistered.' })
        setTimeout(finish, QUIET, followed)
        return
      }
      if (stage === 'settled') {
        // At once, as the records are gone when the worker's event is over; but the news goes first.
        const fates = Promise.resolve()
          .then(() => readFates(followed))
          .catch(() => {})
        enqueue(() => fates)
        setTimeout(compare, HANDLING, 'settled', followed)
        setTimeout(() => {
          if (followed.registration.recordsAvailable) compare('later', followed)
        }, PATIENCE)
        return
      }
      compare('over', followed)
      setTimeout(finish, QUIET, followed)
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
      baselines.stop()
      audits.clear()
    },
  }
}

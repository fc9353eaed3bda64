import type { ForeignFetch } from '../../../protocol/commands'
import type { Deletable } from '../../../protocol/deletions'
import type { Handle } from '../../../protocol/handle'
import type { PageBody } from '../../../protocol/page-events'
import { QUIET_AFTER_EVENT, type StorageSnapshot } from '../../../protocol/storage-events'
import type { Follow } from '../watching/follow'
import type { Observer } from '../watching/observer'
import { type Audit, createAudit, FOR_URLS } from './audit'
import { baselineReport, createBaselines } from './baselines'
import { createEntryUrls } from './entry-urls'
import { createForeignFetches } from './foreign-fetches'
import { createIdUses } from './id-uses'
import { createLaterReadings } from './later-readings'
import type { FetchNames } from './mentions'
import type { NotificationOwner } from './reading/notifications'
import { type AuditedFetch, createReport } from './report'

/** The snapshot of a fetch that has settled leaves the site's handler this long for itself, in milliseconds. */
const HANDLING = 100
/** An event that has not ended after this long is reported as it stands, in milliseconds. */
const PATIENCE = 30_000

type When = StorageSnapshot['when']
type Emit = (body: PageBody, at?: number) => void

export interface Auditor extends Observer {
  /** Reports the storage for a fetch that this bridge does not follow. */
  snapshotFor(fetch: ForeignFetch, when: When): void
  /** Resolves when the requests of a fetch were read, or could not be for a while. */
  requestsRead(handle: Handle): Promise<void>
  /** The extension has deleted this item: later fetches are compared with what is there without it. */
  itemDeleted(item: Deletable): void
  /**
   * The browser reports that the storage changed at this moment, in epoch milliseconds.
   *
   * @param isList it was the list of databases: it is reported when a database is opened, and what is other is seen at the next look
   */
  changeReported(at: number, isList?: boolean): void
  /** URLs under which the caches may hold something, beside those that the page names. */
  setNamedUrls(urls: readonly string[]): void
}

/**
 * Compares the origin's storage before, during and after each fetch, one snapshot at a time.
 *
 * @param requestsSeen gets the requests of each fetch once they were read
 */
export function createAuditor(
  emit: Emit,
  owners: () => Promise<readonly NotificationOwner[]> = async () => [],
  requestsSeen: (handle: Handle, all: readonly Request[]) => void = () => {},
): Auditor {
  const audits = new Map<Follow, Audit>()
  const entryUrls = createEntryUrls()
  /** There are more of them since the entries of the caches were looked for. */
  let unread = false
  const baselines = createBaselines(owners, entryUrls.all, (snapshot) => emit(baselineReport(snapshot)))
  const idUses = createIdUses(() => baselines.oldest)
  /** Events that have not ended: when they are reported as they stand. */
  const patience = new Map<Follow, ReturnType<typeof setTimeout>>()
  const foreign = createForeignFetches(baselines, idUses.last)
  /** Fetches whose event has ended, before the last snapshot. */
  const ending = new WeakSet<Follow>()
  const later = createLaterReadings<Audit>((audit, changedAt) =>
    enqueue(async () => {
      if (!later.isOpen(audit)) return
      const present = await baselines.read(interests([audit]))
      const report = await createReport('later', present, audit)
      // Another fetch may have begun meanwhile.
      if (!later.isOpen(audit)) return
      later.wasRead(audit, present)
      emit({ ...report, changedAt }, present.at)
    }),
  )
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
        // A detached document can't be read any more; the missing snapshot says so.
      }
    })
  }

  const interests = (more: readonly AuditedFetch[] = []): ReadonlyMap<Handle, FetchNames> =>
    new Map([...audits.values(), ...more].map(({ handle, names }) => [handle, names]))

  const setBaseline = () => {
    clearTimeout(timer)
    if (!idle || stopped) return
    enqueue(async () => {
      if (!idle) return
      const wait = await baselines.refresh()
      if (baselines.latest) later.compare(baselines.latest)
      if (unread) {
        unread = false
        await baselines.readEntries()
      }
      clearTimeout(timer)
      timer = setTimeout(setBaseline, wait)
    })
  }

  const compare = (when: When, followed: Follow) =>
    enqueue(async () => {
      const audit = audits.get(followed)
      // The snapshot at the end of the event must not wait for one that is out of date.
      if (!audit || (when === 'settled' && followed.stopped)) return
      const present = await baselines.read(interests())
      emit(await createReport(when, present, audit), present.at)
    })

  const start = (followed: Follow, already: boolean) => {
    baselines.noteKeys()
    const audit = createAudit(followed, already, {
      emit,
      baselines,
      usedAt: idUses.last(followed),
      seen: (all) => requestsSeen(followed.handle, all),
    })
    audits.set(followed, audit)
    idUses.note(followed)
    enqueue(async () => {
      await Promise.race([audit.reading, new Promise((resolve) => setTimeout(resolve, FOR_URLS))])
      const running = !followed.settled
      const present = await baselines.read(interests())
      if (!audit.baseline && running) {
        audit.baseline = present
        audit.baselineKind = 'first-seen'
      }
      // It may have ended meanwhile: then this is not what was stored while it ran.
      if (!followed.settled) emit(await createReport('started', present, audit), present.at)
    })
    // A site may write what belongs to the fetch once fetch() has resolved.
    setTimeout(() => {
      if (!followed.settled && !followed.stopped) compare('started', followed)
    }, QUIET_AFTER_EVENT)
  }

  /** The last snapshot. */
  const finish = (followed: Follow) => {
    entryUrls.fetched(audits.get(followed)?.names.urls ?? [])
    compare('final', followed)
    enqueue(async () => {
      const audit = audits.get(followed)
      audits.delete(followed)
      // What changes from now on may be the work of another one that runs.
      if (audit && [...audits.keys()].every((one) => ending.has(one))) later.add(audit, baselines.latest)
    })
  }

  const settle = (followed: Follow) => {
    // At once, as the records are gone when the worker's event has ended; but the report of the end goes first.
    const concluded = Promise.resolve()
      .then(() => audits.get(followed)?.requests.conclude())
      .catch(() => {})
    enqueue(() => concluded.then(() => {}))
    setTimeout(compare, HANDLING, 'settled', followed)
    const timer = setTimeout(() => {
      patience.delete(followed)
      if (!followed.stopped) compare('settled', followed)
    }, PATIENCE)
    patience.set(followed, timer)
  }

  return {
    reached(stage, followed, already) {
      later.otherFetch()
      if (stage === 'seen') return start(followed, already)
      idUses.note(followed)
      if (stage === 'settled') return settle(followed)
      // A timer would hold all that belongs to it for half a minute.
      clearTimeout(patience.get(followed))
      patience.delete(followed)
      if (stage === 'not-listed') {
        audits.get(followed)?.requests.concludeUnread('released')
        audits.delete(followed)
        return
      }
      if (stage === 'unregistered') audits.get(followed)?.requests.concludeUnread('unregistered')
      ending.add(followed)
      compare('event-ended', followed)
      setTimeout(finish, QUIET_AFTER_EVENT, followed)
    },
    idle(on) {
      if (on === idle) return
      idle = on
      if (on) return setBaseline()
      clearTimeout(timer)
      // Whether another one begins is not looked for any more.
      later.otherFetch()
    },
    snapshotFor(fetch, when) {
      const subject = foreign.take(fetch, when)
      enqueue(async () => {
        const present = await baselines.read(interests([subject]))
        emit(await createReport(when, present, subject), present.at)
      })
    },
    async requestsRead(handle) {
      await [...audits.values()].find((one) => one.handle === handle)?.read
    },
    itemDeleted(item) {
      baselines.forget(item)
      enqueue(async () => {
        // A snapshot that was being taken may have it.
        baselines.forget(item)
        if (idle) await baselines.read(interests())
      })
    },
    changeReported(at, isList = false) {
      baselines.outdated()
      if (!isList) later.changed(at)
    },
    setNamedUrls(urls) {
      if (!entryUrls.setNamed(urls)) return
      unread = true
      // A fetch that runs already is compared with what was known when it began.
      setBaseline()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      for (const one of patience.values()) clearTimeout(one)
      patience.clear()
      baselines.stop()
      later.stop()
      audits.clear()
    },
  }
}

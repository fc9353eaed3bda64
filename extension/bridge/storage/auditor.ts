import type { ForeignFetch } from '../../../protocol/commands'
import type { Handle } from '../../../protocol/handle'
import type { PageBody } from '../../../protocol/page-events'
import { QUIET_AFTER_EVENT, type StorageSnapshot } from '../../../protocol/storage-events'
import { now } from '../../../wire/clock'
import type { Follow } from '../follow'
import type { Observer } from '../watcher'
import { createBaselines } from './baselines'
import type { FetchNames } from './mentions'
import { urlsInDocument } from './reading/document-urls'
import type { NotificationOwner } from './reading/notifications'
import { type AuditedFetch, createReport, lookOf } from './report'
import { createRequests, type Requests } from './requests'

/** The snapshot of a fetch that has settled leaves the site's handler this long for itself, in milliseconds. */
const HANDLING = 100
/** An event that has not ended after this long is reported as it stands, in milliseconds. */
const PATIENCE = 30_000
/** So many ids are remembered with the time of their last use before those are dropped that do not matter any more. */
const MAX_USED = 100
/** So many URLs of earlier fetches are remembered. */
const MAX_FETCHED = 100
/** The first snapshot waits this long for the URLs of the requests, in milliseconds. */
const FOR_URLS = 300

type When = StorageSnapshot['when']
type Emit = (body: PageBody, at?: number) => void

interface Audit extends AuditedFetch {
  readonly requests: Requests
  /** Resolves when they were read, or could not be for a while. */
  readonly read: Promise<void>
}

export interface Auditor extends Observer {
  /** Reports the storage for a fetch that this bridge does not follow. */
  snapshotFor(fetch: ForeignFetch, when: When): void
  /** Resolves when the requests of a fetch were read, or could not be for a while. */
  requestsRead(handle: Handle): Promise<void>
  /** The storage was changed from here: later fetches are compared with what is there now. */
  storageChanged(): void
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
  /** Fetches that this bridge does not follow, between their first and their last report. */
  const foreign = new Map<Handle, AuditedFetch>()
  /** URLs of fetches that have ended: their responses may be in the caches when the next one begins. */
  const fetched = new Set<string>()
  let named: readonly string[] = []
  /** There are more of them since the entries of the caches were looked for. */
  let unread = false
  const loaded = () => performance.getEntriesByType('resource').map(({ name }) => name)
  const urls = () =>
    [...fetched, location.href, ...named, ...loaded(), ...urlsInDocument()].filter((url) =>
      /^https?:/.test(url),
    )
  const baselines = createBaselines(owners, urls, ({ items, rows, gaps }) => {
    const count = (kind: string) => [...items.values()].filter((one) => one.kind === kind).length
    emit({
      type: 'storage-baseline',
      caches: count('cache'),
      stores: rows.length,
      files: count('file'),
      gaps: gaps.slice(0, 20),
    })
  })
  /** When an id was in use for the last time. */
  const used = new Map<string, number>()
  /** Events that have not ended: when they are reported as they stand. */
  const patience = new Map<Follow, ReturnType<typeof setTimeout>>()
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

  const nameOf = (scope: string, id: string) => JSON.stringify([scope, id])
  const noteUse = ({ owner, id }: Follow) => {
    used.set(nameOf(owner.scope, id), now())
    if (used.size <= MAX_USED) return
    for (const [name, at] of used) if (at < baselines.oldest) used.delete(name)
  }

  const interests = (more: readonly AuditedFetch[] = []): ReadonlyMap<Handle, FetchNames> =>
    new Map([...audits.values(), ...more].map(({ handle, names }) => [handle, names]))

  const setBaseline = () => {
    clearTimeout(timer)
    if (!idle || stopped) return
    enqueue(async () => {
      if (!idle) return
      const wait = await baselines.refresh()
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
    const { handle, id, owner } = followed
    const requests = createRequests(followed, already, emit, (all) => requestsSeen(handle, all))
    // What an earlier fetch of this id has left is not new.
    const before = already ? undefined : baselines.before(used.get(nameOf(owner.scope, id)) ?? 0)
    const names: FetchNames = {
      id,
      get urls() {
        return requests.urls
      },
    }
    const knownEntries = before ? baselines.knownEntries(before) : null
    // The report of the fetch itself goes first.
    const reading = followed.settled ? Promise.resolve() : Promise.resolve().then(() => requests.read())
    const late = new Promise<void>((resolve) => setTimeout(resolve, FOR_URLS))
    const read = Promise.race([reading.catch(() => {}), late])
    const audit: Audit = {
      handle,
      scope: owner.scope,
      names,
      requests,
      read,
      baseline: before ?? null,
      baselineKind: before ? 'before' : 'none',
      knownEntries,
      firstLook: lookOf(knownEntries),
    }
    audits.set(followed, audit)
    noteUse(followed)
    enqueue(async () => {
      await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, FOR_URLS))])
      const running = !followed.settled
      const present = await baselines.read(interests())
      if (!before && running) {
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
    for (const url of audits.get(followed)?.names.urls ?? []) if (fetched.size < MAX_FETCHED) fetched.add(url)
    compare('final', followed)
    enqueue(async () => {
      audits.delete(followed)
    })
  }

  /** A fetch that is not followed, to be compared with what was there before where that is known. */
  const subjectOf = ({ handle, scope, id, urls, unlisted }: ForeignFetch): AuditedFetch => {
    // What another document had read is not known here. When an unlisted one began is not known: what was there before
    // may have been written for it already.
    const baseline = unlisted ? (baselines.before(used.get(nameOf(scope, id)) ?? 0) ?? null) : null
    const baselineKind = baseline ? 'first-seen' : 'none'
    const knownEntries = baseline ? baselines.knownEntries(baseline) : null
    const names = { id, urls: new Set(urls) }
    return { handle, scope, names, baseline, baselineKind, knownEntries, firstLook: lookOf(knownEntries) }
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
      if (stage === 'seen') return start(followed, already)
      noteUse(followed)
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
      compare('event-ended', followed)
      setTimeout(finish, QUIET_AFTER_EVENT, followed)
    },
    idle(on) {
      if (on === idle) return
      idle = on
      if (on) setBaseline()
      else clearTimeout(timer)
    },
    snapshotFor(fetch, when) {
      const subject = foreign.get(fetch.handle) ?? subjectOf(fetch)
      foreign.set(fetch.handle, subject)
      if (when === 'final') foreign.delete(fetch.handle)
      enqueue(async () => {
        const present = await baselines.read(interests([subject]))
        emit(await createReport(when, present, subject), present.at)
      })
    },
    async requestsRead(handle) {
      await [...audits.values()].find((one) => one.handle === handle)?.read
    },
    storageChanged() {
      enqueue(async () => {
        if (idle) await baselines.read(interests())
      })
    },
    setNamedUrls(urls) {
      if (urls.length === named.length && urls.every((url, i) => url === named[i])) return
      named = urls
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
      audits.clear()
    },
  }
}

import type { FetchRecord } from '../../../protocol/attributes'
import type { SessionEvent } from '../../../protocol/events'
import type { RequestOutcomes, StorageChanged, StorageSnapshot } from '../../../protocol/storage-events'
import { t } from '../../i18n/i18n'
import { basisOf, isJudged, isStale } from '../audit/evidence/basis'
import { evidenceOf } from '../audit/evidence/gather'
import { withLaterLook } from '../audit/evidence/later-look'
import type { AuditLost } from '../audit/evidence/reasons'
import { saysLess, withSecondLook } from '../audit/evidence/second-look'
import { forgetUrls, sharingOf } from '../audit/evidence/shared-entries'
import { sharedText } from '../audit/gaps-text'
import { conclude, type Verdict } from '../audit/verdict'
import type { Fetches } from './fetches'
import { noteLaterChange } from './later-change'
import { createReaders } from './readers'
import type { Rows } from './rows'
import type { Fetch, Snapshot } from './view'

export interface Storage {
  apply(event: SessionEvent, body: StorageSnapshot | RequestOutcomes | StorageChanged): void
  /** A page that had read the storage sees a fetch begin. */
  begun(event: SessionEvent, fetch: Fetch): void
  /** Nobody reads the storage of these fetches any more. */
  lost(event: SessionEvent, why: AuditLost, concerned: readonly Fetch[]): void
  /** Notes a response that came. Returns what has to be said of it. */
  answered(fetch: Fetch, record: FetchRecord): string
  /**
   * Judges a fetch again, of which something became known after its verdict. A final verdict that changes is a new row; one
   * that is known so far only where it becomes one of another kind.
   */
  judge(event: SessionEvent, fetch: Fetch): void
}

/** After its event is over, a change of the storage still belongs to a fetch for this long, in milliseconds. */
const ECHO = 2000
/** The worker may hear of the end this much earlier than the page, in milliseconds. */
const WORKER_AHEAD = 50
/** A site writes what belongs to a fetch this long before it is seen, in milliseconds. */
const BEGINNING = 1000

/** How many snapshots are remembered that were taken while a fetch ran; each page of the origin takes two. */
const MAX_RUNNING = 6

/** How many changes of the storage a fetch keeps for its timeline; every second one goes when there are more. */
const MAX_CHANGES = 1000

const thin = (changes: Fetch['changes']) =>
  changes.splice(0, changes.length, ...changes.filter((_, i, all) => i % 2 === 0 || i === all.length - 1))

/** Both are fetches of one registration and have the same ID: one ended before the other began. */
const isSameName = (fetch: Fetch, other: Fetch): boolean =>
  other.id === fetch.id && other.storageKey === fetch.storageKey && other.scope === fetch.scope

/** The same ID is in use again: what is stored under it now is not what the first one left. */
const isNext = (fetch: Fetch, other: Fetch): boolean =>
  isSameName(fetch, other) && other.seenAt > fetch.seenAt

/** It ran at some time since the baseline. */
const ranSince = (fetch: Fetch, baselineAt: number): boolean => {
  const end = fetch.overAt ?? fetch.settledAt ?? fetch.unregisteredAt
  return end === null || end >= baselineAt - BEGINNING
}

/** The storage's side of the session. */
export function createStorage(fetches: Fetches, rows: Rows): Storage {
  const readers = createReaders()
  /** What the row of the last verdict of a fetch says. */
  const said = new WeakMap<Fetch, Pick<Verdict, 'kind' | 'line' | 'final'>>()

  /** Fetches that have settled and whose event was not over, or only just, when the storage changed. */
  const concerned = ({ at }: SessionEvent, { origin }: StorageChanged): Fetch[] =>
    fetches.all.filter(
      (fetch) =>
        fetch.storageKey === origin &&
        fetch.settledAt !== null &&
        fetch.settledAt <= at &&
        (fetch.overAt === null ? fetch.state === 'settled' : at <= fetch.overAt + ECHO),
    )

  const snapshotOf = (event: SessionEvent, fetch: Fetch, body: StorageSnapshot): Snapshot => {
    const until = event.at + body.took
    const since = body.baselineAt ?? fetch.seenAt
    const others = fetches.all.filter(
      (one) =>
        one !== fetch &&
        one.storageKey === fetch.storageKey &&
        !isSameName(fetch, one) &&
        one.seenAt - BEGINNING <= until &&
        ranSince(one, since),
    )
    const next = fetches.all.find((one) => isNext(fetch, one) && one.seenAt - BEGINNING <= until) ?? null
    const known = fetches.all.filter(
      (one) => one !== fetch && one.storageKey === fetch.storageKey && one.seenAt - BEGINNING <= until,
    )
    const sharing = sharingOf(body, known)
    return { at: event.at, body, next, others, sharing, baselineLost: readers.hasLost(event, fetch, body) }
  }

  const giveVerdict = (event: SessionEvent, fetch: Fetch) => {
    const evidence = evidenceOf(fetch)
    fetch.evidence = evidence
    // An event that took long may turn out to have been paused in the debugger: then there is no verdict yet.
    if (!evidence) return void said.delete(fetch)
    const { kind, line, final } = conclude(evidence)
    const last = said.get(fetch)
    // What is known so far may grow with each message of the worker: its row says only what kind of verdict it is.
    if (last?.kind === kind && last.final === final && (!final || last.line === line)) return
    said.set(fetch, { kind, line, final })
    rows.add(event, fetch, { kind: 'verdict', evidence })
  }

  /** What is not matched to a fetch may be what another one is now known to have stored. */
  const judgeOthers = (event: SessionEvent, fetch: Fetch) => {
    for (const one of fetches.all) {
      if (one === fetch || one.storageKey !== fetch.storageKey || !one.evidence || isStale(one)) continue
      const { items, growth } = one.evidence
      const isOpen = growth.length > 0 || items.some(({ relation }) => relation === 'new')
      if (isOpen && basisOf(one)?.others.includes(fetch)) giveVerdict(event, one)
    }
  }

  const changed = (event: SessionEvent, body: StorageChanged) => {
    for (const fetch of fetches.all) {
      if (fetch.storageKey === body.origin) noteLaterChange(fetch, event.at, body.kind)
    }
    const during = concerned(event, body)
    // What a site stores while nothing is being handled is its own affair.
    if (during.length === 0) return
    for (const fetch of during) {
      fetch.changes.push({ at: event.at, change: body })
      if (fetch.changes.length > MAX_CHANGES) thin(fetch.changes)
    }
    const [only] = during
    rows.add(event, during.length === 1 && only ? only : null, {
      note: during.length > 1 ? t('changed_several') : '',
    })
  }

  const readLater = (event: SessionEvent, fetch: Fetch, body: StorageSnapshot) => {
    const last = fetch.snapshots.later ?? fetch.snapshots.final
    if (!last || saysLess(body, last.body)) return
    const { body: joined, missing } = withLaterLook(last, { at: event.at, body })
    fetch.snapshots.later = { ...snapshotOf(event, fetch, joined), missing }
    if (fetch.changedLaterAt !== null && fetch.changedLaterAt <= event.at) fetch.changedLaterAt = null
    if (isJudged(fetch)) giveVerdict(event, fetch)
  }

  const read = (event: SessionEvent, fetch: Fetch, body: StorageSnapshot) => {
    const { when } = body
    if (when === 'later') return readLater(event, fetch, body)
    if (when === 'started') {
      // A snapshot that was not taken when the fetch settled may show the handler's work already.
      const late = fetch.settledAt !== null && event.at + body.took > fetch.settledAt - WORKER_AHEAD
      if (late || fetch.unregisteredAt !== null) return
      if (body.baseline !== 'none') readers.add(event, fetch, body.baseline)
      fetch.running.push(snapshotOf(event, fetch, body))
      if (fetch.running.length > MAX_RUNNING) fetch.running.shift()
      // After a reload only what is there now can be read: what was known before is worth more.
      const known = fetch.snapshots.started
      if (known?.body.baseline === 'before' && body.baseline !== 'before') return
    }
    const known = fetch.snapshots.final ?? fetch.snapshots['event-ended']
    if ((when === 'event-ended' || when === 'final') && known && saysLess(body, known.body)) {
      // Another page, which knows nothing of before: its last look is a second one, and after a second one adds nothing.
      if (when === 'event-ended' || fetch.snapshots.final) return
      const joined = snapshotOf(event, fetch, withSecondLook(known.body, body))
      fetch.snapshots.final = { ...joined, byAnotherPage: true }
      if (isJudged(fetch)) giveVerdict(event, fetch)
      return
    }
    // One of an event that was not over for long says nothing of how it is after the end.
    if (when === 'event-ended') {
      delete fetch.snapshots.final
      delete fetch.snapshots.later
    }
    fetch.snapshots[when] = snapshotOf(event, fetch, body)
    // Nothing is said of one that was taken while the event is being handled, unless that takes very long.
    if (when === 'started' || !isJudged(fetch)) return
    giveVerdict(event, fetch)
    judgeOthers(event, fetch)
  }

  return {
    apply(event, body) {
      if (body.type === 'storage-changed') return changed(event, body)
      const fetch = fetches.byHandle(body.handle)
      if (!fetch) return
      if (body.type === 'storage-snapshot') return read(event, fetch, body)
      fetch.requests = body
      if (fetch.evidence) giveVerdict(event, fetch)
    },
    begun: (event, fetch) => readers.add(event, fetch, 'before'),
    lost(event, why, concerned) {
      for (const fetch of concerned) {
        if (!isJudged(fetch) || fetch.snapshots.final || fetch.auditLost) continue
        fetch.auditLost = why
        giveVerdict(event, fetch)
      }
    },
    answered(fetch, record) {
      let count = 1
      for (const [index, { url }] of fetch.answered) if (index !== record.index && url === record.url) count++
      fetch.answered.set(record.index, record)
      forgetUrls(fetch)
      return count > 1 ? sharedText(count) : ''
    },
    judge(event, fetch) {
      // No page reads the storage for it.
      if (fetch.unlisted && fetch.state === 'over' && !fetch.auditLost) {
        fetch.auditLost = 'unlisted'
        return giveVerdict(event, fetch)
      }
      if (fetch.evidence && !isStale(fetch)) giveVerdict(event, fetch)
    },
  }
}

import type { SessionEvent } from '../../protocol/events'
import type { Fates, Stock, StorageChanged } from '../../protocol/storage-events'
import { say } from '../words/words'
import { isJudged } from './audit/audit'
import type { Fetches } from './fetches'
import type { Rows } from './rows'
import type { Fetch } from './view'

export interface Storage {
  apply(event: SessionEvent, body: Stock | Fates | StorageChanged): void
  /**
   * Nobody looks into the storage any more.
   *
   * @param storageKey the one that is not looked into; undefined for all
   */
  lost(event: SessionEvent, why: NonNullable<Fetch['auditLost']>, storageKey?: string | null): void
}

/** After its event is over, a change of the storage still belongs to a fetch for this long, in milliseconds. */
const ECHO = 2000
/** The worker may hear of the end this much earlier than the page, in milliseconds. */
const HASTE = 50

/** A site writes what belongs to a fetch this long before it is seen, in milliseconds. */
const BEGINNING = 1000

/** The same id is in use again: what is stored under it now is not what the first one left. */
const isNext = (fetch: Fetch, other: Fetch): boolean =>
  other.id === fetch.id && other.storageKey === fetch.storageKey && other.seenAt > fetch.seenAt

const beforeHeir = (over: Stock | undefined, body: Stock): Stock => {
  const nothing = { ...body, rows: [], files: [], entries: [], notifications: [] }
  const known = over && body.when === 'later' ? { ...over, when: body.when } : nothing
  return { ...known, cuts: [...known.cuts, say('gap_reused')] }
}

/** The storage's side of the session. */
export function createStorage(fetches: Fetches, rows: Rows): Storage {
  /** Fetches that have settled and whose event was not over, or only just, when the storage changed. */
  const concerned = ({ at }: SessionEvent, { origin }: StorageChanged): Fetch[] =>
    fetches.all.filter(
      (fetch) =>
        fetch.storageKey === origin &&
        fetch.settledAt !== null &&
        fetch.settledAt <= at &&
        (fetch.overAt === null ? fetch.state === 'settled' : at <= fetch.overAt + ECHO),
    )

  return {
    apply(event, body) {
      if (body.type === 'storage-changed') {
        const during = concerned(event, body)
        // What a site stores while nothing is being handled is its own affair.
        if (during.length === 0) return
        for (const fetch of during) fetch.changes.push({ at: event.at, change: body })
        const [only] = during
        rows.add(event, during.length === 1 && only ? only : null, {
          note: during.length > 1 ? say('changed_several') : '',
        })
        return
      }
      const fetch = fetches.byHandle(body.handle)
      if (!fetch) return
      if (body.type === 'fates') {
        fetch.fates = body
        return
      }
      // A look that was not done when the fetch settled may have seen its end already.
      const late = fetch.settledAt !== null && event.at + body.took > fetch.settledAt - HASTE
      if (body.when === 'seen' && (late || fetch.unregisteredAt !== null)) return
      // After a reload only a first sight can be had: what was known before is worth more.
      const known = fetch.stocks.seen
      if (body.when === 'seen' && known?.baseline === 'before' && body.baseline !== 'before') return
      const heir = fetches.all.find(
        (one) => isNext(fetch, one) && one.seenAt - BEGINNING <= event.at + body.took,
      )
      fetch.stocks[body.when] = heir ? beforeHeir(fetch.stocks.over, body) : body
      if (body.when === 'later' && isJudged(fetch)) rows.add(event, fetch, { kind: 'verdict' })
    },
    lost(event, why, storageKey) {
      for (const fetch of fetches.all) {
        if (storageKey !== undefined && fetch.storageKey !== storageKey) continue
        if (!isJudged(fetch) || fetch.stocks.later || fetch.auditLost) continue
        fetch.auditLost = why
        rows.add(event, fetch, { kind: 'verdict' })
      }
    },
  }
}

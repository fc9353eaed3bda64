import type { SessionEvent } from '../../protocol/events'
import type { Fates, Stock, StorageChanged } from '../../protocol/storage-events'
import type { Fetches } from './fetches'
import type { Rows } from './rows'
import type { Fetch } from './view'

export interface Storage {
  apply(event: SessionEvent, body: Stock | Fates | StorageChanged): void
  /** No page of this storage key is left to look into its storage. */
  lost(event: SessionEvent, storageKey: string | null): void
}

/** After its event is over, a change of the storage still belongs to a fetch for this long, in milliseconds. */
const ECHO = 2000

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
          note: during.length > 1 ? 'while several events were being handled' : '',
        })
        return
      }
      const fetch = fetches.byHandle(body.handle)
      if (!fetch) return
      if (body.type === 'fates') {
        fetch.fates = body
        return
      }
      // After a reload only a first sight can be had: what was known before is worth more.
      const known = fetch.stocks.seen
      if (body.when === 'seen' && known?.baseline === 'before' && body.baseline !== 'before') return
      fetch.stocks[body.when] = body
      if (body.when === 'later' && fetch.settledAt !== null) rows.add(event, fetch, { kind: 'verdict' })
    },
    lost(event, storageKey) {
      for (const fetch of fetches.all) {
        if (fetch.storageKey !== storageKey || fetch.settledAt === null) continue
        if (fetch.stocks.later || fetch.auditLost) continue
        fetch.auditLost = true
        rows.add(event, fetch, { kind: 'verdict' })
      }
    },
  }
}

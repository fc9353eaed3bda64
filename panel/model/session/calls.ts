import type { BodyOf, SessionEvent } from '../../../protocol/events'
import { counted, t } from '../../i18n/i18n'
import { count } from '../format'
import { CLOCKS, type Fetches } from './fetches'
import type { Rows } from './rows'
import { type Fetch, isLive } from './view'

/** The fetch of a call is seen within this time, in milliseconds. */
const APPEARS = 5000

/** The calls of `fetch()` and `abort()` that the page's scripts made, and what became of them. */
export interface Calls {
  called(event: SessionEvent, body: BodyOf<'page-call'>): void
  refused(event: SessionEvent, body: BodyOf<'fetch-refused'>): void
  /** A fetch was seen for the first time. */
  seen(event: SessionEvent, fetch: Fetch): void
  forget(): void
}

/** Whether a fetch had begun and was not over at a moment. */
const ranAt = ({ seenAt, settledAt, unregisteredAt }: Fetch, at: number): boolean =>
  seenAt <= at + CLOCKS && (settledAt ?? unregisteredAt ?? Number.POSITIVE_INFINITY) >= at

export function createCalls(fetches: Fetches, rows: Rows): Calls {
  let open: { readonly event: SessionEvent; readonly body: BodyOf<'page-call'> }[] = []

  return {
    called(event, body) {
      const named = fetches.all.filter(({ id, storageKey }) => id === body.id && storageKey === body.origin)
      if (body.method === 'fetch') {
        open.push({ event, body })
        return
      }
      const fetch = named.findLast(
        (one) => isLive(one) || (one.settledAt !== null && event.at <= one.settledAt + CLOCKS),
      )
      if (fetch) fetch.aborter ??= { at: event.at, call: body }
      rows.add(event, fetch ?? named.at(-1) ?? null, { after: null })
    },
    refused(event, body) {
      open = open.filter(({ event: { at } }) => at !== body.calledAt)
      const running = fetches.all.filter((one) => one.storageKey === body.origin && ranAt(one, body.calledAt))
      const same = running.some(({ id }) => id === body.id)
      rows.add(event, null, {
        note: same
          ? t('refused_id_in_use')
          : running.length > 0
            ? t(counted(running.length, 'refused_active'), count(running.length))
            : '',
      })
    },
    seen({ at }, fetch) {
      const found = open.findLast(
        ({ event, body }) =>
          body.id === fetch.id &&
          body.origin === fetch.storageKey &&
          event.at <= at + CLOCKS &&
          event.at >= at - APPEARS,
      )
      open = open.filter((one) => one !== found && one.event.at > at - APPEARS)
      if (found && !fetch.already) fetch.initiator = found.body
    },
    forget() {
      open = []
    },
  }
}

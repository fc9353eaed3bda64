import type { BodyOf, SessionEvent } from '../../../../protocol/events'
import { nameOf } from '../../../../protocol/lifecycle'
import { CLOCKS } from '../fetches'
import type { Rows } from '../rows'
import { type Fetch, isReported, type Row } from '../view'
import type { FetchEnding } from './fetch-ending'

interface Known {
  readonly name: string
  readonly command: string
  readonly at: number
  ending: FetchEnding
  row: Row | null
  fetch: Fetch | null
}

export interface ForcedEndings {
  apply(event: SessionEvent, body: BodyOf<'ending-forced' | 'ending-reverted'>): void
  /** A fetch was seen, or is known from its event: its ending may have been chosen. */
  seen(fetch: Fetch): void
  /** The log was cleared. */
  clear(): void
}

/** Joins endings that were chosen with the fetches that they were chosen for. */
export function createForcedEndings(rows: Rows): ForcedEndings {
  let all: Known[] = []

  return {
    apply(event, body) {
      const { command } = body
      const known = all.find((one) => one.command === command)
      if (body.type === 'ending-forced') {
        if (known) return
        const { scope, id, ending, by } = body
        const name = nameOf(event.storageKey, scope, id)
        const { at } = event
        const row = rows.add(event, null)
        all.push({ name, command, at, ending: { ending, by, at, reverted: null }, row, fetch: null })
        return
      }
      if (!known || known.ending.reverted) return
      known.ending = { ...known.ending, reverted: { at: event.at, why: body.why } }
      rows.add(event, known.fetch, { note: known.ending.by.kind })
      if (!known.fetch) return
      // One of that ID was seen all the same: who started it is not known.
      known.fetch.forced = body.why === 'not-started' ? null : known.ending
    },
    seen(fetch) {
      const name = nameOf(fetch.storageKey, fetch.scope, fetch.id)
      const known = all.findLast(
        (one) =>
          one.name === name && one.at <= fetch.seenAt + CLOCKS && one.ending.reverted?.why !== 'not-started',
      )
      if (!known || fetch.already) return
      // One that is known from its event may turn out to be one that a page lists.
      if (known.fetch && (known.fetch === fetch || !known.fetch.unlisted)) return
      known.fetch = fetch
      fetch.forced = known.ending
      if (known.row) known.row = rows.give(known.row, fetch)
    },
    clear() {
      all = all.filter(({ fetch, ending }) => (fetch ? isReported(fetch) : ending.reverted === null))
      for (const one of all) one.row = null
    },
  }
}

import type { BodyOf, SessionEvent } from '../../../../protocol/events'
import { LISTED_LATE, nameOf } from '../../../../protocol/lifecycle'
import { isReported } from '../fetch-phase'
import { CLOCKS } from '../fetches'
import type { Rows } from '../rows'
import type { Fetch, Row } from '../view'
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
  /**
   * The log was cleared.
   *
   * @param remaining the fetches that are not over
   */
  clear(remaining: readonly Fetch[]): void
}

/** Joins endings that were chosen with the fetches that they were chosen for. */
export function createForcedEndings(rows: Rows): ForcedEndings {
  let all: Known[] = []
  /** Limits of the quota by storage key: fetches hold these lists. */
  const limits = new Map<string, FetchEnding[]>()

  const limitsOf = (storageKey: string): FetchEnding[] => {
    const known = limits.get(storageKey)
    if (known) return known
    const made: FetchEnding[] = []
    limits.set(storageKey, made)
    return made
  }

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
        const made: FetchEnding = { ending, by, at, reverted: null }
        if (by.kind === 'quota' && event.storageKey !== null) limitsOf(event.storageKey).push(made)
        all.push({ name, command, at, ending: made, row, fetch: null })
        return
      }
      if (!known || known.ending.reverted) return
      const before = known.ending
      known.ending = { ...before, reverted: { at: event.at, why: body.why } }
      for (const list of limits.values()) {
        const index = list.indexOf(before)
        if (index >= 0) list[index] = known.ending
      }
      rows.add(event, known.fetch, { note: known.ending.by.kind })
      if (!known.fetch) return
      // One of that ID was seen all the same: who started it is not known.
      known.fetch.forced = body.why === 'not-started' ? null : known.ending
    },
    seen(fetch) {
      fetch.limits = limitsOf(fetch.storageKey)
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
    clear(remaining) {
      all = all.filter(({ fetch, ending }) => (fetch ? isReported(fetch) : ending.reverted === null))
      for (const one of all) one.row = null
      const open = new Set(all.map(({ ending }) => ending))
      // A limit that was reverted while one of these fetches ran may be why its handler failed.
      const since = Math.min(...remaining.map(({ seenAt }) => seenAt)) - LISTED_LATE
      const stays = (one: FetchEnding) => open.has(one) || (one.reverted?.at ?? -Infinity) >= since
      for (const list of limits.values()) list.splice(0, Infinity, ...list.filter(stays))
    },
  }
}

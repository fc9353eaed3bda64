import { isLive } from '../session/fetch-phase'
import type { Fetch } from '../session/view'
import type { ColumnId } from './columns'
import { handlerTime } from './handler-time'
import { endedAt, outcomeOf } from './outcome'

/** By which column the table is sorted; active fetches stay above ended ones. */
export interface Sorting {
  readonly by: ColumnId
  readonly descending: boolean
}

type SortValue = string | number

/** Whether what the table shows of a fetch changes by itself: it counts seconds. */
export const changesByItself = (fetch: Fetch): boolean => isLive(fetch) || fetch.state === 'settled'

/** How long a fetch ran or has run so far, in milliseconds. */
export const ranFor = (fetch: Fetch, now: number): number =>
  Math.max(0, (isLive(fetch) ? now : endedAt(fetch)) - fetch.seenAt)

/** How far a fetch is, from 0 to 1; by bytes where no total is known, and then before all others. */
function progressValue({ arrived, attributes }: Fetch): number {
  return attributes.downloadTotal > 0 ? arrived / attributes.downloadTotal : arrived - Number.MAX_SAFE_INTEGER
}

function handlerValue(fetch: Fetch): number {
  const time = handlerTime(fetch)
  return time && 'ms' in time ? time.ms : -1
}

/** What the fetches are compared by in each column but the verdict's. */
const values: Readonly<Record<Exclude<ColumnId, 'verdict'>, (fetch: Fetch, now: number) => SortValue>> = {
  id: ({ id }) => id,
  progress: progressValue,
  state: (fetch) => outcomeOf(fetch)?.text ?? fetch.state,
  handler: handlerValue,
  scope: ({ scope }) => scope,
  origin: ({ storageKey }) => storageKey,
  started: ({ seenAt }) => seenAt,
  duration: ranFor,
}

const compare = (a: SortValue, b: SortValue): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))

interface ListOptions {
  /** Leave ended fetches out. */
  readonly onlyActive: boolean
  /** Null for the order of time: active fetches as they began, ended ones newest first. */
  readonly sorting: Sorting | null
  /** The word of a fetch's verdict, for sorting by it. */
  verdict(fetch: Fetch): string
  /** In epoch milliseconds. */
  readonly now: number
}

/** The fetches as the table shows them: those that may still run first, ended ones below. */
export function listFetches(
  fetches: readonly Fetch[],
  { onlyActive, sorting, verdict, now }: ListOptions,
): readonly Fetch[] {
  const active = fetches.filter(isLive)
  const ended = onlyActive ? [] : fetches.filter((fetch) => !isLive(fetch))
  if (!sorting) {
    const byEnd = ended.map((fetch) => ({ fetch, at: endedAt(fetch) }))
    // Of those that ended in one moment, the one that was seen last is the newest.
    return [
      ...active,
      ...byEnd
        .reverse()
        .sort((a, b) => b.at - a.at)
        .map(({ fetch }) => fetch),
    ]
  }
  const { by, descending } = sorting
  const comparable = by === 'verdict' ? verdict : values[by]
  const sorted = (some: readonly Fetch[]) =>
    some
      .map((fetch) => ({ fetch, value: comparable(fetch, now) }))
      .sort((a, b) => (descending ? -1 : 1) * compare(a.value, b.value))
      .map(({ fetch }) => fetch)
  return [...sorted(active), ...sorted(ended)]
}

/** How many fetches of a storage key may still run. */
export interface Usage {
  readonly storageKey: string
  readonly active: number
}

export interface Counts {
  /** By storage key, in the order in which they were seen. */
  readonly usage: readonly Usage[]
  /** Fetches that may still run, although no page that could tell is open. */
  readonly unobserved: number
  readonly ended: number
}

/** What the head of the table counts. */
export function countFetches(fetches: readonly Fetch[]): Counts {
  const usage = new Map<string, number>()
  let unobserved = 0
  let ended = 0
  for (const { state, storageKey } of fetches) {
    if (state === 'unobserved') unobserved++
    else if (state === 'queued' || state === 'active') usage.set(storageKey, (usage.get(storageKey) ?? 0) + 1)
    else ended++
  }
  return { usage: [...usage].map(([storageKey, active]) => ({ storageKey, active })), unobserved, ended }
}

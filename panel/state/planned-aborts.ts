import { computed, signal } from '@preact/signals'
import { type AbortMoment, type AbortPlan, MAX_PATTERN } from '../../protocol/planned-aborts'
import { isLive } from '../model/session/fetch-phase'
import type { Fetch, PlannedAbort } from '../model/session/view'
import { command, model, past, request, revision } from './session/session'

/** What an abort is being planned for, while its dialog is open. */
export type PlanFor =
  | { readonly kind: 'fetch'; readonly key: string }
  /** The next fetch; `id` is what the dialog begins with. */
  | { readonly kind: 'next'; readonly storageKey: string; readonly id: string }

/** What the dialog is open for; null while it is closed. */
export const planningFor = signal<PlanFor | null>(null)

/** Aborts that are planned for fetches that have yet to begin. */
export const nextAborts = computed((): readonly PlannedAbort[] => {
  revision.value
  const { plannedAborts, abortSeries } = model()
  // Those of a series stand in its own line.
  const ofSeries = new Set(abortSeries.flatMap(({ runs }) => runs.map(({ begun }) => begun?.command)))
  return plannedAborts.filter(({ fetch, command }) => fetch === null && !ofSeries.has(command))
})

/** An abort can be planned for it. */
export const canPlan = (fetch: Fetch): boolean =>
  isLive(fetch) && fetch.abort === null && past.peek() === null

/** The origin whose fetches an abort can be planned for before they begin; undefined where there is none. */
export function originOfPage(): string | undefined {
  const frames = [...model().frames.values()].filter(({ secure, supported }) => secure && supported)
  return (frames.find(({ top }) => top) ?? frames[0])?.storageKey
}

/** Plans an abort; resolves with whether a page took it. Rejects where the extension is gone. */
export function planAbort(
  target: AbortPlan['target'],
  moment: AbortMoment,
  cold: boolean,
  name: string = crypto.randomUUID(),
): Promise<boolean> {
  const plan: AbortPlan = { command: name, target, moment, cold }
  return request((background) => background.planAbort(plan))
}

/** Plans the next fetch's abort; what fits is cut to what a pattern may have. */
export const nextTarget = (storageKey: string, pattern: string): AbortPlan['target'] => ({
  kind: 'next',
  storageKey,
  pattern: pattern.slice(0, MAX_PATTERN),
})

/** Removes a planned abort that has not happened. */
export function removePlanned(name: string): void {
  if (past.peek()) return
  command((background) => background.removePlannedAbort(name))
}

/** Moves the planned abort of a fetch to a share of its bytes, in percent; it stays what it was otherwise. */
export function movePlanned(key: string, share: number): void {
  const fetch = model().fetches.find((one) => one.key === key)
  const planned = fetch?.planned
  if (!fetch || !planned || !canPlan(fetch)) return
  const moment: AbortMoment =
    planned.moment.kind === 'bytes'
      ? { kind: 'bytes', bytes: Math.max(1, Math.round((fetch.attributes.downloadTotal * share) / 100)) }
      : { kind: 'percent', percent: share }
  // What becomes of it is in the log.
  planAbort({ kind: 'fetch', handle: fetch.handle }, moment, planned.cold).catch(() => {})
}

import { t } from '../../i18n/i18n'
import type { SiteSettings } from '../audit/site-settings'
import { bytes, duration } from '../format'
import { endEvent, type Fetch, type Worker } from '../session/view'

/** One of two fetches that are compared, with what its session knows of it. */
export interface Side {
  readonly fetch: Fetch
  /** The runs of workers that were seen. */
  readonly workers: readonly Worker[]
  readonly settings: SiteSettings
}

/** Their ends are handled by the same event: the time that another one's handler takes is no difference. */
export const haveSameEvent = (a: Side, b: Side): boolean =>
  endEvent(a.fetch.attributes) === endEvent(b.fetch.attributes)

/** What a comparison shows of one fetch. */
export interface Cell {
  readonly text: string
  /** Null where that was not observed: nothing follows from it. */
  readonly value: string | null
}

/** How much more or longer it is for B than for A, in milliseconds or bytes. */
export interface Difference {
  readonly unit: 'ms' | 'bytes'
  readonly by: number
}

/**
 * What two fetches have in common. `only-a`, `only-b`: the other one was observed not to have it. `not-observed`: whether the other
 * one has it was not observed, or neither of them was.
 */
export type Group = 'only-a' | 'only-b' | 'differs' | 'not-observed' | 'same'

/** One line of a comparison. */
export interface Line {
  readonly name: string
  readonly a: Cell
  readonly b: Cell
  readonly group: Group
  /** Null where there is no amount that could be compared. */
  readonly difference: Difference | null
}

export const notObserved: Cell = { text: t('compare_not_observed'), value: null }
/** It was observed that there is none. */
export const none: Cell = { text: '–', value: '' }

export const cellOf = (text: string, value: string = text): Cell => ({ text, value })
/** What is shown, and nothing follows from. */
export const openCell = (text: string): Cell => ({ text, value: null })

/** What two cells have in common, as far as both were observed. */
export function groupOf(a: Cell, b: Cell): Group {
  if (a.value === null || b.value === null) return 'not-observed'
  if (a.value === b.value) return 'same'
  if (a.value === '') return 'only-b'
  return b.value === '' ? 'only-a' : 'differs'
}

export const lineOf = (name: string, a: Cell, b: Cell, difference: Difference | null = null): Line => ({
  name,
  a,
  b,
  group: groupOf(a, b),
  difference,
})

/** Times are shown to a tenth of a millisecond. */
const LEAST = { ms: 0.05, bytes: 1 } as const

/** The difference of two amounts; null where one of them is not known. */
export const differenceOf = (
  unit: Difference['unit'],
  a: number | null,
  b: number | null,
): Difference | null => (a === null || b === null ? null : { unit, by: b - a })

export const isNoticeable = ({ unit, by }: Difference): boolean => Math.abs(by) >= LEAST[unit]

/** A difference with its sign; `0` where there is none. */
export function differenceText(difference: Difference): string {
  const { unit, by } = difference
  if (!isNoticeable(difference)) return '0'
  const amount = Math.abs(by)
  return `${by < 0 ? '−' : '+'}${unit === 'ms' ? duration(amount) : bytes(amount)}`
}

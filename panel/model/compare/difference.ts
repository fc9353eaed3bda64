import { bytes, duration } from '../format'

/** How much more or longer it is for B than for A, in milliseconds or bytes. */
export interface Difference {
  readonly unit: 'ms' | 'bytes'
  readonly by: number
}

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

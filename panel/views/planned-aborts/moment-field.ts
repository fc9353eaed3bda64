import { type AbortMoment, MAX_ABORT_DELAY } from '../../../protocol/planned-aborts'

/** Units of an amount, and what each stands for: of bytes their number, of a share nothing. */
export const amountUnits = ['%', 'MB', 'kB', 'B'] as const
export type AmountUnit = (typeof amountUnits)[number]

const bytesOf: Readonly<Record<Exclude<AmountUnit, '%'>, number>> = { B: 1, kB: 1000, MB: 1_000_000 }

/** What the form of a planned abort holds: numbers as they are typed. */
export interface MomentFields {
  readonly kind: 'amount' | 'responses' | 'first-byte' | 'time'
  readonly amount: string
  readonly unit: AmountUnit
  readonly responses: string
  readonly ms: string
}

export const noMoment: MomentFields = {
  kind: 'amount',
  amount: '50',
  unit: '%',
  responses: '1',
  ms: '1000',
}

/** The moment that the fields stand for; null where a number is none that can be used. */
export function momentOf({ kind, amount, unit, responses, ms }: MomentFields): AbortMoment | null {
  switch (kind) {
    case 'first-byte':
      return { kind }
    case 'responses': {
      const count = Number(responses)
      return Number.isInteger(count) && count >= 1 && count <= 1_000_000 ? { kind, count } : null
    }
    case 'time': {
      const time = Number(ms)
      return ms !== '' && time >= 0 && time <= MAX_ABORT_DELAY ? { kind, ms: time } : null
    }
    case 'amount': {
      const number = Number(amount)
      if (unit === '%') return number >= 0.1 && number <= 99.9 ? { kind: 'percent', percent: number } : null
      const bytes = Math.round(number * bytesOf[unit])
      return bytes >= 1 && bytes <= Number.MAX_SAFE_INTEGER ? { kind: 'bytes', bytes } : null
    }
  }
}

/** The fields for a moment. */
export function fieldsOf(moment: AbortMoment): MomentFields {
  switch (moment.kind) {
    case 'percent':
      return { ...noMoment, amount: String(moment.percent) }
    case 'bytes': {
      const unit = moment.bytes % 100_000 === 0 ? 'MB' : moment.bytes % 100 === 0 ? 'kB' : 'B'
      return { ...noMoment, amount: String(moment.bytes / bytesOf[unit]), unit }
    }
    case 'responses':
      return { ...noMoment, kind: 'responses', responses: String(moment.count) }
    case 'first-byte':
      return { ...noMoment, kind: 'first-byte' }
    case 'time':
      return { ...noMoment, kind: 'time', ms: String(moment.ms) }
  }
}

import type { PlannedAbortCosts } from './planned-aborts'
import { quantile, summarize } from './stats'
import { printTable, short } from './table'

const kB = (bytes: number) => short(bytes / 1000)

/** Prints how far off planned aborts were, also as a share of what lies between two progress events. */
export function printPlannedAborts({ triggers, steps }: PlannedAbortCosts): void {
  const step = { bytes: quantile(steps.bytes, 0.5), ms: quantile(steps.ms, 0.5) }
  const [bytes, ms, n] = [kB(step.bytes), short(step.ms), steps.ms.length]
  printTable(
    `How late planned aborts are; two progress events are ${bytes} kB and ${ms} ms apart (medians of ${n})`,
    [
      'planned',
      'n',
      'beyond, in',
      'median',
      'max',
      'ratio',
      'late, ms',
      'max',
      'ratio',
      'sent beyond, kB',
      'max',
    ],
    triggers.map(({ trigger, unit, beyond, late, sent }) => {
      const [off, after, more] = [summarize(beyond), summarize(late), summarize(sent)]
      const amount = unit === 'bytes' ? kB : short
      return [
        trigger,
        String(after.n),
        unit === 'bytes' ? 'kB' : unit || '–',
        ...[off.median, off.max].map(amount),
        unit === 'bytes' ? short(off.median / step.bytes) : '–',
        ...[after.median, after.max, after.median / step.ms].map(short),
        ...[more.median, more.max].map(kB),
      ]
    }),
  )
}

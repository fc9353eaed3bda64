import { expect, test } from 'vitest'
import type { AbortMoment } from '../../../protocol/planned-aborts'
import { fieldsOf, momentOf, noMoment } from './moment-field'

test.each<AbortMoment>([
  { kind: 'percent', percent: 12.5 },
  { kind: 'bytes', bytes: 1_500_000 },
  { kind: 'bytes', bytes: 2500 },
  { kind: 'bytes', bytes: 7 },
  { kind: 'responses', count: 3 },
  { kind: 'first-byte' },
  { kind: 'time', ms: 0 },
])('the fields of $kind stand for the same moment', (moment) => {
  expect(momentOf(fieldsOf(moment))).toEqual(moment)
})

test.each([
  ['0', '%'],
  ['100', '%'],
  ['', '%'],
  ['x', 'MB'],
  ['0.4', 'B'],
  ['-1', 'kB'],
  ['1e300', 'MB'],
] as const)('%s %s is no amount', (amount, unit) => {
  expect(momentOf({ ...noMoment, amount, unit })).toBe(null)
})

test.each(['0', '1.5', '', '-2'])('%j is no number of responses', (responses) => {
  expect(momentOf({ ...noMoment, kind: 'responses', responses })).toBe(null)
})

test.each(['', '-1', '1e12'])('%j is no time', (ms) => {
  expect(momentOf({ ...noMoment, kind: 'time', ms })).toBe(null)
})

import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../protocol/events'
import { noSettings } from '../audit/site-settings'
import { describe } from '../describe/describe'
import { createStream, SCOPE } from '../streams/events.fixture'
import { placeOfRow } from './script-finding-rows'

type Findings = BodyOf<'worker-scripts'>['findings']

const seen = (worker: string): Body => ({
  type: 'worker-seen',
  worker,
  url: `${SCOPE}sw.js`,
  scope: SCOPE,
  state: 'activated',
  how: 'running',
})
const scripts = (
  worker: string,
  findings: Findings,
  mentions: BodyOf<'worker-scripts'>['mentions'] = [],
): Body => ({
  type: 'worker-scripts',
  worker,
  complete: true,
  mentions,
  findings,
  added: [],
})
const at = (line: number) => ({ url: `${SCOPE}sw.js`, line, column: 1 })
const late = { rule: 'script-wait-until-function', location: at(3) } as const
const stored = { rule: 'script-record-stored', location: at(9) } as const

function rowsOf(...bodies: readonly Body[]) {
  const stream = createStream()
  for (const body of bodies) stream.panel(body, 10, { source: 'worker' })
  return stream.model.rows.filter(({ kind }) => kind === 'script-finding' || kind === 'worker-scripts')
}

test('each finding is a row with its place, and says that it was read only', () => {
  const rows = rowsOf(seen('a'), scripts('a', [late, stored]))
  expect(rows.map(placeOfRow)).toEqual([late.location, stored.location])
  for (const row of rows) {
    expect(describe(row)).toMatchObject({ name: 'read in the script', level: 'warning' })
    expect(describe(row).text).toContain('not seen at run time')
  }
})

test('the next start of the worker says nothing new, and another finding is new', () => {
  expect(rowsOf(seen('a'), scripts('a', [late]), seen('b'), scripts('b', [late]))).toHaveLength(1)
  expect(rowsOf(seen('a'), scripts('a', [late]), seen('b'), scripts('b', [late, stored]))).toHaveLength(2)
})

test('it is said once more after the log was cleared', () => {
  expect(
    rowsOf(seen('a'), scripts('a', [late]), { type: 'cleared' }, seen('b'), scripts('b', [late])),
  ).toHaveLength(1)
})

test('an event that does not exist has one row', () => {
  const wrong = { rule: 'script-unknown-event', location: at(1) } as const
  const mention = { name: 'backgroundfetched', as: 'listener', location: at(1) } as const
  expect(rowsOf(seen('a'), scripts('a', [wrong], [mention])).map(({ kind }) => kind)).toEqual([
    'worker-scripts',
  ])
})

test('a rule that is disabled is no warning', () => {
  const [row] = rowsOf(seen('a'), scripts('a', [late]))
  const disabled = new Set([late.rule])
  expect(row && describe(row, { ...noSettings, disabled }).level).toBe('info')
})

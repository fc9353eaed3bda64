import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { say } from '../events.fixture'
import { tellAudit } from './audit.fixture'

/** Ways in which nobody looks at the storage any more, and what the verdict says then. */
const ends: readonly (readonly [string, Body, RegExp])[] = [
  ['DevTools was closed', { type: 'watch-stopped' }, /DevTools was closed before/],
  [
    'the recording ended',
    { type: 'keep-ended', why: 'tab-closed', watched: false },
    /recording ended before/,
  ],
  ['the page went away', say.frameGone(), /page was closed or left before/],
]

for (const [name, end, reason] of ends) {
  test(`${name} while the handler ran: the verdict is unknown, once, and says why`, () => {
    const told = tellAudit().seen().settled()
    told.stream.page(end)
    told.stream.page(end)
    expect(told.verdict()).toMatchObject({ kind: 'unknown', gaps: [expect.stringMatching(reason)] })
    expect(told.stream.kinds().filter((kind) => kind === 'verdict')).toHaveLength(1)
  })

  test(`${name} after the event, before anything was compared: the verdict is unknown`, () => {
    const told = tellAudit().seen().settled()
    told.stream.page(say.over('h'))
    told.stream.page(end)
    expect(told.verdict()).toMatchObject({ kind: 'unknown', gaps: [expect.stringMatching(reason)] })
  })

  test(`${name} between the two comparisons: what was found stands, and it is not called clean`, () => {
    const told = tellAudit().seen().settled().over()
    told.stream.page(end)
    expect(told.verdict()).toMatchObject({ kind: 'unknown', gaps: [expect.stringMatching(/second time/)] })
  })

  test(`${name} after the verdict: it stands`, () => {
    const told = tellAudit().seen().ended()
    told.stream.page(end)
    expect(told.verdict().kind).toBe('clean')
    expect(told.stream.kinds().filter((kind) => kind === 'verdict')).toHaveLength(2)
  })
}

test('a recording that ends beside an open panel ends no comparison', () => {
  const told = tellAudit().seen().settled()
  told.stream.page({ type: 'keep-ended', why: 'switched-off', watched: true })
  expect(told.stream.kinds()).not.toContain('verdict')
})

test('of a fetch that has not ended there is no verdict, whoever goes', () => {
  const told = tellAudit().seen()
  told.stream.page({ type: 'watch-stopped' })
  expect(told.stream.kinds()).not.toContain('verdict')
})

test('that what is recorded is in memory only stands until it is saved', () => {
  const { stream } = tellAudit()
  expect(stream.model.notSaved).toBe(null)
  stream.panel({ type: 'not-saved', problem: { reason: 'full', detail: '' } })
  expect(stream.model.notSaved).toMatchObject({ reason: 'full' })
  stream.panel({ type: 'saved-again' })
  expect(stream.model.notSaved).toBe(null)
})

import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { observed } from '../streams/events.fixture'
import { createAuditStream } from './audit.fixture'

/** Ways in which nobody looks at the storage any more, and what the verdict says then. */
const ends: readonly (readonly [string, Body, RegExp])[] = [
  ['DevTools was closed', { type: 'watch-stopped' }, /DevTools was closed before/],
  [
    'the recording ended',
    { type: 'recording-ended', why: 'tab-closed', watched: false },
    /recording ended before/,
  ],
  ['the page went away', observed.frameGone(), /page was closed or left before/],
]

for (const [name, end, reason] of ends) {
  test(`${name} while the handler ran: the verdict is unknown, once, and says why`, () => {
    const audited = createAuditStream().seen().settled()
    audited.stream.page(end)
    audited.stream.page(end)
    expect(audited.verdict()).toMatchObject({ kind: 'unknown', gaps: [expect.stringMatching(reason)] })
    expect(audited.stream.kinds().filter((kind) => kind === 'verdict')).toHaveLength(1)
  })

  test(`${name} after the event, before anything was compared: the verdict is unknown`, () => {
    const audited = createAuditStream().seen().settled()
    audited.stream.page(observed.over('h'))
    audited.stream.page(end)
    expect(audited.verdict()).toMatchObject({ kind: 'unknown', gaps: [expect.stringMatching(reason)] })
  })

  test(`${name} between the two comparisons: what was found stands, and it is not called clean`, () => {
    const audited = createAuditStream().seen().settled().over()
    audited.stream.page(end)
    expect(audited.verdict()).toMatchObject({ kind: 'unknown', gaps: [expect.stringMatching(/second time/)] })
  })

  test(`${name} after the verdict: it stands`, () => {
    const audited = createAuditStream().seen().ended()
    audited.stream.page(end)
    expect(audited.verdict().kind).toBe('clean')
    expect(audited.stream.kinds().filter((kind) => kind === 'verdict')).toHaveLength(2)
  })
}

test('a recording that ends beside an open panel ends no comparison', () => {
  const audited = createAuditStream().seen().settled()
  audited.stream.page({ type: 'recording-ended', why: 'switched-off', watched: true })
  expect(audited.stream.kinds()).not.toContain('verdict')
})

test('of a fetch that has not ended there is no verdict, whoever goes', () => {
  const audited = createAuditStream().seen()
  audited.stream.page({ type: 'watch-stopped' })
  expect(audited.stream.kinds()).not.toContain('verdict')
})

test('that what is recorded is in memory only stands until it is saved', () => {
  const { stream } = createAuditStream()
  expect(stream.model.notSaved).toBe(null)
  stream.panel({ type: 'not-saved', problem: { reason: 'full', detail: '' } })
  expect(stream.model.notSaved).toMatchObject({ reason: 'full' })
  stream.panel({ type: 'saved-again' })
  expect(stream.model.notSaved).toBe(null)
})

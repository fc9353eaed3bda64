import { expect, test } from 'vitest'
import { changed, createAuditStream, foreign, keyOf, type Look, rowOf } from './audit.fixture'
import { step } from './event-steps.fixture'

/** An abort whose handler was traced, and what is stored at the end of its event and a quiet moment later. */
const handled = (ended: Look, final: Look, steps = [step.waitUntil(), step.fulfilled()]) =>
  createAuditStream().seen().settled().event({}, steps).over(ended).later(final)

test.each(['local-storage', 'session-storage'] as const)(
  'a change of %s after the event is the work of a page, and no finding against the handler',
  (kind) => {
    const own = { ...keyOf('dl:episode'), kind }
    const list = { ...changed(keyOf('downloads', '["episode"]')), kind }
    expect(handled({ items: [own, list] }, {}).verdict()).toMatchObject({ kind: 'clean', wrong: [] })
    expect(handled({}, { items: [own] }).verdict()).toMatchObject({
      kind: 'left',
      wrong: [],
      left: [{ rule: 'value-left', item: 'dl:episode', note: 'changed after the event ended' }],
    })
    expect(handled({}, { items: [foreign(list)] }, []).verdict()).toMatchObject({
      kind: 'unmatched',
      wrong: [],
      unmatched: [{ item: 'downloads' }],
    })
    const untraced = createAuditStream()
      .seen()
      .settled()
      .over({ items: [own] })
      .later()
    expect(untraced.verdict()).toMatchObject({ kind: 'clean', wrong: [] })
  },
)

test('what is as before the fetch again after the event is not said to be removed', () => {
  const state = changed(rowOf('state', '{active:episode}'))
  const of = (final: Look) => handled({ items: [state] }, final).verdict()
  expect(of({})).toMatchObject({
    kind: 'wrong',
    wrong: [{ item: 'pod/downloads: state (no longer so at the last reading)', stored: null, bytes: 0 }],
  })
  const removed = { kind: 'row', container: 'pod/downloads', name: 'state', mentions: false } as const
  expect(of({ removed: [removed] }).wrong).toMatchObject([
    { item: 'pod/downloads: state (removed 100 ms to 1.60 s after the event ended)' },
  ])
  const own = handled({ items: [rowOf('episode')] }, {}).verdict()
  expect(own.wrong).toMatchObject([
    { item: 'pod/downloads: episode (removed 100 ms to 1.60 s after the event ended)' },
  ])
})

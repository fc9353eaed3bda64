import { expect, test } from 'vitest'
import { changed, createAuditStream, foreign, keyOf, type Look } from './audit.fixture'
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

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SessionEvent } from '../../../protocol/events'
import { attributes, eventAt as event } from '../../../protocol/events.fixture'
import type { Handle } from '../../../protocol/handle'
import type { AbortCause } from '../../../protocol/session-events'
import { createAborts } from './aborts'
import { createPanelAborts } from './panel-aborts'

const ORIGIN = 'https://pod.example'
const SCOPE = `${ORIGIN}/`
/** The fetch begins at 41,000 and is aborted at 45,000. */
const BEGUN = 41_000
const ENDED = 45_000

const handle = 'h' as Handle
const seen = (at = BEGUN, already = false, storageKey = ORIGIN) =>
  event(at, { type: 'fetch-seen', handle, scope: SCOPE, id: 'a', already, attributes }, storageKey)
const ended = (failureReason: 'aborted' | 'fetch-error' = 'aborted') =>
  event(ENDED, { type: 'settled', handle, attributes: { ...attributes, result: 'failure', failureReason } })
const asked = event(44_000, { type: 'abort-requested', handle, command: 'c' })
const answered = (value: boolean) =>
  event(44_010, { type: 'abort-answered', handle, command: 'c', outcome: { kind: 'resolved', value } })
const planned = event(42_000, {
  type: 'abort-planned',
  handle,
  command: 'p',
  moment: { kind: 'first-byte' },
  cold: false,
})
const nextPlanned = (pattern: string) =>
  event(40_000, {
    type: 'next-abort-planned',
    pattern,
    command: 'p',
    moment: { kind: 'first-byte' },
    cold: false,
  })
const fired = (of = handle) =>
  event(44_990, {
    type: 'planned-abort-fired',
    handle: of,
    command: 'p',
    moment: { kind: 'first-byte' },
    downloaded: 1,
    downloadTotal: 0,
    responses: 0,
    elapsed: 2990,
    cold: null,
  })
const removed = event(44_000, { type: 'planned-abort-removed', command: 'p', why: 'asked' })
const pageGone = (at: number) => event(at, { type: 'frame-gone', unwatched: false })
const answeredPlan = event(44_995, {
  type: 'abort-answered',
  handle,
  command: 'p',
  outcome: { kind: 'resolved', value: true },
})
const called = (at: number, id = 'a', method: 'fetch' | 'abort' = 'abort', origin = ORIGIN) =>
  event(at, { type: 'page-call', method, id, origin, location: null, callers: [] })
const byWorker = (at: number, id = 'a') => [
  event(BEGUN, {
    type: 'worker-seen',
    worker: 'w',
    url: `${ORIGIN}/sw.js`,
    scope: SCOPE,
    state: 'activated',
    how: 'running',
  }),
  event(at, { type: 'worker-call', worker: 'w', method: 'abort', id, location: null, callers: [] }),
]

function aborts({ covered = true, answersAfter = 0, tabId = 1, panelAborts = createPanelAborts() } = {}) {
  const causes: AbortCause[] = []
  const asks: unknown[][] = []
  const { recorded } = createAborts({
    async covered(...args) {
      asks.push(args)
      if (answersAfter > 0) await new Promise((resolve) => setTimeout(resolve, answersAfter))
      return covered
    },
    byThisPanel: (name, askedAt, answeredAt) => panelAborts.add({ tabId, name, askedAt, answeredAt }),
    byOtherPanel: async (fetch) => panelAborts.byOther(tabId, fetch),
    report: (body) => causes.push(body),
  })
  return {
    asks,
    recorded,
    async cause(...events: readonly SessionEvent[]) {
      recorded(events)
      await vi.advanceTimersByTimeAsync(10_000)
      return causes.map(({ cause }) => cause)
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('an abort that no traced script has called for was not from this tab', async () => {
  const { cause, asks } = aborts()
  expect(await cause(seen(), ended())).toEqual(['not-this-tab'])
  // Since before it began.
  expect(asks).toEqual([[ORIGIN, BEGUN - 1000, ENDED]])
})

test('a call that a busy worker reports before it answers has made the abort', async () => {
  const { cause, recorded } = aborts({ answersAfter: 3000 })
  // What was reported before the answer is recorded a moment after it.
  setTimeout(() => recorded(byWorker(44_000)), 1000 + 3000 + 50)
  expect(await cause(seen(), ended())).toEqual([])
})

test('of a fetch that ran before, the time that a busy page may be late must be covered', async () => {
  const { cause, asks } = aborts()
  await cause(seen(BEGUN, true), ended())
  expect(asks).toEqual([[ORIGIN, ENDED - 10_000, ENDED]])
})

test.each([
  ['not all calls were traced', { covered: false }, [seen(), ended()]],
  ['the page called abort()', {}, [seen(), called(44_999), ended()]],
  ['the page called abort(), and this is heard later', {}, [seen(), ended(), called(44_999)]],
  ['the page called abort() of something whose ID can’t be read', {}, [seen(), called(44_990, ''), ended()]],
  ['the worker called abort()', {}, [seen(), ...byWorker(44_999), ended()]],
  ['this panel asked for it', {}, [seen(), asked, ended()]],
  [
    'this panel asked for it, and a page heard that it had ended',
    {},
    [seen(), asked, answered(false), ended()],
  ],
  ['an abort that was planned in this panel fired', {}, [seen(), planned, fired(), ended()]],
  ['one that was planned for the next fetch fired', {}, [nextPlanned('a*'), seen(), fired(), ended()]],
  ['one fired, and this is heard later', {}, [seen(), planned, ended(), fired()]],
  ['one fired under a handle that is not known', {}, [seen(), fired('other' as Handle), ended()]],
  ['one may have fired before its page went', {}, [seen(), planned, pageGone(44_990), ended()]],
  ['one may have fired that was planned for its ID', {}, [nextPlanned('a*'), seen(), ended()]],
  ['its storage is partitioned', {}, [seen(BEGUN, false, `${ORIGIN} https://other.example`), ended()]],
  ['it was not aborted', {}, [seen(), ended('fetch-error')]],
  ['it is not known', {}, [ended()]],
])('nothing is said where %s', async (_, options, events) => {
  expect(await aborts(options).cause(...events)).toEqual([])
})

test.each([
  ['of another origin', called(44_999, 'a', 'abort', 'https://other.example')],
  ['of fetch()', called(44_999, 'b', 'fetch')],
])('a call %s did not abort it', async (_, call) => {
  expect(await aborts().cause(seen(), call, ended())).toEqual(['not-this-tab'])
})

test.each([
  ['was removed', [seen(), planned, removed]],
  ['went with its page long before', [nextPlanned('a*'), pageGone(34_000), seen()]],
  ['was for other IDs', [nextPlanned('b*'), seen()]],
])('a planned abort that %s did not abort it', async (_, events) => {
  expect(await aborts().cause(...events, ended())).toEqual(['not-this-tab'])
})

test('a call on the registration of an earlier fetch of the ID is not the cause, however long ago the fetch began', async () => {
  const call = called(30_000)
  const onEarlier = { ...call, body: { ...call.body, ended: true } } as SessionEvent
  expect(await aborts().cause(seen(20_000), call, ended())).toEqual([])
  expect(await aborts().cause(seen(20_000), onEarlier, ended())).toEqual(['not-this-tab'])
})

test('an abort that was planned in the panel of another tab is of that panel', async () => {
  const panelAborts = createPanelAborts()
  await aborts({ tabId: 2, panelAborts }).cause(seen(), planned, fired(), answeredPlan, ended())
  expect(await aborts({ panelAborts, covered: false }).cause(seen(), ended())).toEqual(['other-panel'])
})

test('an abort in the panel of another tab is named', async () => {
  const panelAborts = createPanelAborts()
  await aborts({ tabId: 2, panelAborts }).cause(seen(), asked, answered(true), ended())
  expect(await aborts({ panelAborts, covered: false }).cause(seen(), ended())).toEqual(['other-panel'])
})

test('an abort in another tab that came to nothing, or was of an earlier fetch, is not', async () => {
  const panelAborts = createPanelAborts()
  await aborts({ tabId: 2, panelAborts }).cause(seen(), asked, answered(false), ended())
  expect(await aborts({ panelAborts }).cause(seen(), ended())).toEqual(['not-this-tab'])
  panelAborts.add({ tabId: 2, name: JSON.stringify([ORIGIN, SCOPE, 'a']), askedAt: 10, answeredAt: 20 })
  expect(await aborts({ panelAborts }).cause(seen(), ended())).toEqual(['not-this-tab'])
})

test('an abort in the panel of another tab is not of the next fetch of its ID, whoever aborts that', async () => {
  const panelAborts = createPanelAborts()
  await aborts({ tabId: 2, panelAborts }).cause(seen(), asked, answered(true))
  const next = 'next' as Handle
  const aborted: typeof attributes = { ...attributes, result: 'failure', failureReason: 'aborted' }
  const first = event(44_012, { type: 'settled', handle, attributes: aborted })
  const second = [
    event(44_300, { type: 'fetch-seen', handle: next, scope: SCOPE, id: 'a', already: false, attributes }),
    called(45_490),
    event(45_500, { type: 'settled', handle: next, attributes: aborted }),
  ]
  expect(await aborts({ panelAborts }).cause(seen(), first, ...second)).toEqual(['other-panel'])
})

test('nor of one whose start was not seen, where it was seen first after that abort', async () => {
  const panelAborts = createPanelAborts()
  await aborts({ tabId: 2, panelAborts }).cause(seen(), asked, answered(true))
  expect(await aborts({ panelAborts }).cause(seen(44_100, true), ended())).toEqual(['not-this-tab'])
  expect(await aborts({ panelAborts }).cause(seen(43_900, true), ended())).toEqual(['other-panel'])
})

import { expect, test } from 'vitest'
import { contextOf } from '../../../../protocol/context/context'
import type { Body } from '../../../../protocol/events'
import type { EndingForced, EndingReverted } from '../../../../protocol/forced-endings'
import type { Handle } from '../../../../protocol/handle'
import { recordOf } from '../../audit/audit.fixture'
import { summary } from '../../report/summary'
import { createStream, KEY, observed, SCOPE } from '../../streams/events.fixture'
import { outcomeOf } from '../../table/outcome'
import { createModel } from '../fold'

const forced: EndingForced = {
  type: 'ending-forced',
  ...{ command: 'c', scope: SCOPE, id: 'episode', ending: 'bad-status' },
  by: { kind: 'request', method: 'GET', url: `${KEY}/missing-1` },
}
const quota: EndingForced = { ...forced, ending: 'quota-exceeded', by: { kind: 'quota', room: 1 } }
const reverted = (why: EndingReverted['why'], command = 'c'): EndingReverted => ({
  type: 'ending-reverted',
  command,
  why,
})

/** A fetch that was to end like this. */
function started(body = forced) {
  const stream = createStream()
  stream.panel(body, 10, { storageKey: KEY })
  stream.page(observed.seen('h'))
  const fetch = stream.model.fetches[0] ?? expect.unreachable()
  return { ...stream, fetch, said: () => summary(fetch, null, 0).join(' ') }
}

/** What became of the requests of a fetch: the status of its own, and of the one that was added. */
const outcomes = (own: number, total = 2): Body => ({
  type: 'request-outcomes',
  handle: 'h' as Handle,
  total,
  problem: null,
  records: [
    recordOf({ status: own }),
    recordOf({ index: 1, url: `${KEY}/missing-1`, status: 404, statusText: 'Not Found' }),
  ],
})

test('a fetch that failed as it was to is labelled, and its rows are its own', () => {
  const { page, fetch, said, model, last } = started()
  page(observed.failure('h', 'bad-status'))
  page(outcomes(200))
  expect(outcomeOf(fetch)).toMatchObject({ kind: 'failed', by: 'panel', text: 'failed: bad-status · panel' })
  expect(said()).toContain('This panel made it fail: started with one additional request, GET /missing-1')
  expect(model.rows.map((row) => [row.kind, row.fetch === fetch])).toContainEqual(['ending-forced', true])
  expect(last()).not.toBe('')
})

test.each([
  ['its own request failed the same way', outcomes(404)],
  ['not all of its requests were read', outcomes(200, 3)],
  ['none of them was', null],
])('nor that this panel was the cause where %s', (_, requests) => {
  const { page, fetch, said } = started()
  page(observed.failure('h', 'bad-status'))
  if (requests) page(requests)
  expect(outcomeOf(fetch)).toMatchObject({ by: 'unknown', text: 'failed: bad-status' })
  expect(said()).toContain('whether that was the cause is not known')
  expect(said()).not.toContain('This panel made it fail')
})

test('one that ended otherwise is not said to have failed by this panel', () => {
  const { page, fetch, said } = started()
  page(observed.success('h'))
  expect(outcomeOf(fetch)?.by).toBe('unknown')
  expect(said()).toContain('It was to fail with bad-status')
  expect(said()).toContain('ended otherwise')
})

test('nor is one for which all was as before when it ended', () => {
  const { page, panel, fetch, said } = started(quota)
  panel(reverted('panel-gone'))
  page(observed.failure('h', 'quota-exceeded'))
  expect(outcomeOf(fetch)?.by).toBe('unknown')
  expect(said()).toContain('reverted before its end')
})

test('it is reverted with the end of the fetch, whichever is noted first', () => {
  const { page, panel, fetch, last } = started(quota)
  panel(reverted('fetch-ended'))
  expect(last()).toBe('quota reverted: the fetch has ended: the quota is as before')
  page(observed.failure('h', 'quota-exceeded'))
  expect(outcomeOf(fetch)?.by).toBe('panel')
})

test('in the other order too, and not where it was reverted by something that was before its end', () => {
  const ended = started(quota)
  ended.page(observed.failure('h', 'quota-exceeded'))
  ended.panel(reverted('fetch-ended'))
  expect(outcomeOf(ended.fetch)?.by).toBe('panel')
  const early = started(quota)
  early.panel(reverted('fetch-ended'))
  early.page(observed.failure('h', 'quota-exceeded'), 1000)
  expect(outcomeOf(early.fetch)?.by).toBe('unknown')
  expect(early.said()).toContain('reverted before its end')
})

test('that this panel limited the quota is said, not that this was the only cause', () => {
  const { page, fetch, said } = started(quota)
  page(observed.failure('h', 'quota-exceeded'))
  expect(outcomeOf(fetch)?.text).toBe('failed: quota-exceeded · limited by panel')
  expect(said()).toContain('It failed while this panel limited the quota')
  expect(said()).not.toContain('made it fail')
})

test('another fetch of the origin that exceeds the limited quota is labelled as well, before and after it is not', () => {
  const { page, panel, model } = createStream()
  const texts = () => model.fetches.map((fetch) => outcomeOf(fetch)?.text)
  const full = (id: string) => {
    page(observed.seen(id, { id }))
    page(observed.failure(id, 'quota-exceeded'))
  }
  full('before')
  page(observed.seen('other', { id: 'other' }))
  panel(quota, 10, { storageKey: KEY })
  page(observed.failure('other', 'quota-exceeded'))
  panel(reverted('fetch-ended'))
  page(observed.progress('later', 1), 1000)
  full('after')
  const limited = 'failed: quota-exceeded · limited by panel'
  expect(texts()).toEqual(['failed: quota-exceeded', limited, 'failed: quota-exceeded'])
  const [, other = expect.unreachable()] = model.fetches
  expect(summary(other, null, 0).join(' ')).toContain(
    'It failed while this panel limited the storage quota of the site for another fetch; whether that was the cause',
  )
})

test('another fetch, before or after it, has nothing to do with it', () => {
  const { page, model } = started()
  page(observed.failure('h', 'bad-status'))
  page(observed.seen('other', { id: 'other' }))
  page(observed.seen('again'))
  expect(model.fetches.map((fetch) => fetch.forced !== null)).toEqual([true, false, false])
})

test('where the log is cut, a fetch that stays is labelled as before', () => {
  const { events, page } = started()
  page(observed.failure('h', 'bad-status'))
  const context = contextOf(events.slice(0, 2), events.slice(2))
  expect(context.map(({ body }) => body.type)).toEqual(['ending-forced', 'fetch-seen'])
  const model = createModel()
  model.apply([...context, ...events.slice(2)])
  expect(model.fetches[0]?.forced?.ending).toBe('bad-status')
})

test('one that was not reverted stays, so that a background that is started again finds it', () => {
  const stream = createStream()
  stream.panel(quota, 10, { storageKey: KEY })
  expect(contextOf(stream.events, [])).toHaveLength(1)
  stream.panel(reverted('not-started'))
  expect(contextOf(stream.events, [])).toHaveLength(0)
})

const total: EndingForced = {
  ...forced,
  ending: 'download-total-exceeded',
  by: { kind: 'total', downloadTotal: 1 },
}

test.each([forced, quota, total])(
  'a refused start has nothing to do with the next fetch: $ending',
  (body) => {
    const { panel, page, model, last } = createStream()
    panel(body, 10, { storageKey: KEY })
    panel(reverted('not-started'))
    expect(last()).toContain('the page refused the start, or did not answer')
    expect(last().includes('quota')).toBe(body === quota)
    page(observed.seen('h'))
    page(observed.failure('h', body.ending))
    const [fetch = expect.unreachable()] = model.fetches
    expect(fetch.forced).toBeNull()
    expect(outcomeOf(fetch)).toMatchObject({ by: 'unknown', text: `failed: ${body.ending}` })
  },
)

test('one that is started again with another ending has that one', () => {
  const { panel, page, model } = createStream()
  panel(total, 10, { storageKey: KEY })
  panel(reverted('not-started'))
  panel({ ...forced, command: 'd' }, 10, { storageKey: KEY })
  page(observed.seen('h'))
  expect(model.fetches[0]?.forced?.ending).toBe('bad-status')
})

test('of several choices the last is that of the fetch, also where its clock is a little behind', () => {
  const { panel, page, model } = createStream()
  panel(total, 10, { storageKey: KEY })
  const { at } = panel({ ...forced, command: 'd' }, 10, { storageKey: KEY })
  page(observed.seen('h'), 10, { at: at - 5 })
  expect(model.fetches[0]?.forced?.ending).toBe('bad-status')
})

import { expect, test } from 'vitest'
import type { FetchRecord } from '../../../protocol/attributes'
import { createStream, observed } from '../streams/events.fixture'
import { createAuditStream, entryOf, type Look, old, recordOf } from './audit.fixture'

const poster = entryOf(200)
const stored: Look = { items: [poster] }
const failed = [recordOf({ state: 'failed', status: null })]

/** Two fetches that have one URL, of which the first has ended, with this in storage at the end. */
function beside(
  look: Look = stored,
  result: 'success' | 'aborted' = 'success',
  record: Partial<FetchRecord> = {},
  id = 'two-22',
) {
  const stream = createStream()
  const one = createAuditStream('one-11', stream, 'one').seen({}, 1000)
  const two = createAuditStream(id, stream, 'two')
  const end = () =>
    one.ended(
      look,
      [recordOf(record)],
      result === 'success' ? observed.success('one') : observed.failure('one'),
    )
  const abort = (...looks: Parameters<typeof two.over>) =>
    two.settled(failed, observed.failure('two')).over(...looks)
  return { one, two, end, abort }
}

/** The second one is aborted afterwards, and finds this. */
function afterIt(site: ReturnType<typeof beside>, look: Look = stored) {
  site.two.seen()
  site.end()
  site.abort(look)
  return site.two.later(look)
}

test('an entry that a success with the same URL has stored is not said to be left by an aborted fetch', () => {
  const site = beside()
  const two = afterIt(site)
  expect(two.rules()).toEqual([])
  expect(two.verdict()).toMatchObject({
    kind: 'unknown',
    line: expect.stringMatching(
      /the fetch one-11 requested the same URL and may have stored this entry: media: .*1\.wav/,
    ),
  })
  expect(site.one.verdict().kind).toBe('stored')
})

test.each<[string, () => ReturnType<typeof afterIt>]>([
  ['was aborted itself', () => afterIt(beside(stored, 'aborted', { state: 'failed', status: null }))],
  ['has not stored it', () => afterIt(beside({}))],
  ['got another response', () => afterIt(beside(stored, 'success', { status: 206 }))],
  ['has another URL', () => afterIt(beside(stored, 'success', { url: 'https://pod.example/b' }))],
  [
    'had ended before the storage was read that it is compared with',
    () => {
      const site = beside()
      site.end()
      const look = { ...stored, baselineAt: 1_500_000 }
      site.two.stream.page(observed.progress('none', 0), 1_000_000)
      site.two.seen({ baselineAt: 1_500_000 })
      site.abort(look)
      return site.two.later(look)
    },
  ],
])('an entry is left by an aborted fetch where the other one of its URL %s', (_, story) => {
  expect(story().rules()).toEqual(['entry-left'])
})

test.each(['two-22', 'one-11'])('an entry that an earlier success has stored is not left by %s', (id) => {
  const site = beside(stored, 'success', {}, id)
  site.end()
  const look = { items: [old(poster)] }
  site.two.seen(look)
  site.abort(look)
  expect(site.two.later(look).verdict().kind).toBe('clean')
})

test('an entry that a success stores after the event of an aborted fetch is not said to come late', () => {
  const site = beside()
  site.two.seen()
  site.abort({})
  site.end()
  expect(site.two.later(stored).verdict()).toMatchObject({ kind: 'unknown', wrong: [], left: [] })
})

test('an entry of a fetch that still runs and has that response may be of that one', () => {
  const site = beside()
  site.two.seen()
  const { url } = recordOf()
  site.two.stream.page(observed.response('one', { url, status: 200 }))
  site.abort(stored)
  expect(site.two.later(stored).verdict()).toMatchObject({ kind: 'unknown', left: [] })
})

test('an entry that is removed after the event of an aborted fetch, and that a success may have stored, is not clean', () => {
  const site = beside({})
  site.two.seen()
  site.two.settled([recordOf()], observed.failure('two')).over(stored)
  site.one.settled([recordOf()], observed.success('one'))
  expect(site.two.later().verdict()).toMatchObject({
    kind: 'unknown',
    wrong: [],
    gaps: [expect.stringMatching(/one-11 .*1\.wav/)],
  })
})

test('of many successes of one URL, a snapshot remembers a few', () => {
  const stream = createStream()
  for (let n = 0; n < 30; n++) {
    createAuditStream(`many-${n}`, stream, `many-${n}`)
      .seen({}, 1000)
      .ended(stored, [recordOf()], observed.success(`many-${n}`))
  }
  const two = createAuditStream('two-22', stream, 'two').seen()
  two.settled(failed, observed.failure('two')).over(stored)
  expect(two.later(stored).verdict()).toMatchObject({
    kind: 'unknown',
    line: expect.stringMatching(/many-29/),
  })
  const { running, ended } = two.fetch().snapshots.final?.sharing ?? {}
  expect(running).toEqual([])
  expect([...(ended?.values() ?? [])].map((others) => others.map(({ id }) => id))).toEqual([
    ['many-29', 'many-28', 'many-27'],
  ])
})

const HOUR = 3_600_000
const isGone = (site: ReturnType<typeof beside>) => {
  site.one.requests({ records: [recordOf()] })
  site.one.stream.page(observed.gone('one', 'not-listed'))
}
const isClosed = (site: ReturnType<typeof beside>) => {
  site.one.settled([recordOf()], observed.success('one'))
  site.one.stream.page(observed.frameGone())
}

test.each<[string, (site: ReturnType<typeof beside>) => void, number, string]>([
  ['page was closed long before', isClosed, HOUR, 'left'],
  ['end was not observed, long before', isGone, HOUR, 'left'],
  ['page was closed shortly before', isClosed, 60_000, 'unknown'],
  ['end was not observed, shortly before', isGone, 60_000, 'unknown'],
])('a new entry of an aborted fetch beside one whose %s', (_, end, wait, kind) => {
  const site = beside()
  end(site)
  site.two.stream.page(observed.progress('none', 0), wait)
  const baselineAt = 1_000_000 + wait
  site.two.seen({ baselineAt })
  site.abort({ ...stored, baselineAt })
  expect(site.two.later({ ...stored, baselineAt }).verdict().kind).toBe(kind)
})

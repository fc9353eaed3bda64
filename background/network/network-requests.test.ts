import { expect, test } from 'vitest'
import { eventAt } from '../../protocol/events.fixture'
import { fetchSeen, fetchSettled, ORIGIN, steps } from './network.fixture'
import { DECIDED, GIVEN_UP, observed, pass, START, useFakeTime } from './observed-tab.fixture'

useFakeTime()

test('a request is of the fetch that has it, with the times at which it was observed', async () => {
  const { step, see, said, reported } = await observed({ a: ['/a.mp3', '/b.mp3'] })
  step(steps.sent('1', START), steps.response('1', START + 20))
  await pass(200)
  see(fetchSeen('a', START + 200))
  await pass(DECIDED)
  expect(said()).toEqual(['a request 1', 'a response 1'])
  step(steps.end('1', START + 900))
  expect(said().at(-1)).toBe('a end 1')
  expect(reported.slice(1).map(({ at }) => at - START)).toEqual([0, 20, 900])
})

test('the fragment of a URL is not sent', async () => {
  const { step, see, said } = await observed({ a: ['/a.mp3#t=10'] })
  see(fetchSeen('a', START))
  step(steps.sent('1', START))
  await pass(DECIDED)
  expect(said()).toEqual(['a request 1'])
})

test.each([
  ['another URL', steps.sent('1', START, '/other.mp3')],
  ['another method', steps.sent('1', START, '/a.mp3', { method: 'POST' })],
  ['another origin’s page', steps.sent('1', START, `${ORIGIN}/a.mp3`, { initiator: 'https://else.example' })],
  ['before the fetch can have begun', steps.sent('1', START - 6000)],
])('a request is of none: %s', async (_, sent) => {
  const { step, see, said } = await observed({ a: ['/a.mp3'] })
  see(fetchSeen('a', START))
  step(sent, steps.end('1', START + 10, 'net::ERR_FAILED'))
  await pass(GIVEN_UP)
  expect(said()).toEqual([])
})

test('one that is sent after the end of the fetch is not of it', async () => {
  const { step, see, said } = await observed({ a: ['/a.mp3'] })
  see(fetchSeen('a', START), fetchSettled('a', START + 10))
  step(steps.sent('1', START + 100))
  await pass(GIVEN_UP)
  expect(said()).toEqual([])
})

test('two fetches have the URL: it is said which ones, once it is over, and neither has it', async () => {
  const { step, see, said } = await observed({ a: ['/a.mp3'], b: ['/a.mp3'] })
  see(fetchSeen('a', START), fetchSeen('b', START))
  step(steps.sent('1', START), steps.response('1', START + 5, { status: 404 }))
  await pass(GIVEN_UP)
  expect(said()).toEqual([])
  step(steps.end('1', START + 7000))
  expect(said()).toEqual(['? a,b /a.mp3 404 '])
})

test('a fetch whose requests are not known may have it, so nobody has', async () => {
  const { step, see, said } = await observed({ a: ['/a.mp3'] })
  see(fetchSeen('a', START), fetchSeen('unread', START))
  step(steps.sent('1', START), steps.end('1', START + 5, 'net::ERR_FAILED'))
  await pass(GIVEN_UP)
  expect(said()).toEqual(['? a,unread /a.mp3 null net::ERR_FAILED'])
})

test('a fetch has each of its requests once, and two of one URL twice', async () => {
  const { step, see, said } = await observed({ a: ['/a.mp3', '/twice.mp3', '/twice.mp3'] })
  see(fetchSeen('a', START))
  step(
    steps.sent('1', START),
    steps.sent('2', START),
    steps.sent('3', START, '/twice.mp3'),
    steps.sent('4', START, '/twice.mp3'),
    steps.sent('5', START, '/twice.mp3'),
  )
  await pass(GIVEN_UP)
  expect(said()).toEqual(['a request 1', 'a request 3', 'a request 4'])
})

test('of two fetches of one ID, the second has what is sent after the end of the first', async () => {
  const { step, see, said } = await observed({ a: ['/a.mp3'], b: ['/a.mp3'] })
  see(fetchSeen('a', START, 'same'), fetchSettled('a', START + 100))
  see(fetchSeen('b', START + 300, 'same'))
  step(steps.sent('1', START + 10), steps.sent('2', START + 280))
  await pass(DECIDED + 300)
  expect(said()).toEqual(['a request 1', 'b request 2'])
})

test('a fetch that no page listed has the requests that its worker read', async () => {
  const { step, see, said } = await observed()
  const worker = { worker: 'w', event: 1 }
  see(
    eventAt(START, {
      type: 'worker-seen',
      worker: 'w',
      url: `${ORIGIN}/sw.js`,
      scope: `${ORIGIN}/`,
      state: 'activated',
      how: 'running',
    }),
  )
  step(steps.sent('1', START + 10), steps.end('1', START + 20, 'net::ERR_FAILED'))
  await pass(100)
  const { body: seen } = fetchSeen('x', START)
  if (seen.type !== 'fetch-seen') throw new Error('It is no fetch.')
  see(
    eventAt(START + 50, {
      type: 'dispatched',
      ...worker,
      name: 'backgroundfetchfail',
      id: 'x',
      attributes: seen.attributes,
      handlers: 1,
      isTrusted: true,
      asynchronous: false,
      cancelable: false,
      bubbles: false,
      location: null,
    }),
    eventAt(START + 60, {
      type: 'event-requests',
      ...worker,
      total: 1,
      requests: [{ method: 'GET', url: `${ORIGIN}/a.mp3`, headers: [], contentType: '' }],
    }),
  )
  await pass(DECIDED)
  expect(said()).toEqual(['unlisted:w:1 request 1', 'unlisted:w:1 end 1'])
})

test('one page is asked for the requests of a fetch once, whatever it answers', async () => {
  const { see, records } = await observed()
  see(fetchSeen('a', START))
  await pass(10)
  see(fetchSeen('b', START + 10))
  await pass(10)
  expect(records.mock.calls.map(([handle]) => handle)).toEqual(['a', 'b'])
})

test('without the permission nothing is listened to, asked or reported', async () => {
  const { see, records, source, reported } = await observed({ a: ['/a.mp3'] }, false)
  see(fetchSeen('a', START))
  await pass(GIVEN_UP)
  expect([source.listening, records.mock.calls.length, reported.length]).toEqual([0, 0, 0])
})

test('it begins when the permission is given, and ends when it is taken back or nobody looks', async () => {
  const { tab, source, observer, states } = await observed({}, false)
  source.available = true
  await observer.permissionsChanged()
  expect([source.listening, states()]).toEqual([1, [[true, false]]])
  source.available = false
  await observer.permissionsChanged()
  expect([source.listening, states().at(-1)]).toEqual([0, [false, true]])
  source.available = true
  await observer.permissionsChanged()
  tab.set(false)
  expect([source.listening, states().at(-1)]).toEqual([0, [false, false]])
})

test('a background that starts anew goes on with what the one before has attributed', async () => {
  const before = await observed({ a: ['/a.mp3'] })
  const seen = fetchSeen('a', START)
  before.see(seen)
  before.step(steps.sent('1', START))
  await pass(DECIDED)
  const after = await observed({ a: ['/a.mp3'] })
  after.tab.set(false)
  after.reported.length = 0
  after.tab.restore([seen, ...before.reported.map(({ body, at }) => eventAt(at, body, null))])
  after.tab.set(true)
  await pass(10)
  after.step(steps.end('1', START + 700), steps.sent('2', START + 700))
  await pass(GIVEN_UP)
  expect(after.said()).toEqual(['a end 1'])
  expect(after.states()).toEqual([])
})

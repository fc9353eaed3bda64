import { expect, test } from 'vitest'
import { createOpenEvents } from './open-events'
import { createWorkerRequests, MAX_REQUESTS, type RequestReport } from './worker-requests'

const stack = {
  callFrames: [{ functionName: 'tell', url: 'https://pod.example/sw.js', lineNumber: 11, columnNumber: 4 }],
}

const neverPaused = () => ({ look: async () => false, pausedSince: () => 0 })

function requests() {
  const reports: RequestReport[] = []
  const events = createOpenEvents(() => {}, neverPaused)
  const made = createWorkerRequests(events, (body) => reports.push(body))
  return {
    ...made,
    reports,
    events,
    begin: (event: number) => events.dispatched(event, Date.now()),
    returned: events.returned,
    finish(event: number) {
      events.done(event)
      made.done(event)
    },
    sent: (requestId: string, url = `https://pod.example/${requestId}`, more: object = {}) =>
      made.event('Network.requestWillBeSent', {
        requestId,
        request: { url, method: 'POST' },
        timestamp: 10,
        type: 'Fetch',
        initiator: { type: 'script', stack },
        ...more,
      }),
    answered: (requestId: string, status = 200) =>
      made.event('Network.responseReceived', { requestId, timestamp: 10.08, response: { status } }),
    failed: (requestId: string, more: object = {}) =>
      made.event('Network.loadingFailed', {
        requestId,
        timestamp: 10.5,
        errorText: 'net::ERR_CONNECTION_REFUSED',
        ...more,
      }),
  }
}

test('a request is reported with its answer, its place and how long it took', () => {
  const { begin, sent, answered, reports } = requests()
  begin(1)
  sent('a')
  expect(reports).toEqual([])
  answered('a', 500)
  expect(reports).toEqual([
    {
      type: 'worker-request',
      event: 1,
      method: 'POST',
      url: 'https://pod.example/a',
      status: 500,
      error: '',
      took: expect.closeTo(80),
      late: false,
      byListeners: true,
      location: { url: 'https://pod.example/sw.js', line: 12, column: 5, name: 'tell' },
    },
  ])
})

test('one that fails says why', () => {
  const { begin, sent, failed, reports } = requests()
  begin(1)
  sent('a')
  failed('a')
  sent('b')
  failed('b', { errorText: 'net::ERR_FAILED', corsErrorStatus: { corsError: 'MissingAllowOriginHeader' } })
  expect(reports).toMatchObject([
    { status: null, error: 'net::ERR_CONNECTION_REFUSED' },
    { status: null, error: 'net::ERR_FAILED (MissingAllowOriginHeader)' },
  ])
})

test('one that is redirected is one, and what fails in the middle of its body was answered', () => {
  const { begin, sent, answered, failed, reports } = requests()
  begin(1)
  sent('a')
  sent('a', 'https://pod.example/elsewhere', { redirectResponse: { status: 302 } })
  answered('a')
  failed('a')
  expect(reports).toMatchObject([{ url: 'https://pod.example/a', status: 200 }])
})

test.each([
  ['no event is open', false, {}],
  ['it is the browser’s question for CORS', true, { type: 'Preflight' }],
  ['it goes to no server', true, { request: { url: 'data:,x', method: 'GET' } }],
  ['it can’t be read', true, { request: null }],
])('nothing is reported where %s', (_, isOpen, more) => {
  const { begin, sent, answered, reports } = requests()
  if (isOpen) begin(1)
  sent('a', undefined, more)
  answered('a')
  expect(reports).toEqual([])
})

test('where two events are open, it is of the one whose listeners run, or of none', () => {
  const { begin, returned, sent, answered, reports } = requests()
  begin(1)
  returned(1)
  begin(2)
  sent('a')
  returned(2)
  sent('b')
  answered('a')
  answered('b')
  expect(reports).toMatchObject([{ event: 2 }, { event: null }])
})

test('one that is sent when the listeners have returned may be of something else', () => {
  const { begin, returned, sent, answered, reports } = requests()
  begin(1)
  sent('a')
  returned(1)
  sent('b')
  answered('b')
  answered('a')
  expect(reports).toMatchObject([
    { event: 1, byListeners: false },
    { event: 1, byListeners: true },
  ])
})

test('one that outlives its event is said to, then and when it is answered', () => {
  const { begin, sent, finish, answered, reports } = requests()
  begin(1)
  sent('a')
  finish(1)
  answered('a')
  expect(reports).toMatchObject([
    { event: 1, status: null, error: '', late: true },
    { event: 1, status: 200, late: true },
  ])
})

test('one that a listener has sent before the event was known is of it, and an earlier one is not', () => {
  const { events, event, sent, answered, began, reports } = requests()
  for (const [id, wallTime] of [
    ['earlier', 99.9],
    ['of it', 100.001],
  ] as const) {
    sent(id, undefined, { wallTime })
  }
  events.dispatched(1, 100_000)
  began(1, 100_000)
  answered('earlier')
  answered('of it')
  expect(event('Debugger.scriptParsed', {})).toBe(false)
  expect(reports).toMatchObject([{ event: 1, url: 'https://pod.example/of it', byListeners: false }])
})

test('one that was taken for another event that is open is of the one whose listener has sent it', () => {
  const { events, begin, returned, sent, answered, began, reports } = requests()
  begin(1)
  returned(1)
  sent('a', undefined, { wallTime: 100.001 })
  events.dispatched(2, 100_000)
  began(2, 100_000)
  answered('a')
  expect(reports).toMatchObject([{ event: 2, byListeners: false }])
})

test('one of no event that is known outlives the last one', () => {
  const { begin, returned, sent, finish, reports } = requests()
  for (const event of [1, 2]) {
    begin(event)
    returned(event)
  }
  sent('a')
  finish(1)
  expect(reports).toEqual([])
  finish(2)
  expect(reports).toMatchObject([{ event: null, late: true }])
})

test('of an event with many requests the first are reported, and the others counted', () => {
  const { begin, sent, answered, finish, reports } = requests()
  begin(1)
  for (let i = 0; i < MAX_REQUESTS + 7; i++) {
    sent(`r${i}`)
    answered(`r${i}`)
  }
  finish(1)
  expect(reports).toHaveLength(MAX_REQUESTS + 1)
  expect(reports.at(-1)).toEqual({ type: 'worker-requests-counted', event: 1, count: 7 })
})

test('of requests that never get an answer, a bounded number is remembered', () => {
  const { begin, sent, finish, answered, reports } = requests()
  for (let event = 1; event <= 20; event++) {
    begin(event)
    for (let i = 0; i < MAX_REQUESTS; i++) sent(`${event}-${i}`)
    finish(event)
  }
  const before = reports.length
  answered('1-0')
  expect(reports).toHaveLength(before)
  answered(`20-${MAX_REQUESTS - 1}`)
  expect(reports).toHaveLength(before + 1)
})

test('what has no answer when the run ends is reported once', () => {
  const { begin, sent, finish, end, reports } = requests()
  begin(1)
  sent('a')
  finish(1)
  begin(2)
  sent('b')
  end()
  end()
  expect(reports).toMatchObject([
    { event: 1, late: true },
    { event: 2, late: true },
  ])
})

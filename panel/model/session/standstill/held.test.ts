import { expect, test } from 'vitest'
import type { Body } from '../../../../protocol/events'
import type { Handle } from '../../../../protocol/handle'
import { createStream, observed } from '../../streams/events.fixture'
import { called } from '../calls.fixture'
import { standstillOf } from './standstill'

const CALLS = { producer: 'background-1' }
const OTHERS = 'other fetches of the origin come first'
const SERVER = 'the server can’t be reached, has not answered yet, or has sent very little'
const ORIGINS = 'fetches of two other origins run, and the browser runs no more at once'
const START = 'a frame or a worker started it'
const LOAD =
  'a tab is loading or was within the last 30 s, or one was closed within the last 5 min while its page had not come yet'

/** What is said to be possible of the fetch `episode`, after some seconds. */
function possible(stream: ReturnType<typeof createStream>, later = 5000): readonly string[] {
  const fetch = stream.model.fetches.find(({ id }) => id === 'episode') ?? expect.unreachable()
  const now = (stream.events.at(-1)?.at ?? 0) + later
  const [reason = ''] = standstillOf(fetch, stream.model, now)?.reasons ?? []
  return reason.replace(/^.* Known possible causes: (.*)\.$/, '$1').split('; ')
}

test('where nothing was observed all is possible', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  expect(possible(stream)).toEqual([
    SERVER,
    'the fetch is paused in the browser’s download list',
    'the browser is offline',
    LOAD,
    OTHERS,
    ORIGINS,
    START,
  ])
})

test('no other fetch comes first where all were listed and there is none', () => {
  const stream = createStream()
  stream.page(observed.frame())
  stream.page(observed.inventory())
  stream.page(observed.seen('h', { began: { after: 1, before: 2 } }))
  expect(possible(stream)).not.toContain(OTHERS)
  // One that is known to have begun later does not come first, one of the same look may.
  stream.page(observed.seen('h2', { id: 'later', began: { after: 2, before: 3 } }))
  expect(possible(stream)).not.toContain(OTHERS)
  stream.page(observed.seen('h3', { id: 'same', began: { after: 1, before: 2 } }))
  expect(possible(stream)).toContain(OTHERS)
  stream.page(observed.failure('h3'))
  expect(possible(stream)).not.toContain(OTHERS)
})

test('a page that could not list them, or is of another origin, says nothing of others', () => {
  const stream = createStream()
  stream.page(observed.frame(), 10, { storageKey: 'https://other.example', document: 'document-2' })
  stream.page(observed.inventory(), 10, { storageKey: 'https://other.example', document: 'document-2' })
  stream.page(observed.frame())
  stream.page(observed.seen('h'))
  expect(possible(stream)).toContain(OTHERS)
  stream.page(observed.inventory('h'))
  expect(possible(stream)).not.toContain(OTHERS)
  stream.page(observed.frame({ error: 'SecurityError' }))
  expect(possible(stream)).toContain(OTHERS)
})

test('neither a frame nor a worker started what the top page was seen to call', () => {
  for (const [framed, said] of [
    [false, false],
    [undefined, true],
  ] as const) {
    const stream = createStream()
    stream.page({ ...called('fetch'), ...(framed === false && { framed }) } as Body, 1, CALLS)
    stream.page(observed.seen('h'))
    expect(possible(stream).includes(START)).toBe(said)
  }
})

test('a load of a tab is possible, also where one was seen whose time is over: there may be others', () => {
  const stream = createStream()
  const handle = 'h' as Handle
  stream.page(observed.seen('h'))
  expect(possible(stream)).toContain(LOAD)
  stream.panel({ type: 'tabs-loading', handle, tabs: 1, own: false })
  stream.panel({ type: 'tabs-loaded', handle })
  expect(possible(stream, 40_000)).toContain(LOAD)
})

test('a server that was seen to answer has answered', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  const about = { handle: 'h' as Handle, request: 'r1' }
  stream.panel({ type: 'network-request', ...about, method: 'GET', url: 'https://pod.example/1.mp3' })
  expect(possible(stream)).toContain(SERVER)
  stream.panel({
    type: 'network-response',
    ...about,
    url: 'https://pod.example/1.mp3',
    status: 200,
    redirect: '',
    origin: null,
    allowOrigin: null,
    allowCredentials: null,
    contentLength: null,
    encoded: false,
  })
  expect(possible(stream)[0]).toBe('the server has sent very little')
})

test('a page that says that it is online may be offline all the same', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page({ type: 'connectivity', online: false })
  stream.page({ type: 'connectivity', online: true })
  expect(possible(stream)).toContain('the browser is offline')
})

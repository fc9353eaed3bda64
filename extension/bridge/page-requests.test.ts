import { expect, test, vi } from 'vitest'
import type { Handle } from '../../protocol/handle'
import type { NewFetch } from '../../protocol/new-fetch'
import type { Page } from './page'
import { createPageRequests } from './page-requests'
import { FakeFetch } from './platform.fixture'

const SCOPE = 'https://pod.example/'

function page(some: Partial<Page> = {}) {
  const registration = {
    scope: SCOPE,
    active: { postMessage: vi.fn() },
    installing: null as unknown,
    waiting: null,
    backgroundFetch: {
      getIds: vi.fn(async () => ['test-fetch']),
      fetch: vi.fn(async (...[id]: [string, readonly (string | Request)[], object]) =>
        new FakeFetch(id, [], {}).object(),
      ),
    },
    update: vi.fn(async () => {}),
    unregister: vi.fn(async () => true),
  }
  const started = vi.fn(async () => {})
  const fetched = vi.fn(async () => new Response('{}'))
  const ask = createPageRequests({
    url: 'https://pod.example/app?q=1#top',
    origin: 'https://pod.example',
    registrations: async () => [registration],
    registration: async () => undefined,
    fetch: fetched,
    requestsOf: () => undefined,
    started,
    report: () => {},
    itemDeleted: () => {},
    ...some,
  })
  return { ask, registration, fetched, started }
}

test('an update says whether it found another script', async () => {
  const { ask, registration } = page()
  // Another one has been waiting before.
  registration.installing = {}
  expect(await ask({ kind: 'update', scope: SCOPE }, 'a')).toEqual({ ok: true, changed: false })
  registration.update.mockImplementation(async () => {
    registration.installing = {}
  })
  expect(await ask({ kind: 'update', scope: SCOPE }, 'b')).toEqual({ ok: true, changed: true })
})

test('a command that comes again is done once, and answered again', async () => {
  const { ask, registration } = page()
  const once = await ask({ kind: 'unregister', scope: SCOPE }, 'a')
  expect(await ask({ kind: 'unregister', scope: SCOPE }, 'a')).toBe(once)
  expect(registration.unregister).toHaveBeenCalledTimes(1)
})

test('what the browser refuses is answered in its words', async () => {
  const { ask, registration } = page()
  registration.backgroundFetch.fetch.mockRejectedValue(new TypeError('There are too many active fetches.'))
  expect(await ask({ kind: 'test-fetch' }, 'a')).toEqual({
    ok: false,
    reason: 'rejected',
    detail: 'TypeError: There are too many active fetches.',
  })
})

test('a test fetch asks for the URL of the page, under a name that is free', async () => {
  const { ask, registration } = page()
  expect(await ask({ kind: 'test-fetch' }, 'a')).toEqual({ ok: true })
  expect(registration.backgroundFetch.fetch).toHaveBeenCalledWith(
    'test-fetch-2',
    ['https://pod.example/app?q=1'],
    { title: 'test-fetch-2' },
  )
})

test('a new fetch has the requests that were asked for, with their headers', async () => {
  const { ask, registration } = page()
  const requests = [
    { method: 'GET', url: `${SCOPE}a`, headers: [['x-mine', '1'] as [string, string]] },
    {
      method: 'POST',
      url: `${SCOPE}b`,
      headers: [],
      body: 'hello',
      options: { credentials: 'omit' as const },
    },
  ]
  const request = {
    kind: 'new-fetch',
    scope: SCOPE,
    id: 'again',
    title: 'Once more',
    requests,
    downloadTotal: 0,
    allow: false,
  } as const
  expect(await ask(request, 'a')).toEqual({ ok: true })
  expect(await ask({ ...request, downloadTotal: 9 }, 'b')).toEqual({ ok: true })
  expect(await ask({ ...request, scope: `${SCOPE}other/` }, 'c')).toMatchObject({ reason: 'no-worker' })
  expect(registration.backgroundFetch.fetch.mock.calls.map(([id, , options]) => [id, options])).toEqual([
    ['again', { title: 'Once more' }],
    ['again', { title: 'Once more', downloadTotal: 9 }],
  ])
  const [first, second] = registration.backgroundFetch.fetch.mock.calls[0]?.[1] ?? []
  expect(first).toMatchObject({ method: 'GET', url: `${SCOPE}a` })
  expect([...(first as Request).headers]).toEqual([['x-mine', '1']])
  expect(second).toMatchObject({ method: 'POST', url: `${SCOPE}b`, credentials: 'omit' })
  expect(await (second as Request).text()).toBe('hello')
})

test('a new fetch that does not fit its schema is not started', async () => {
  const { ask, registration } = page()
  const request = {
    ...({ kind: 'new-fetch', scope: SCOPE, id: 'a', title: 'a', downloadTotal: 0, allow: false } as const),
    requests: [{ method: 'GET', url: SCOPE, headers: [] }],
  }
  const one = { method: 'POST', url: SCOPE, headers: [] }
  const wrong: Partial<NewFetch>[] = [
    { requests: [] },
    { requests: Array.from({ length: 501 }, () => one) },
    { requests: [{ ...one, body: 'x'.repeat(2_000_001) }] },
    { requests: [JSON.parse('{ "method": "POST", "url": "/", "headers": [], "body": {} }')] },
    {
      requests: [
        JSON.parse('{ "method": "POST", "url": "/", "headers": [], "options": { "mode": "no-cors" } }'),
      ],
    },
    {
      requests: [
        JSON.parse('{ "method": "POST", "url": "/", "headers": [], "options": { "referrer": "" } }'),
      ],
    },
    { downloadTotal: -1 },
    { id: 'x'.repeat(16_385) },
    { id: '' },
  ]
  for (const [i, some] of wrong.entries()) {
    expect(await ask({ ...request, ...some }, `${i}`)).toEqual({
      ok: false,
      reason: 'bad-request',
      detail: '',
    })
  }
  expect(registration.backgroundFetch.fetch).not.toHaveBeenCalled()
  expect(await ask(request, 'good')).toEqual({ ok: true })
})

test('requests that a page has seen are given as they are, and otherwise not at all', async () => {
  const requests = [{ method: 'GET', url: SCOPE, headers: [] }]
  const { ask } = page({ requestsOf: (handle) => (handle === 'b:1' ? requests : undefined) })
  expect(await ask({ kind: 'seen-requests', handle: 'b:1' as Handle }, 'a')).toEqual({ ok: true, requests })
  expect(await ask({ kind: 'seen-requests', handle: 'b:2' as Handle }, 'b')).toEqual({ ok: true })
})

test('without a registration there is nothing to do it with', async () => {
  const { ask } = page({ registrations: async () => [] })
  for (const kind of ['update', 'unregister', 'start-worker'] as const) {
    expect(await ask({ kind, scope: SCOPE }, kind)).toMatchObject({ ok: false, reason: 'no-worker' })
  }
  expect(await ask({ kind: 'test-fetch' }, 't')).toMatchObject({ ok: false, reason: 'no-worker' })
})

test('texts are read of the own origin only, and not where a redirect leads', async () => {
  const { ask, fetched } = page()
  for (const url of [
    'https://other.example/sw.js.map',
    '//other.example/a',
    'data:,x',
    'https://',
    'blob:x',
  ]) {
    expect(await ask({ kind: 'text', url }, url)).toMatchObject({ ok: false, reason: 'foreign' })
  }
  expect(fetched).not.toHaveBeenCalled()
  expect(await ask({ kind: 'text', url: 'sw.js.map' }, 'own')).toEqual({ ok: true, text: '{}' })
  expect(fetched).toHaveBeenCalledWith(
    'https://pod.example/sw.js.map',
    expect.objectContaining({ redirect: 'error', credentials: 'same-origin' }),
  )
})

test('a text that is too long, or is not there, is none', async () => {
  const long = 'x'.repeat(20_000_001)
  const { ask } = page({
    fetch: async (url) => (url.endsWith('long') ? new Response(long) : new Response('', { status: 404 })),
  })
  expect(await ask({ kind: 'text', url: '/long' }, 'a')).toMatchObject({ ok: false, reason: 'too-long' })
  expect(await ask({ kind: 'text', url: '/none' }, 'b')).toMatchObject({ ok: false, detail: 'HTTP 404' })
})

test('a fetch that was started here is handed on at once', async () => {
  const { ask, started } = page()
  expect(await ask({ kind: 'test-fetch' }, 'a')).toEqual({ ok: true })
  expect(started).toHaveBeenCalledExactlyOnceWith(SCOPE, expect.objectContaining({ id: 'test-fetch-2' }))
})

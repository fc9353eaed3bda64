import { expect, test } from 'vitest'
import type { BackgroundForBridge } from '../../protocol/commands'
import { frameOf } from '../../protocol/events.fixture'
import type { Handle } from '../../protocol/handle'
import { portPair } from '../../wire/port.fixture'
import { rpcOverPort } from '../../wire/port-rpc'
import { asked, GRACE, joinBridge, machine, openedSession, openPanel, pass, TAB, tracer } from './tab.fixture'

test('a page that comes back while nobody watches is noted as gone when it is dropped', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.close()
  const [background, page] = portPair()
  session.acceptBridge(background, 'document-1')
  const rpc = rpcOverPort<BackgroundForBridge, object>(page, { setMode() {}, leave: () => page.disconnect() })
  await rpc.hello({ producer: 'bridge-1', origin: 'https://pod.example', ancestorOrigins: [] })
  await rpc.report([{ seq: 1, at: Date.now(), body: frameOf() }])
  await pass(GRACE)
  expect(eventTypes()).toEqual(['watch-started', 'watch-stopped', 'frame', 'frame-gone'])
})

test('an abort whose page went away before it answered is not said to be not called', async () => {
  const { start, store } = machine()
  const session = start()
  const panel = await openPanel(session)
  const [background, page] = portPair()
  session.acceptBridge(background, 'document-1')
  const rpc = rpcOverPort<BackgroundForBridge, object>(page, { setMode() {}, leave() {}, abort() {} })
  await rpc.hello({ producer: 'bridge-1', origin: 'https://pod.example', ancestorOrigins: [] })
  await pass()
  const asked = panel.rpc.abort('bridge-1:1' as Handle, 'command-1')
  await pass()
  page.disconnect()
  await pass()
  await asked
  expect(store.tabs.get(TAB)?.map(({ body }) => body)).toContainEqual(
    expect.objectContaining({
      type: 'abort-answered',
      outcome: expect.objectContaining({ kind: 'unanswered' }),
    }),
  )
})

test('a page whose port is dropped is not gone: its abort is passed on once more when it is back', async () => {
  asked.showsDocument.mockResolvedValue(true)
  const { eventTypes, session, panel, bridge: first } = await openedSession()
  const other = await joinBridge(session, 'bridge-2', 'document-2')
  void panel.rpc.abort('bridge-1:1' as Handle, 'command-1')
  await pass()
  first.drop()
  await pass(1000)
  expect(other.mode).toMatchObject({ lead: false })
  const back = await joinBridge(session)
  expect(back.aborted).toEqual(['bridge-1:1'])
  expect(back.mode).toMatchObject({ lead: true })
  await pass(GRACE)
  expect(eventTypes()).toEqual(['watch-started', 'abort-requested'])
})

test('a page whose port is dropped and does not come back is gone', async () => {
  asked.showsDocument.mockResolvedValue(true)
  const { eventTypes, panel, bridge } = await openedSession()
  void panel.rpc.abort('bridge-1:1' as Handle, 'command-1')
  await pass()
  bridge.drop()
  await pass(1000)
  expect(eventTypes()).not.toContain('frame-gone')
  await pass(GRACE)
  expect(eventTypes()).toEqual(['watch-started', 'abort-requested', 'frame-gone', 'abort-answered'])
})

test('a page that gets another bridge does not wait for the one that it had', async () => {
  asked.showsDocument.mockResolvedValue(true)
  const { start, eventTypes } = machine()
  const session = start()
  await openPanel(session)
  const before = await joinBridge(session)
  before.drop()
  await pass()
  const bridge = await joinBridge(session, 'bridge-2')
  await pass(100)
  expect(bridge.mode).toMatchObject({ lead: true })
  expect(eventTypes()).toEqual(['watch-started', 'frame-gone'])
})

test('an abort waits for the bridge of its fetch, which comes back late and after others', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  const handles = ['bridge-2:1', 'bridge-2:2'] as Handle[]
  for (const handle of handles) void panel.rpc.abort(handle, `abort ${handle}`)
  await pass(1500)
  const other = await joinBridge(session, 'bridge-1')
  await pass(1000)
  const own = await joinBridge(session, 'bridge-2')
  expect(own.aborted).toEqual(handles)
  expect(other.aborted).toEqual([])
  await pass(GRACE)
  expect(eventTypes()).not.toContain('abort-answered')
})

test('an abort whose bridge does not come back is reported as not called', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  await joinBridge(session, 'bridge-1')
  void panel.rpc.abort('bridge-2:1' as Handle, 'abort')
  await pass(GRACE)
  expect(eventTypes().filter((type) => type.startsWith('abort'))).toEqual([
    'abort-requested',
    'abort-answered',
  ])
})

test('a page is asked through a bridge of its storage key, and its answer is checked', async () => {
  const { panel, bridge } = await openedSession()
  const ask = (storageKey: string) => panel.rpc.askPage(storageKey, { kind: 'test-fetch' }, 'command-1')
  bridge.answer = { ok: true, extra: 1 }
  expect(await ask('https://pod.example')).toEqual({ ok: true })
  for (const answer of [null, 7, { ok: 1 }, { ok: false, reason: 'because', detail: '' }]) {
    bridge.answer = answer
    expect(await ask('https://pod.example')).toMatchObject({ ok: false, reason: 'bad-answer' })
  }
  const other = ask('https://other.example')
  await pass(GRACE)
  expect(await other).toMatchObject({ ok: false, reason: 'page-gone' })
})

test('bridges look seldom while the tracer reports fetches of their origin, and at once when it does', async () => {
  const session = machine().start()
  await openPanel(session, true)
  const bridge = await joinBridge(session)
  expect(bridge.mode).toMatchObject({ look: true, announcesNewFetches: false })
  expect([...(tracer.needs?.pages() ?? [])]).toEqual(['https://pod.example'])
  tracer.needs?.announced(new Set(['https://pod.example']))
  tracer.namedUrls = ['https://pod.example/app.js']
  tracer.needs?.namedUrlsChanged()
  await pass()
  expect(bridge.mode).toMatchObject({ look: true, announcesNewFetches: true, namedUrls: tracer.namedUrls })
  tracer.needs?.backgroundFetchTouched('https://other.example')
  await pass()
  expect(bridge.looked).toBe(0)
  tracer.needs?.backgroundFetchTouched('https://pod.example')
  await pass()
  expect(bridge.looked).toBe(1)
  tracer.needs?.announced(new Set(['https://other.example']))
  await pass()
  expect(bridge.mode).toMatchObject({ look: true, announcesNewFetches: false })
})

test('a bridge’s answer that is not what was asked for does not get to the panel', async () => {
  const { panel, bridge } = await openedSession()
  for (const answer of [null, 7, { ok: true }, { ok: true, total: 1e300, offset: 0, records: [] }]) {
    bridge.answer = answer
    expect(await panel.rpc.records('bridge-1:1' as Handle, 0, 10)).toMatchObject({ ok: false })
  }
  bridge.answer = { ok: true, total: 0, offset: 0, records: [], extra: 1 }
  expect(await panel.rpc.records('bridge-1:1' as Handle, 0, 10)).toEqual({
    ok: true,
    total: 0,
    offset: 0,
    records: [],
  })
})

test('a change of the storage that the tracer reports is passed on to the bridges of its origin', async () => {
  const { session, bridge } = await openedSession()
  await openPanel(session, true)
  const change = { type: 'storage-changed', kind: 'cache-list', name: '', store: '' } as const
  tracer.needs?.emit({ ...change, origin: 'https://other.example' })
  tracer.needs?.emit({ ...change, origin: 'https://pod.example' }, 1234)
  await pass()
  // A database that is only opened is reported as well.
  tracer.needs?.emit({ ...change, kind: 'indexeddb-list', origin: 'https://pod.example' }, 1235)
  await pass()
  expect(bridge.changes).toEqual([1234, 'list 1235'])
})

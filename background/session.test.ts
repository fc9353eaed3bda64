import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BackgroundForBridge, BackgroundForPanel, Orders } from '../protocol/commands'
import type { Handle } from '../protocol/handle'
import { KEEP_FOR } from '../protocol/kept'
import type { PageBody } from '../protocol/page-events'
import { portPair } from '../wire/port.fixture'
import { rpcOverPort } from '../wire/port-rpc'
import { showBadge } from './badge'
import { showsDocument } from './documents'
import { isIncognito } from './incognito'
import { injectFrame } from './injector'
import { createKeeping } from './keeping'
import { withMemory } from './kept-memory'
import { createSession, type Session } from './session'
import { type MemoryKeptStore, type MemoryStore, memoryKeptStore, memoryStore } from './session.fixture'
import type { TracerNeeds } from './tracer/tracer'

const traced = vi.hoisted(() => vi.fn())
const tracer = vi.hoisted(() => ({ needs: undefined as TracerNeeds | undefined, tells: false }))
vi.mock('./badge', () => ({ showBadge: vi.fn() }))
vi.mock('./documents', () => ({ showsDocument: vi.fn(async () => false) }))
vi.mock('./incognito', () => ({ isIncognito: vi.fn(async () => false) }))
vi.mock('./injector', () => ({ injectEverywhere: vi.fn(async () => {}), injectFrame: vi.fn(async () => {}) }))
vi.mock('./tracer/tracer', () => ({
  createTracer(_: number, needs: TracerNeeds) {
    tracer.needs = needs
    return {
      set: traced,
      stopWorker: vi.fn(),
      again: vi.fn(),
      navigated: vi.fn(),
      pagesChanged: vi.fn(),
      tells: () => tracer.tells,
    }
  },
}))

/** Longer than an end that was connected before gets to come back. */
const GRACE = 4000
const TAB = 7

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.clearAllMocks()
  vi.mocked(showsDocument).mockResolvedValue(false)
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms = 10) => vi.advanceTimersByTimeAsync(ms)

/** The extension's worker as it is started again and again over the same disk. */
function machine() {
  const store: MemoryStore = memoryStore()
  const kept: MemoryKeptStore = memoryKeptStore()
  const keeping = createKeeping(withMemory(kept))
  return {
    store,
    kept,
    keeping,
    start: () => createSession(TAB, store, keeping),
    told: () => (store.tabs.get(TAB) ?? []).map(({ body }) => body.type),
  }
}

async function openPanel(session: Session, trace = false) {
  const [background, panel] = portPair()
  session.acceptPanel(background)
  const rpc = rpcOverPort<BackgroundForPanel, object>(panel, { events() {} })
  await rpc.attach({ visible: true, trace, have: {} })
  await pass()
  return {
    rpc,
    leave: () => panel.disconnect(),
    async close() {
      panel.disconnect()
      // It might be coming back.
      await pass(GRACE)
    },
  }
}

async function joinBridge(session: Session, producer = 'bridge-1', document = 'document-1') {
  const [background, page] = portPair()
  const state = {
    orders: undefined as Orders | undefined,
    left: false,
    aborted: [] as string[],
    looked: 0,
    answer: null as unknown,
    drop: () => page.disconnect(),
  }
  session.acceptBridge(background, document)
  const rpc = rpcOverPort<BackgroundForBridge, object>(page, {
    orders(orders: Orders) {
      state.orders = orders
    },
    lookNow() {
      state.looked++
    },
    leave() {
      state.left = true
    },
    abort(handle: string) {
      state.aborted.push(handle)
    },
    records: () => state.answer,
  })
  await rpc.hello({ producer, origin: 'https://pod.example', ancestorOrigins: [] })
  await pass()
  return Object.assign(state, { rpc })
}

test('without a panel a tab that is not kept is let go of', async () => {
  const { start, told } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  expect(bridge.orders).toMatchObject({ lead: true, look: true })
  await panel.close()
  expect(bridge.left).toBe(true)
  expect(bridge.orders).toMatchObject({ lead: true, look: false })
  expect(told()).toEqual(['watch-started', 'watch-stopped'])
})

test('while it is kept, bridges stay and look, and the log says that it goes on', async () => {
  const { start, told } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setKeep(true, 'keep-1')
  await panel.rpc.setKeep(true, 'keep-2')
  expect(showBadge).toHaveBeenLastCalledWith(TAB, expect.any(Number))
  await panel.close()
  await pass(GRACE)
  expect(bridge).toMatchObject({ left: false, orders: { lead: true, look: true } })
  expect(told()).toEqual(['watch-started', 'keep-started', 'panel-left'])
  await bridge.rpc.report([{ seq: 1, at: Date.now(), body: { type: 'events-lost', count: 1 } }])
  await openPanel(session)
  expect(told()).toEqual(['watch-started', 'keep-started', 'panel-left', 'events-lost', 'watch-started'])
})

test('a hidden panel does not keep a kept tab from being looked at', async () => {
  const session = machine().start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setVisible(false)
  await pass()
  expect(bridge.orders?.look).toBe(false)
  await panel.rpc.setKeep(true, 'keep-3')
  await pass()
  expect(bridge.orders?.look).toBe(true)
})

test('a document that replaces another gets a bridge, and the badge is shown again', async () => {
  const { start, told } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.close()
  session.committed(0, 'https://pod.example/', true)
  await pass()
  expect(injectFrame).not.toHaveBeenCalled()
  const again = await openPanel(session)
  await again.rpc.setKeep(true, 'keep-4')
  await again.close()
  vi.mocked(showBadge).mockClear()
  session.committed(0, 'https://pod.example/', true)
  await pass()
  expect(injectFrame).toHaveBeenCalledWith(TAB, 0)
  expect(showBadge).toHaveBeenCalledWith(TAB, expect.any(Number))
  expect(told()).toContain('navigated')
})

test('a worker that is started again knows that the tab is kept, and sends nobody away', async () => {
  const { start, told } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setKeep(true, 'keep-5')
  traced.mockClear()
  const session = start()
  const bridge = await joinBridge(session)
  expect(bridge.orders?.look).toBe(true)
  await pass(GRACE)
  expect(bridge.left).toBe(false)
  // The panel was closed while nobody was there to see it.
  expect(told()).toEqual(['watch-started', 'keep-started', 'panel-left'])
  expect(traced).toHaveBeenLastCalledWith(true)
})

test('the tracer goes on as it was, and no longer than the recording', async () => {
  for (const on of [true, false]) {
    const session = machine().start()
    const panel = await openPanel(session, on)
    await panel.rpc.setKeep(true, 'keep-6')
    await panel.close()
    expect(traced).toHaveBeenLastCalledWith(on)
    await session.endKeep('switched-off')
    expect(traced).toHaveBeenLastCalledWith(false)
  }
})

test('tracing that is switched while the tab is kept stays as it was switched', async () => {
  const { start } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setKeep(true, 'keep-7')
  await panel.rpc.setTrace(false)
  await panel.close()
  expect(traced).toHaveBeenLastCalledWith(false)
  traced.mockClear()
  await joinBridge(start())
  await pass(GRACE)
  expect(traced).not.toHaveBeenCalledWith(true)
})

test('Cancel in the browser’s bar stands, also for a worker that is started again', async () => {
  const { start } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setKeep(true, 'keep-8')
  await panel.close()
  tracer.needs?.emit({ type: 'tracer', state: 'failed', reason: 'cancelled', detail: '' })
  traced.mockClear()
  await joinBridge(start())
  await pass(GRACE)
  expect(traced).not.toHaveBeenCalledWith(true)
})

test('Cancel beside an open panel stands when the panel is hidden and closed, until it is switched on', async () => {
  const { start } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setKeep(true, 'keep-9')
  tracer.needs?.emit({ type: 'tracer', state: 'failed', reason: 'cancelled', detail: '' })
  await panel.rpc.setVisible(false)
  await panel.close()
  traced.mockClear()
  const session = start()
  await joinBridge(session)
  await pass(GRACE)
  expect(traced).not.toHaveBeenCalledWith(true)
  const again = await openPanel(session, true)
  await again.rpc.setTrace(true)
  await again.close()
  expect(traced).toHaveBeenLastCalledWith(true)
})

test('a page that comes back while nobody watches is noted as gone when it is let go of', async () => {
  const { start, told } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.close()
  const [background, page] = portPair()
  session.acceptBridge(background, 'document-1')
  const rpc = rpcOverPort<BackgroundForBridge, object>(page, { orders() {}, leave: () => page.disconnect() })
  await rpc.hello({ producer: 'bridge-1', origin: 'https://pod.example', ancestorOrigins: [] })
  const frame: PageBody = {
    type: 'frame',
    url: 'https://pod.example/',
    top: true,
    secure: true,
    supported: true,
    permission: 'granted',
    scopes: [],
    error: '',
  }
  await rpc.report([{ seq: 1, at: Date.now(), body: frame }])
  await pass(GRACE)
  expect(told()).toEqual(['watch-started', 'watch-stopped', 'frame', 'frame-gone'])
})

test('an abort whose page went away before it answered is not said to be not called', async () => {
  const { start, store } = machine()
  const session = start()
  const panel = await openPanel(session)
  const [background, page] = portPair()
  session.acceptBridge(background, 'document-1')
  const rpc = rpcOverPort<BackgroundForBridge, object>(page, { orders() {}, leave() {}, abort() {} })
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
  vi.mocked(showsDocument).mockResolvedValue(true)
  const { start, told } = machine()
  const session = start()
  const panel = await openPanel(session)
  const first = await joinBridge(session)
  const other = await joinBridge(session, 'bridge-2', 'document-2')
  void panel.rpc.abort('bridge-1:1' as Handle, 'command-1')
  await pass()
  first.drop()
  await pass(1000)
  expect(other.orders).toMatchObject({ lead: false })
  const back = await joinBridge(session)
  expect(back.aborted).toEqual(['bridge-1:1'])
  expect(back.orders).toMatchObject({ lead: true })
  await pass(GRACE)
  expect(told()).toEqual(['watch-started', 'abort-requested'])
})

test('a page whose port is dropped and does not come back is gone', async () => {
  vi.mocked(showsDocument).mockResolvedValue(true)
  const { start, told } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  void panel.rpc.abort('bridge-1:1' as Handle, 'command-1')
  await pass()
  bridge.drop()
  await pass(1000)
  expect(told()).not.toContain('frame-gone')
  await pass(GRACE)
  expect(told()).toEqual(['watch-started', 'abort-requested', 'frame-gone', 'abort-answered'])
})

test('a page that gets another bridge does not wait for the one that it had', async () => {
  vi.mocked(showsDocument).mockResolvedValue(true)
  const { start, told } = machine()
  const session = start()
  await openPanel(session)
  const before = await joinBridge(session)
  before.drop()
  await pass()
  const bridge = await joinBridge(session, 'bridge-2')
  await pass(100)
  expect(bridge.orders).toMatchObject({ lead: true })
  expect(told()).toEqual(['watch-started', 'frame-gone'])
})

test('switched off beside a panel, it becomes a session, and the panel watches on', async () => {
  const { start, told, kept } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setKeep(true, 'keep-10')
  await panel.rpc.setKeep(false, 'keep-11')
  await panel.rpc.setKeep(false, 'keep-12')
  expect(bridge.left).toBe(false)
  expect(showBadge).toHaveBeenLastCalledWith(TAB, null)
  expect(told()).toEqual(['watch-started', 'keep-started', 'keep-ended'])
  const [made] = (await panel.rpc.keptSessions()).sessions
  expect(made).toMatchObject({ why: 'switched-off', events: 3 })
  const page = await panel.rpc.keptEvents(made?.id ?? '', 0)
  expect(page?.events).toMatchObject(told().map((type) => ({ body: { type } })))
  await panel.rpc.removeKept([made?.id ?? ''])
  expect(kept.all.size).toBe(0)
  await panel.close()
  expect(told().at(-1)).toBe('watch-stopped')
})

test('an incognito tab is kept while it is open, and leaves no session', async () => {
  vi.mocked(isIncognito).mockResolvedValueOnce(true)
  const { start, keeping } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setKeep(true, 'keep-13')
  await panel.close()
  expect(bridge.left).toBe(false)
  // Started again after the tab was gone, when nobody could tell any more.
  await start().closed()
  expect(await keeping.all()).toEqual([])
  expect((await keeping.sessions()).sessions).toEqual([])
})

test('switched off without a panel, nothing is watched any more', async () => {
  const { start, told, kept } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setKeep(true, 'keep-14')
  await panel.close()
  await session.endKeep('switched-off')
  expect(bridge.left).toBe(true)
  expect(told()).toEqual(['watch-started', 'keep-started', 'panel-left', 'keep-ended'])
  expect(kept.all.size).toBe(1)
  await session.endKeep('switched-off')
  expect(kept.all.size).toBe(1)
})

test('after three days it ends by itself', async () => {
  const { start, keeping } = machine()
  const panel = await openPanel(start())
  await panel.rpc.setKeep(true, 'keep-15')
  await panel.close()
  await pass(KEEP_FOR - 60_000)
  expect((await keeping.sessions()).sessions).toEqual([])
  await pass(60_000)
  expect((await keeping.sessions()).sessions).toMatchObject([{ why: 'too-long' }])
})

test('and also when the worker was stopped in between', async () => {
  const { start, keeping } = machine()
  const panel = await openPanel(start())
  await panel.rpc.setKeep(true, 'keep-16')
  vi.clearAllTimers()
  vi.setSystemTime(Date.now() + KEEP_FOR + 1)
  const bridge = await joinBridge(start())
  expect((await keeping.sessions()).sessions).toMatchObject([{ why: 'too-long' }])
  expect(bridge.left).toBe(true)
})

test('a tab that is closed leaves its session, and nothing is written about it any more', async () => {
  const { start, store, keeping } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.rpc.setKeep(true, 'keep-17')
  await session.closed()
  await store.remove(TAB)
  await panel.close()
  expect((await keeping.sessions()).sessions).toMatchObject([{ why: 'tab-closed' }])
  expect(store.tabs.get(TAB)).toBe(undefined)
})

test('a worker that was stopped between two writes makes the log and the recording agree', async () => {
  const { start, told, keeping, store } = machine()
  await keeping.put({ tabId: TAB, id: 'k', startedAt: Date.now(), trace: false, incognito: false })
  await openPanel(start())
  expect(told()).toEqual(['keep-started', 'watch-started'])
  const [keep] = await keeping.all()
  if (keep) await keeping.finish(keep, store.tabs.get(TAB) ?? [], 'switched-off')
  await openPanel(start())
  expect(told()).toEqual(['keep-started', 'watch-started', 'keep-ended', 'watch-stopped', 'watch-started'])
})

test('an abort waits for the bridge of its fetch, which comes back late and after others', async () => {
  const { start, told } = machine()
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
  expect(told()).not.toContain('abort-answered')
})

test('an abort whose bridge does not come back is told as not called', async () => {
  const { start, told } = machine()
  const session = start()
  const panel = await openPanel(session)
  await joinBridge(session, 'bridge-1')
  void panel.rpc.abort('bridge-2:1' as Handle, 'abort')
  await pass(GRACE)
  expect(told().filter((type) => type.startsWith('abort'))).toEqual(['abort-requested', 'abort-answered'])
})

test('bridges look seldom while the tracer tells of fetches of their origin, and at once when it does', async () => {
  const session = machine().start()
  await openPanel(session, true)
  const bridge = await joinBridge(session)
  expect(bridge.orders).toMatchObject({ look: true, told: false })
  expect([...(tracer.needs?.pages() ?? [])]).toEqual(['https://pod.example'])
  tracer.tells = true
  tracer.needs?.tellingChanged()
  await pass()
  expect(bridge.orders).toMatchObject({ look: true, told: true })
  tracer.needs?.stirred('https://other.example')
  await pass()
  expect(bridge.looked).toBe(0)
  tracer.needs?.stirred('https://pod.example')
  await pass()
  expect(bridge.looked).toBe(1)
  tracer.tells = false
  tracer.needs?.tellingChanged()
  await pass()
  expect(bridge.orders).toMatchObject({ look: true, told: false })
})

test('a panel that is loaded anew ends nothing: bridge, tracer and log go on', async () => {
  const { start, told } = machine()
  const session = start()
  const panel = await openPanel(session, true)
  const bridge = await joinBridge(session)
  panel.leave()
  await pass(1000)
  expect(bridge).toMatchObject({ left: false, orders: { look: true } })
  await openPanel(session, true)
  await pass(GRACE)
  expect(bridge).toMatchObject({ left: false, orders: { look: true } })
  expect(told()).toEqual(['watch-started'])
  expect(traced).not.toHaveBeenCalledWith(false)
})

test('a command that is given once more to the next background does nothing more', async () => {
  const { start, told } = machine()
  const first = await openPanel(start())
  await first.rpc.setKeep(true, 'on')
  await first.rpc.setKeep(false, 'off')
  await first.rpc.clear('clear')
  await pass()
  const before = told()
  const second = await openPanel(start())
  await second.rpc.setKeep(true, 'on')
  await second.rpc.clear('clear')
  await pass()
  const after = told().filter((type) => !/^watch/.test(type))
  expect(after).toEqual(before.filter((type) => !/^watch/.test(type)))
})

test('a bridge’s answer that is not what was asked for does not get to the panel', async () => {
  const { start } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
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

test('the person’s own Cancel of tracing stands for the next background, until they switch it on again', async () => {
  const { start } = machine()
  await openPanel(start(), true)
  tracer.needs?.emit({ type: 'tracer', state: 'failed', reason: 'cancelled', detail: '' })
  await pass()
  traced.mockClear()
  const panel = await openPanel(start(), true)
  expect(traced).not.toHaveBeenCalledWith(true)
  await panel.rpc.setTrace(true)
  await pass()
  expect(traced).toHaveBeenLastCalledWith(true)
})

test('a tab that gets another id hands on its events and its recording', async () => {
  const { store, keeping, start, told } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.rpc.setKeep(true, 'on')
  await panel.close()
  const handed = await session.handOver()
  expect(handed.keep).toMatchObject({ tabId: TAB })
  const before = told()
  const next = createSession(
    8,
    store,
    keeping,
    Promise.resolve({ ...handed, discarded: true, safe: () => {} }),
  )
  await pass()
  const events = (store.tabs.get(8) ?? []).map(({ body }) => body)
  expect(events.map(({ type }) => type)).toEqual([...before, 'tab-replaced'])
  expect(events.at(-1)).toEqual({ type: 'tab-replaced', discarded: true })
  expect(await keeping.all()).toMatchObject([{ tabId: 8 }])
  expect(showBadge).toHaveBeenLastCalledWith(8, expect.any(Number))
  await next.endKeep('switched-off')
  expect((await keeping.sessions()).sessions).toHaveLength(1)
})

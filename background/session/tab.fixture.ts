import { afterEach, beforeEach, vi } from 'vitest'
import type { BackgroundForBridge, BackgroundForPanel, BridgeMode } from '../../protocol/commands'
import type { SyntheticOutcome } from '../../protocol/synthetic-events'
import { portPair } from '../../wire/port.fixture'
import { rpcOverPort } from '../../wire/port-rpc'
import { showsDocument } from '../bridges/documents'
import { injectEverywhere, injectFrame } from '../bridges/injector'
import { isIncognito } from '../recording/incognito'
import { createRecordings } from '../recording/recordings'
import { withMemory } from '../recording/recordings-memory'
import { createTracer, type Tracer, type TracerNeeds } from '../tracer/tracer'
import { showBadge } from './badge'
import type { HandedOver } from './handed-over'
import { createSession, type Session } from './session'
import {
  type MemoryRecordingStore,
  type MemoryStore,
  memoryRecordingStore,
  memoryStore,
} from './session.fixture'

vi.mock('./badge', () => ({ showBadge: vi.fn() }))
vi.mock('./causes/browser-loads', () => ({
  browserLoads: { loading: async () => [], onLoaded: () => () => {} },
}))
vi.mock('./causes/browser-pages', () => ({ browserPages: { look: () => {}, inOtherTab: () => false } }))
vi.mock('../bridges/documents', () => ({ showsDocument: vi.fn() }))
vi.mock('../recording/incognito', () => ({ isIncognito: vi.fn() }))
vi.mock('../bridges/injector', () => ({ injectEverywhere: vi.fn(), injectFrame: vi.fn() }))
vi.mock('../tracer/tracer', () => ({ createTracer: vi.fn() }))

/** What the session asks of the browser. */
export const asked = {
  injectFrame: vi.mocked(injectFrame),
  isIncognito: vi.mocked(isIncognito),
  showBadge: vi.mocked(showBadge),
  showsDocument: vi.mocked(showsDocument),
}

/** What the session's tracer answers, and what it was asked. */
export const tracer = {
  needs: undefined as TracerNeeds | undefined,
  namedUrls: [] as readonly string[],
  aborts: [] as number[],
  /** Called when it is switched on or off. */
  set: vi.fn(),
  /** Until when a worker may have made calls that were not reported. */
  workerUntracedUntil: vi.fn((..._: Parameters<Tracer['workerUntracedUntil']>): number | null => null),
  /** Called with the events that the workers are to pause on. */
  setPauseOn: vi.fn(),
  /** Called with an origin and its quota. */
  limitRoom: vi.fn(async (_origin: string, _bytes: number | null) => {}),
  /** Called with the run of a worker and the ID of a fetch. */
  dispatchSynthetic: vi.fn(async (_worker: string, _id: string): Promise<SyntheticOutcome> => 'dispatched'),
}

/** Longer than an end that was connected before gets to come back. */
export const GRACE = 4000
export const TAB = 7

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.clearAllMocks()
  vi.mocked(showsDocument).mockResolvedValue(false)
  vi.mocked(isIncognito).mockResolvedValue(false)
  vi.mocked(injectEverywhere).mockResolvedValue(undefined)
  vi.mocked(injectFrame).mockResolvedValue(undefined)
  vi.mocked(createTracer).mockImplementation((_, needs) => {
    tracer.needs = needs
    return {
      set: tracer.set,
      stopWorker: vi.fn(),
      again: vi.fn(),
      setPauseOn: tracer.setPauseOn,
      navigated: vi.fn(),
      frameChanged: vi.fn(),
      callsCovered: async () => false,
      workerUntracedUntil: tracer.workerUntracedUntil,
      pagesChanged: vi.fn(),
      namedUrls: () => tracer.namedUrls,
      aborted: (at) => void tracer.aborts.push(at),
      thrownSince: async () => [],
      limitRoom: tracer.limitRoom,
      dispatchSynthetic: tracer.dispatchSynthetic,
    }
  })
})
afterEach(() => {
  vi.useRealTimers()
})

export const pass = (ms = 10) => vi.advanceTimersByTimeAsync(ms)

/** The extension's worker as it is started again and again over the same disk. */
export function machine() {
  const store: MemoryStore = memoryStore()
  const saved: MemoryRecordingStore = memoryRecordingStore()
  const recordings = createRecordings(withMemory(saved))
  return {
    store,
    saved,
    recordings,
    start: (tabId = TAB, before?: Promise<HandedOver>) => createSession(tabId, store, recordings, before),
    eventTypes: () => (store.tabs.get(TAB) ?? []).map(({ body }) => body.type),
  }
}

/** A panel of the tab, as the session sees it. */
export async function openPanel(session: Session, trace = false) {
  const [background, panel] = portPair()
  session.acceptPanel(background)
  const rpc = rpcOverPort<BackgroundForPanel, object>(panel, { events() {} })
  await rpc.attach({ visible: true, trace, pauseOn: [], have: {} })
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

/** A bridge in a document of the tab, and what it was asked to do. */
export async function joinBridge(session: Session, producer = 'bridge-1', document = 'document-1') {
  const [background, page] = portPair()
  const state = {
    mode: undefined as BridgeMode | undefined,
    left: false,
    aborted: [] as string[],
    looked: 0,
    changes: [] as (number | string)[],
    answer: null as unknown,
    drop: () => page.disconnect(),
  }
  session.acceptBridge(background, document)
  const rpc = rpcOverPort<BackgroundForBridge, object>(page, {
    setMode(mode: BridgeMode) {
      state.mode = mode
    },
    lookNow() {
      state.looked++
    },
    storageChanged(at: number, isList: boolean) {
      state.changes.push(isList ? `list ${at}` : at)
    },
    leave() {
      state.left = true
    },
    abort(handle: string) {
      state.aborted.push(handle)
    },
    records: () => state.answer,
    ask: () => state.answer,
  })
  await rpc.hello({ producer, origin: 'https://pod.example', ancestorOrigins: [] })
  await pass()
  return Object.assign(state, { rpc })
}

/** A session of a tab that a panel and a bridge are connected to. */
export async function openedSession() {
  const all = machine()
  const session = all.start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  return { ...all, session, panel, bridge }
}

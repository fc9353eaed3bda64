import { expect, test } from 'vitest'
import type { BackgroundForBridge, BridgeFunctions } from '../../protocol/commands'
import type { PageReport } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import type { PageBody } from '../../protocol/page-events'
import { portPair } from '../../wire/port.fixture'
import { rpcOverPort } from '../../wire/port-rpc'
import { acceptBridge, type Bridge, bridgeOf } from './bridges'

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5))
const hello = { producer: 'bridge-1', origin: 'https://pod.example', ancestorOrigins: [] }
const START = Date.now()
const lost: PageBody = { type: 'events-lost', count: 1 }
const report = (seq: number, body: unknown = lost) => ({ seq, at: START + seq, body }) as PageReport

function connect() {
  const [background, page] = portPair()
  const joined: Bridge[] = []
  const reported: { reports: readonly PageReport[]; refused: string }[] = []
  const left: Bridge[] = []
  const state = { save: Promise.resolve() }
  acceptBridge(background, 'document-1', undefined, {
    joined: (bridge) => joined.push(bridge),
    reported(_, reports, refused) {
      reported.push({ reports, refused })
      return state.save
    },
    coldStart: async () => 'not-stopped',
    left: (bridge) => left.push(bridge),
  })
  const aborted: unknown[] = []
  const rpc = rpcOverPort<BackgroundForBridge, BridgeFunctions>(page, {
    setMode() {},
    lookNow() {},
    looked: () => null,
    abort: (...args) => aborted.push(args),
    records: async () => ({ ok: false, problem: { kind: 'released' } }),
    snapshotFor() {},
    storageChanged() {},
    permission: async () => 'granted',
    ask: async () => ({ ok: true }),
    planAbort() {},
    removePlannedAbort() {},
    leave() {},
  })
  return { rpc, page, joined, reported, left, aborted, state }
}

test('a bridge that says hello joins with its document and storage key, and can be called', async () => {
  const { rpc, joined, aborted } = connect()
  await rpc.hello({ ...hello, ancestorOrigins: ['https://top.net'] })
  expect(joined).toMatchObject([
    { producer: 'bridge-1', document: 'document-1', storageKey: 'https://pod.example in https://top.net' },
  ])
  await joined[0]?.rpc.abort('bridge-1:1' as Handle, 'c')
  expect(aborted).toEqual([['bridge-1:1', 'c']])
})

test('nothing is accepted before hello, and nothing acknowledged', async () => {
  const { rpc, reported } = connect()
  expect(await rpc.report([report(1)])).toBe(0)
  expect(reported).toEqual([])
})

test.each([[null], ['bridge'], [{}], [{ producer: 7, ancestorOrigins: [] }], [{ producer: 'bridge-1' }]])(
  'a hello that is rubbish is none: %j',
  async (rubbish) => {
    const { rpc, joined, reported } = connect()
    await rpc.hello(rubbish as typeof hello)
    await rpc.report([report(1)])
    expect([joined, reported]).toEqual([[], []])
  },
)

test('a second hello is ignored', async () => {
  const { rpc, joined } = connect()
  await rpc.hello(hello)
  await rpc.hello({ ...hello, producer: 'bridge-2', origin: 'https://other.example' })
  expect(joined).toMatchObject([{ producer: 'bridge-1', storageKey: 'https://pod.example' }])
})

test('reports are acknowledged when they are safe, and not before', async () => {
  const { rpc, state } = connect()
  await rpc.hello(hello)
  let save = () => {}
  state.save = new Promise((resolve) => {
    save = resolve
  })
  let safe = 0
  const answer = rpc.report([report(1), report(2)]).then((seq) => {
    safe = seq
  })
  await settle()
  expect(safe).toBe(0)
  save()
  await answer
  expect(safe).toBe(2)
})

test('rubbish is refused and reported, and the good reports beside it are kept', async () => {
  const { rpc, reported } = connect()
  await rpc.hello(hello)
  const answer = await rpc.report([
    report(1),
    report(2, { type: 'no such type' }),
    report(3, { type: 'events-lost', count: 'many' }),
    null as unknown as PageReport,
    { seq: 1.5, at: 0, body: lost },
    report(6),
  ])
  expect(reported).toHaveLength(1)
  expect(reported[0]?.reports).toEqual([report(1), report(6)])
  expect(reported[0]?.refused).not.toBe('')
  expect(answer).toBe(6)
})

test('what a page may not say is refused: only the background and its panels say it', async () => {
  const { rpc, reported } = connect()
  await rpc.hello(hello)
  await rpc.report([report(1, { type: 'watch-stopped' }), report(2, { type: 'cleared' })])
  expect(reported[0]).toMatchObject({ reports: [], refused: expect.stringMatching(/./) })
})

test('texts beyond the protocol’s bounds are refused', async () => {
  const { rpc, reported } = connect()
  await rpc.hello(hello)
  const gone = { type: 'fetch-gone', handle: 'x'.repeat(2000), reason: 'not-listed' }
  await rpc.report([report(1, gone)])
  expect(reported[0]?.reports).toEqual([])
  expect(reported[0]?.refused.length).toBeLessThanOrEqual(500)
})

test('what a report has beside the protocol is left out', async () => {
  const { rpc, reported } = connect()
  await rpc.hello(hello)
  await rpc.report([{ ...report(1, { ...lost, extra: 1 }), producer: 'someone-else' } as PageReport])
  expect(reported[0]?.reports).toEqual([report(1)])
})

test.each([[null], [7], ['rubbish'], [{ length: 3 }]])(
  'a report that is no list is refused and troubles nobody: %j',
  async (rubbish) => {
    const { rpc, reported } = connect()
    await rpc.hello(hello)
    await rpc.report(rubbish as unknown as PageReport[]).catch(() => {})
    expect(reported).toEqual([{ reports: [], refused: expect.stringMatching(/./) }])
    expect(await rpc.report([report(1)])).toBe(1)
  },
)

test('a bridge that goes leaves, if it ever joined', async () => {
  const stranger = connect()
  stranger.page.disconnect()
  expect(stranger.left).toEqual([])
  const { rpc, page, joined, left } = connect()
  await rpc.hello(hello)
  page.disconnect()
  expect(left).toEqual(joined)
})

test('a handle leads to the bridge that gave it, and to no other', async () => {
  const one = connect()
  const ten = connect()
  await one.rpc.hello(hello)
  await ten.rpc.hello({ ...hello, producer: 'bridge-10' })
  const all = new Set([...one.joined, ...ten.joined])
  expect(bridgeOf(all, 'bridge-1:1' as Handle)).toBe(one.joined[0])
  expect(bridgeOf(all, 'bridge-10:1' as Handle)).toBe(ten.joined[0])
  expect(bridgeOf(all, 'bridge-2:1' as Handle)).toBe(undefined)
})

test('where the browser says a frame’s origin, the bridge’s word for it does not count', async () => {
  const [background, page] = portPair()
  const joined: Bridge[] = []
  acceptBridge(background, 'document-1', 'https://frame.example', {
    joined: (bridge) => joined.push(bridge),
    reported: async () => {},
    coldStart: async () => 'not-stopped',
    left: () => {},
  })
  const rpc = rpcOverPort<BackgroundForBridge, object>(page, {})
  await rpc.hello({ ...hello, origin: 'https://pod.example' })
  expect(joined.map(({ storageKey }) => storageKey)).toEqual(['https://frame.example'])
})

test.each([[1e300], [Number.NaN], [-1], [0], [START + 2 * 24 * 3_600_000]])(
  'a report of a time that is not near its arrival is refused: %s',
  async (at) => {
    const { rpc, reported } = connect()
    await rpc.hello(hello)
    expect(await rpc.report([{ ...report(1), at }, report(2)])).toBe(2)
    expect(reported).toEqual([{ reports: [report(2)], refused: expect.stringMatching(/./) }])
  },
)

test('more reports at once than a bridge keeps are cut, which is said', async () => {
  const { rpc, reported } = connect()
  await rpc.hello(hello)
  const many = Array.from({ length: 10_001 }, (_, i) => report(i + 1))
  expect(await rpc.report(many)).toBe(10_001)
  expect(reported[0]?.reports).toHaveLength(10_000)
  expect(reported[0]?.refused).toMatch(/more than 10000/)
})

test('what was refused is not asked for again, whatever stands at the end', async () => {
  const { rpc } = connect()
  await rpc.hello(hello)
  expect(await rpc.report([report(7, { type: 'rubbish' }), null as unknown as PageReport])).toBe(7)
})

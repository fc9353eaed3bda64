import { expect, test, vi } from 'vitest'
import type { Handle } from '../../protocol/handle'
import { enterPage, pass } from './page.fixture'
import { SCOPE } from './watching/watch.fixture'

test('a bridge says hello first, then what it sees, under handles that begin with its name', async () => {
  const { platform, hellos, reports, look } = await enterPage()
  expect(hellos).toMatchObject([{ origin: 'https://pod.example', ancestorOrigins: [] }])
  expect(reports).toEqual([])
  platform.start(SCOPE, 'episode')
  const handle = await look()
  expect(handle.startsWith(`${hellos[0]?.producer}:`)).toBe(true)
})

test('asked when it has looked, a bridge answers after it has reported what it saw', async () => {
  const { platform, current, of, look } = await enterPage()
  expect(await current().rpc.looked()).toBeNull()
  await look()
  platform.start(SCOPE, 'episode')
  await pass(300)
  expect(await current().rpc.looked()).toEqual({ since: expect.any(Number), until: expect.any(Number) })
  expect(of('fetch-seen')).toHaveLength(1)
})

test('a bridge in a page that comes back by the Back button begins anew, and once', async () => {
  const { platform, hellos, of, look, pageshow, listening, inject } = await enterPage()
  const before = listening()
  platform.start(SCOPE, 'episode')
  await look()
  await pageshow(false)
  await pageshow(true, false)
  expect(hellos).toHaveLength(1)
  await pageshow(true)
  await inject()
  await look()
  expect(hellos).toHaveLength(2)
  expect(hellos[1]?.producer).not.toBe(hellos[0]?.producer)
  expect(of('fetch-seen')).toMatchObject([{ id: 'episode' }, { id: 'episode', already: true }])
  expect(platform.fetchListeners).toBe(1)
  expect(listening()).toEqual(before)
})

test('a bridge that is put into a page again stays the only one', async () => {
  const { connections, inject } = await enterPage()
  await inject()
  expect(connections).toHaveLength(1)
})

test('abort() is called once and its answer reported; a second one is reported as failed', async () => {
  const { platform, current, of, look } = await enterPage()
  const fetch = platform.start(SCOPE, 'episode')
  const handle = await look()
  await current().rpc.abort(handle, 'c1')
  await current().rpc.abort(handle, 'c2')
  await pass()
  expect(fetch.active).toBe(false)
  await current().rpc.abort(handle, 'c3')
  await pass()
  expect(of('abort-answered')).toMatchObject([
    { handle, command: 'c1', outcome: { kind: 'resolved', value: true } },
    { handle, command: 'c2', outcome: { kind: 'resolved', value: false } },
    { handle, command: 'c3', outcome: { kind: 'already-finished' } },
  ])
  expect(of('settled')).toMatchObject([{ handle, attributes: { failureReason: 'aborted' } }])
})

test('a planned abort calls abort() at its moment, as the panel would', async () => {
  const { platform, current, of, look } = await enterPage()
  const fetch = platform.start(SCOPE, 'episode', { downloadTotal: 100 })
  const handle = await look()
  const moment = { kind: 'percent', percent: 50 } as const
  await current().rpc.planAbort({ command: 'p', target: { kind: 'fetch', handle }, moment, cold: false })
  fetch.progress(40)
  await pass()
  expect(fetch.active).toBe(true)
  fetch.progress(53)
  await pass()
  expect(fetch.active).toBe(false)
  expect(of('planned-abort-fired')).toMatchObject([
    { handle, command: 'p', downloaded: 53, downloadTotal: 100 },
  ])
  expect(of('abort-answered')).toMatchObject([
    { handle, command: 'p', outcome: { kind: 'resolved', value: true } },
  ])
})

test('with an abort planned, fetches are looked for although no panel is in front', async () => {
  const { platform, current, of, look } = await enterPage()
  await look()
  const away = { lead: true, look: false, announcesNewFetches: false, namedUrls: [] }
  const target = { kind: 'next', storageKey: 'https://pod.example', pattern: 'ep*' } as const
  const plan = { command: 'p', target, moment: { kind: 'time', ms: 0 }, cold: false } as const
  await current().rpc.setMode(away)
  const unnoticed = platform.start(SCOPE, 'before')
  await pass(2000)
  expect(of('fetch-seen')).toEqual([])
  unnoticed.unregister()
  await current().rpc.planAbort(plan)
  const fetch = platform.start(SCOPE, 'episode')
  await pass(2000)
  expect(fetch.active).toBe(false)
  const looks = platform.looks
  await pass(5000)
  expect(platform.looks).toBe(looks)
})

test('what was planned in a page that is left is not done when it comes back', async () => {
  const { platform, current, of, look, pageshow, pagehide } = await enterPage()
  const fetch = platform.start(SCOPE, 'episode')
  const handle = await look()
  const moment = { kind: 'time', ms: 1000 } as const
  await current().rpc.planAbort({ command: 'p', target: { kind: 'fetch', handle }, moment, cold: false })
  // A page's script can make the event.
  pagehide(false)
  expect(of('planned-abort-removed')).toEqual([])
  pagehide(true)
  await pass()
  await pageshow(true)
  await pass(5000)
  expect(fetch.active).toBe(true)
  expect(of('planned-abort-removed')).toMatchObject([{ command: 'p', why: 'not-followed' }])
})

test('an abort() that rejects is reported in the browser’s words', async () => {
  const { platform, current, of, look } = await enterPage()
  const fetch = platform.start(SCOPE, 'episode')
  const handle = await look()
  fetch.abort = () => Promise.reject(new TypeError('Something went wrong.'))
  await current().rpc.abort(handle, 'c1')
  await pass()
  expect(of('abort-answered')).toMatchObject([
    { outcome: { kind: 'rejected', error: 'TypeError: Something went wrong.' } },
  ])
})

test('records of a fetch that is not followed are released', async () => {
  const { current } = await enterPage()
  expect(await current().rpc.records('nobody:1' as Handle, 0, 10)).toEqual({
    ok: false,
    problem: { kind: 'released' },
  })
})

test('when the extension’s worker restarts, all that was not safe is reported again, after hello', async () => {
  const { platform, hellos, reports, state, current, look } = await enterPage()
  state.safe = false
  const fetch = platform.start(SCOPE, 'episode')
  await look()
  const before = reports.length
  expect(before).toBeGreaterThan(0)
  current().port.disconnect()
  fetch.progress(5)
  await pass(500)
  expect(new Set(hellos.map((hello) => hello.producer)).size).toBe(1)
  expect(hellos).toHaveLength(2)
  expect(reports.slice(before).map((report) => report.seq)).toEqual(
    Array.from({ length: before + 1 }, (_, i) => i + 1),
  )
  expect(reports.at(-1)?.body.type).toBe('progress')
})

test.each(['sent away', 'left by its extension'])(
  'a bridge that is %s leaves nothing behind',
  async (how) => {
    const { platform, reports, state, current, look, connections, listening } = await enterPage()
    expect(listening()).not.toEqual([])
    const fetch = platform.start(SCOPE, 'episode')
    await look()
    const before = reports.length
    if (how === 'sent away') await current().rpc.leave.asEvent()
    else {
      state.removed = true
      current().port.disconnect()
    }
    await pass(5000)
    fetch.progress(5)
    await pass(5000)
    expect(reports).toHaveLength(before)
    expect(platform.fetchListeners).toBe(0)
    expect(listening()).toEqual([])
    expect(connections).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
    expect('backgroundFetchBridge' in globalThis).toBe(false)
  },
)

import { expect, test } from 'vitest'
import type { Handle } from '../../protocol/handle'
import {
  asked,
  GRACE,
  joinBridge,
  machine,
  openedSession,
  openPanel,
  pass,
  TAB,
  traced,
  tracer,
} from './surroundings.fixture'

test('without a panel a tab that is not recorded is dropped', async () => {
  const { eventTypes, panel, bridge } = await openedSession()
  expect(bridge.mode).toMatchObject({ lead: true, look: true })
  await panel.close()
  expect(bridge.left).toBe(true)
  expect(bridge.mode).toMatchObject({ lead: true, look: false })
  expect(eventTypes()).toEqual(['watch-started', 'watch-stopped'])
})

test('Cancel in the browser’s bar stands, also for a worker that is started again', async () => {
  const { start } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setRecording(true, 'keep-8')
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
  await panel.rpc.setRecording(true, 'keep-9')
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

test('the tracer hears of an abort when it is asked for', async () => {
  const { start } = machine()
  const session = start()
  const panel = await openPanel(session)
  await joinBridge(session)
  tracer.aborts.length = 0
  void panel.rpc.abort('bridge-1:1' as Handle, 'command-1')
  await pass()
  expect(tracer.aborts).toHaveLength(1)
})

test('a panel that is loaded anew ends nothing: bridge, tracer and log go on', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session, true)
  const bridge = await joinBridge(session)
  panel.leave()
  await pass(1000)
  expect(bridge).toMatchObject({ left: false, mode: { look: true } })
  await openPanel(session, true)
  await pass(GRACE)
  expect(bridge).toMatchObject({ left: false, mode: { look: true } })
  expect(eventTypes()).toEqual(['watch-started'])
  expect(traced).not.toHaveBeenCalledWith(false)
})

test('a command that is given once more to the next background does nothing more', async () => {
  const { start, eventTypes } = machine()
  const first = await openPanel(start())
  await first.rpc.setRecording(true, 'on')
  await first.rpc.setRecording(false, 'off')
  await first.rpc.clear('clear')
  await pass()
  const before = eventTypes()
  const second = await openPanel(start())
  await second.rpc.setRecording(true, 'on')
  await second.rpc.clear('clear')
  await pass()
  const after = eventTypes().filter((type) => !/^watch/.test(type))
  expect(after).toEqual(before.filter((type) => !/^watch/.test(type)))
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
  const { store, recordings, start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.rpc.setRecording(true, 'on')
  await panel.close()
  const handed = await session.handOver()
  expect(handed.recording).toMatchObject({ tabId: TAB })
  const before = eventTypes()
  const next = start(8, Promise.resolve({ ...handed, discarded: true, safe: () => {} }))
  await pass()
  const events = (store.tabs.get(8) ?? []).map(({ body }) => body)
  expect(events.map(({ type }) => type)).toEqual([...before, 'tab-replaced'])
  expect(events.at(-1)).toEqual({ type: 'tab-replaced', discarded: true })
  expect(await recordings.all()).toMatchObject([{ tabId: 8 }])
  expect(asked.showBadge).toHaveBeenLastCalledWith(8, expect.any(Number))
  await next.endRecording('switched-off')
  expect((await recordings.sessions()).sessions).toHaveLength(1)
})

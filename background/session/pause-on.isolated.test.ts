import { expect, test } from 'vitest'
import { machine, openPanel, pass, tracer } from './tab.fixture'

const chosen = () => tracer.setPauseOn.mock.lastCall?.[0]

test('workers pause on the events that any panel has chosen, in one order', async () => {
  const session = machine().start()
  const one = await openPanel(session, true)
  const two = await openPanel(session, true)
  await one.rpc.setPauseOn(['backgroundfetchfail'])
  await two.rpc.setPauseOn(['backgroundfetchabort', 'backgroundfetchfail'])
  await pass()
  expect(chosen()).toEqual(['backgroundfetchabort', 'backgroundfetchfail'])
  await two.close()
  expect(chosen()).toEqual(['backgroundfetchfail'])
})

test('without a panel no worker pauses, at once and also where the tab is recorded', async () => {
  const panel = await openPanel(machine().start(), true)
  await panel.rpc.setRecording(true, 'recording-1')
  await panel.rpc.setPauseOn(['backgroundfetchabort'])
  await pass()
  expect(chosen()).toEqual(['backgroundfetchabort'])
  panel.leave()
  await pass()
  expect(chosen()).toEqual([])
})

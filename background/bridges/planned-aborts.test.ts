import { expect, test, vi } from 'vitest'
import type { Handle } from '../../protocol/handle'
import type { AbortPlan } from '../../protocol/planned-aborts'
import { memoryStore } from '../session/session.fixture'
import { createRecorder } from '../store/recorder'
import type { Bridge } from './bridges'
import { createPlannedAborts } from './planned-aborts'

const KEY = 'https://pod.example'
const plan: AbortPlan = {
  command: 'p',
  target: { kind: 'fetch', handle: 'b:1' as Handle },
  moment: { kind: 'first-byte' },
  cold: true,
}
const next: AbortPlan = { ...plan, command: 'n', target: { kind: 'next', storageKey: KEY, pattern: 'e*' } }

async function scene() {
  const recorder = createRecorder(1, memoryStore(), () => {})
  const planAbort = vi.fn(async (_: AbortPlan) => {})
  const removePlannedAbort = vi.fn(async (_: string) => {})
  const bridge = { producer: 'b', document: 'd', storageKey: KEY, rpc: { planAbort, removePlannedAbort } }
  const state: { bridge: Bridge | undefined } = { bridge: bridge as unknown as Bridge }
  const stopWorkers = vi.fn(async () => 'stopped' as const)
  const find = async () => state.bridge
  const aborts = createPlannedAborts({ recorder, reach: find, leaderOf: find, bridgeIn: find, stopWorkers })
  const { journal } = await recorder
  const types = () => journal.events.map(({ body }) => body.type)
  return {
    aborts,
    state,
    bridge: bridge as unknown as Bridge,
    planAbort,
    removePlannedAbort,
    stopWorkers,
    journal,
    types,
  }
}

test('a plan goes to its page and is on record once, with the document that holds it', async () => {
  const { aborts, planAbort, journal } = await scene()
  expect(await aborts.planAbort(plan)).toBe(true)
  expect(await aborts.planAbort(plan)).toBe(true)
  expect(await aborts.planAbort(next)).toBe(true)
  expect(planAbort.mock.calls.map(([{ command }]) => command)).toEqual(['p', 'p', 'n'])
  expect(journal.events).toMatchObject([
    { source: 'panel', document: 'd', body: { type: 'abort-planned', handle: 'b:1', command: 'p' } },
    { source: 'panel', document: 'd', body: { type: 'next-abort-planned', pattern: 'e*', command: 'n' } },
  ])
})

test('without a page nothing is planned, and one of another document does not take it over', async () => {
  const { aborts, state, bridge, planAbort, types } = await scene()
  state.bridge = undefined
  expect(await aborts.planAbort(plan)).toBe(false)
  expect(types()).toEqual([])
  state.bridge = bridge
  await aborts.planAbort(next)
  state.bridge = { ...bridge, document: 'd2' }
  expect(await aborts.planAbort(next)).toBe(false)
  expect(planAbort).toHaveBeenCalledTimes(1)
})

test('a plan whose port drops on the way is given once more', async () => {
  const { aborts, planAbort } = await scene()
  planAbort.mockRejectedValueOnce(new Error('connection-closed'))
  expect(await aborts.planAbort(plan)).toBe(true)
  expect(planAbort).toHaveBeenCalledTimes(2)
})

test('only the page that a cold abort was planned in has a worker stopped, and once', async () => {
  const { aborts, bridge, stopWorkers } = await scene()
  await aborts.planAbort({ ...plan, command: 'warm', cold: false })
  await aborts.planAbort(plan)
  expect(await aborts.coldStart(bridge, 'warm', `${KEY}/`)).toBe('not-stopped')
  expect(await aborts.coldStart(bridge, 'unknown', `${KEY}/`)).toBe('not-stopped')
  expect(await aborts.coldStart({ ...bridge, document: 'd2' }, 'p', `${KEY}/`)).toBe('not-stopped')
  expect(stopWorkers).not.toHaveBeenCalled()
  expect(await aborts.coldStart(bridge, 'p', `${KEY}/`)).toBe('stopped')
  expect(await aborts.coldStart(bridge, 'p', `${KEY}/`)).toBe('not-stopped')
  expect(stopWorkers.mock.calls).toEqual([[KEY, `${KEY}/`]])
})

test('a planned abort is removed by its page', async () => {
  const { aborts, removePlannedAbort } = await scene()
  await aborts.removePlannedAbort('p')
  expect(removePlannedAbort).not.toHaveBeenCalled()
  await aborts.planAbort(plan)
  await aborts.removePlannedAbort('p')
  expect(removePlannedAbort.mock.calls).toEqual([['p']])
})

import { expect, test, vi } from 'vitest'
import type { PanelFunctions } from '../../protocol/commands'
import { portPair } from '../../wire/port.fixture'
import { rpcOverPort } from '../../wire/port-rpc'
import { createPanels, type PanelActions } from './panels'

const actions = () =>
  ({
    missing: vi.fn(async () => {}),
    changed: vi.fn(),
    traceAgain: vi.fn(async () => {}),
    stopWorker: vi.fn(async () => null),
    abort: vi.fn(async () => {}),
    planAbort: vi.fn(async () => true),
    removePlannedAbort: vi.fn(async () => {}),
    noteSeries: vi.fn(async () => {}),
    dispatchSynthetic: vi.fn(async () => {}),
    records: vi.fn(async () => ({ ok: false, problem: { kind: 'released' } }) as const),
    askPage: vi.fn(async () => ({ ok: true }) as const),
    clear: vi.fn(async () => {}),
    retry: vi.fn(async () => {}),
    setRecording: vi.fn(async () => {}),
    savedRecordings: vi.fn(async () => ({ sessions: [], unreadable: 0, problem: null })),
    recordedEvents: vi.fn(async () => null),
    removeRecordings: vi.fn(async () => {}),
  }) satisfies PanelActions

test.each(['missing', 'changed', 'traceAgain'] as const)(
  'a panel calls commands, and not %s()',
  async (name) => {
    const given = actions()
    const [panel, background] = portPair()
    createPanels().accept(background, given)
    const rpc = rpcOverPort<typeof given, PanelFunctions>(panel, { events() {} })
    await rpc.clear()
    expect(given.clear).toHaveBeenCalledOnce()
    await expect(rpc.$call(name)).rejects.toThrow()
    expect(given[name]).not.toHaveBeenCalled()
  },
)

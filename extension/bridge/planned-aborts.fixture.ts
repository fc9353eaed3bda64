import { afterEach, beforeEach, vi } from 'vitest'
import type { FetchAttributes } from '../../protocol/attributes'
import { attributes } from '../../protocol/events.fixture'
import type { Handle } from '../../protocol/handle'
import type { PageBody } from '../../protocol/page-events'
import type { AbortMoment, AbortPlan, ColdStart } from '../../protocol/planned-aborts'
import { createPlannedAborts } from './planned-aborts'
import type { Follow } from './watching/follow'

/** Time passes only as a test says, in the tests of a file. */
export function useFakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
}

export const KEY = 'https://pod.example'
export const h = 'bridge-1:1' as Handle

export const attributesOf = (some: Partial<FetchAttributes>): FetchAttributes => ({
  ...attributes,
  downloadTotal: 1000,
  ...some,
})

/** Planned aborts in a bridge that reports what a test says. */
export function scene({
  coldStart = async () => 'stopped',
  requestsRead = async () => {},
}: {
  coldStart?: (command: string, scope: string) => Promise<ColdStart>
  requestsRead?: () => Promise<void>
} = {}) {
  const reports: PageBody[] = []
  const aborted: [Handle, string][] = []
  const changed = vi.fn()
  const follows = new Map<Handle, { attributes: FetchAttributes; settled: boolean }>()
  const aborts = createPlannedAborts({
    find(handle) {
      const one = follows.get(handle)
      return one && ({ scope: `${KEY}/`, settled: one.settled, registration: one.attributes } as Follow)
    },
    report: (body) => void reports.push(body),
    abort: (handle, command) => void aborted.push([handle, command]),
    requestsRead,
    coldStart,
    changed,
  })
  const set = (handle: Handle, some: Partial<FetchAttributes>, settled = false) => {
    const attributes = attributesOf({ ...follows.get(handle)?.attributes, ...some })
    follows.set(handle, { attributes, settled })
    return attributes
  }
  aborts.observe({ type: 'inventory', handles: [] })
  return {
    aborts,
    reports,
    aborted,
    changed,
    see(id = 'episode', some: Partial<FetchAttributes> = {}, handle = h) {
      const now = set(handle, some)
      aborts.observe({ type: 'fetch-seen', handle, scope: `${KEY}/`, id, attributes: now, already: false })
    },
    progress(some: Partial<FetchAttributes>, handle = h) {
      aborts.observe({ type: 'progress', handle, attributes: set(handle, some) })
    },
    response(ready: number) {
      const record = {} as Extract<PageBody, { type: 'response-ready' }>['record']
      aborts.observe({ type: 'response-ready', handle: h, ready, total: 5, record })
    },
    settle(handle = h) {
      aborts.observe({ type: 'settled', handle, attributes: set(handle, { result: 'success' }, true) })
    },
    plan(moment: AbortMoment, some: Partial<AbortPlan> = {}) {
      aborts.plan({ command: 'p', target: { kind: 'fetch', handle: h }, moment, cold: false, ...some })
    },
    planNext(pattern: string, moment: AbortMoment, command = 'p') {
      aborts.plan({ command, target: { kind: 'next', storageKey: KEY, pattern }, moment, cold: false })
    },
    fired: () => reports.filter(({ type }) => type === 'planned-abort-fired'),
    removed: () =>
      reports.flatMap((body) => (body.type === 'planned-abort-removed' ? [[body.command, body.why]] : [])),
  }
}

export const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

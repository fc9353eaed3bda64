import { afterEach, beforeEach, vi } from 'vitest'
import type { RecordsPage } from '../../protocol/attributes'
import type { SessionEvent } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import type { NetworkBody } from '../../protocol/network-events'
import { ORIGIN, recordsOf } from './network.fixture'
import { createNetworkRequests } from './network-requests'
import type { NetworkStep } from './network-step'
import { createRequestObserver } from './request-observer'

export const START = 1_000_000

/** Time passes only as a test says, in the tests of a file. */
export function useFakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
}

export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
/** After so long, in milliseconds, it is decided which fetch a request is of. */
export const DECIDED = 600
/** After so long, in milliseconds, a request that is of none is given up. */
export const GIVEN_UP = 6100

/** A tab whose requests are observed. `requests`: those of each fetch, where its page says which they are. */
export async function observed(requests: Readonly<Record<string, readonly string[]>> = {}, available = true) {
  let report: ((step: NetworkStep) => void) | undefined
  const source = {
    available,
    permitted: async () => source.available,
    listening: 0,
    listen(listener: (step: NetworkStep) => void) {
      report = listener
      source.listening++
      return () => {
        report = undefined
        source.listening--
      }
    },
  }
  const observer = createRequestObserver(source)
  const reported: { readonly body: NetworkBody; readonly at: number }[] = []
  const records = vi.fn(async (handle: Handle): Promise<RecordsPage> => {
    const urls = requests[handle]
    if (!urls) return { ok: false, problem: { kind: 'released' } }
    return { ok: true, total: urls.length, offset: 0, records: recordsOf(...urls) }
  })
  const tab = createNetworkRequests({
    observer,
    records,
    report: (body, at) => void reported.push({ body, at }),
    now: Date.now,
  })
  tab.set(true)
  await pass(1)
  return {
    tab,
    source,
    observer,
    records,
    step: (...all: readonly NetworkStep[]) => {
      for (const one of all) report?.(one)
    },
    see: (...events: readonly SessionEvent[]) => tab.recorded(events),
    /** What was reported of requests, in short. */
    said: () =>
      reported.flatMap(({ body }) => {
        switch (body.type) {
          case 'network-observed':
            return []
          case 'network-unattributed':
            return [
              `? ${body.handles.join(',')} ${body.url.replace(ORIGIN, '')} ${body.status} ${body.error}`,
            ]
          default:
            return [`${body.handle} ${body.type.replace('network-', '')} ${body.request}`]
        }
      }),
    states: () =>
      reported.flatMap(({ body }) => (body.type === 'network-observed' ? [[body.on, body.removed]] : [])),
    reported,
  }
}

import { afterEach, beforeEach, vi } from 'vitest'
import type { Body, BodyOf } from '../../protocol/events'
import { attributes } from '../../protocol/events.fixture'
import type { Forced } from '../../protocol/forced-endings'
import type { Handle } from '../../protocol/handle'
import type { PageAnswer } from '../../protocol/page-requests'
import { createRecorder } from '../store/recorder'
import { createForcedEndings } from './forced-endings'
import { memoryStore } from './session.fixture'

export const KEY = 'https://pod.example'
export const SCOPE = `${KEY}/`
export const h = 'b:1' as Handle
export const OK: PageAnswer = { ok: true }
export const QUOTA: Forced = { ending: 'quota-exceeded', by: { kind: 'quota', room: 1 } }
export const TOTAL: Forced = { ending: 'download-total-exceeded', by: { kind: 'total', downloadTotal: 1 } }
export const REQUEST: Forced = {
  ending: 'bad-status',
  by: { kind: 'request', method: 'GET', url: `${KEY}/none` },
}

export const seen = (id = 'talk-2', handle = h): Body => ({
  type: 'fetch-seen',
  ...{ handle, scope: SCOPE, id, already: false, attributes },
})
export const failed = (handle = h): Body => ({
  type: 'settled',
  handle,
  attributes: { ...attributes, result: 'failure', failureReason: 'bad-status' },
})
export const WORKER: Body = {
  type: 'worker-seen',
  ...{ worker: 'w', url: `${KEY}/sw.js`, scope: SCOPE, state: 'activated', how: 'started' },
}
export const EVENT: BodyOf<'dispatched'> = {
  type: 'dispatched',
  ...{ worker: 'w', event: 1, name: 'backgroundfetchfail', id: 'talk-2', attributes, location: null },
  ...{ handlers: 1, asynchronous: false, cancelable: false, bubbles: false, isTrusted: true },
}

/** A tab with the browser's rules and quotas, as its background changes them. */
export async function scene() {
  const quotas = new Map<string, number>()
  const store = memoryStore()
  const browser = { quotas, refuses: false, problem: '', left: true, slow: Promise.resolve() }
  const start = async () => {
    const recorder = createRecorder(1, store, (events) => endings.recorded(events))
    const endings = createForcedEndings({
      recorder,
      async limitRoom(origin, bytes) {
        if (browser.refuses) throw new Error('not attached')
        if (bytes === null && browser.problem) throw new Error(browser.problem)
        if (bytes === null) quotas.delete(origin)
        else {
          await browser.slow
          quotas.set(origin, bytes)
        }
      },
      leftBehindReverted: async () => browser.left,
    })
    const made = await recorder
    const note = (body: Body) => void made.note('page', body, { document: 'd', storageKey: KEY })
    const begin = (forced: Forced, answer: PageAnswer | Promise<PageAnswer> = OK, command = 'c') => {
      const ask = vi.fn(async () => answer)
      const request = {
        kind: 'new-fetch' as const,
        ...{
          scope: SCOPE,
          id: 'talk-2',
          title: 'talk-2',
          requests: [],
          downloadTotal: 0,
          allow: false,
          forced,
        },
      }
      return { ask, answered: endings.start(request, KEY, command, ask) }
    }
    const reverted = () =>
      made.journal.events.flatMap(({ body }) => (body.type === 'ending-reverted' ? [body.why] : []))
    return { endings, made, note, begin, reverted }
  }
  return Object.assign(browser, { start }, await start())
}

export const pass = (ms = 10) => vi.advanceTimersByTimeAsync(ms)
export const nothing = ({ quotas }: { quotas: Map<string, unknown> }) => quotas.size === 0

/** Time passes only as a test says, in the tests of a file. */
export function useFakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
}

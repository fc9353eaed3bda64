import type { FetchRecord } from '../../../protocol/attributes'
import type { Body, BodyOf } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import type { Fates, NewFile, NewRow, Stock, StoredEntry } from '../../../protocol/storage-events'
import { say, tell } from '../events.fixture'
import { audit, type Excuses, type Verdict } from './audit'

export const MEDIA = 'https://pod.example/media/1.wav'

export const rowOf = (key: string, value = key, some: Partial<NewRow> = {}): NewRow => ({
  database: 'pod',
  store: 'downloads',
  key,
  value,
  related: true,
  atFirstSight: false,
  ...some,
})

export const fileOf = (path: string, size = 10, some: Partial<NewFile> = {}): NewFile => ({
  path,
  size,
  related: true,
  atFirstSight: false,
  ...some,
})

export const entryOf = (status: number, some: Partial<StoredEntry> = {}): StoredEntry => ({
  cache: 'media',
  url: MEDIA,
  status,
  responseType: 'basic',
  size: 1000,
  before: false,
  ...some,
})

export const recordOf = (some: Partial<FetchRecord> = {}): FetchRecord => ({
  index: 0,
  method: 'GET',
  url: MEDIA,
  state: 'ready',
  status: 200,
  statusText: 'OK',
  responseType: 'basic',
  contentType: 'audio/wav',
  size: 1000,
  error: '',
  ...some,
})

export const usageOf = (caches = 0, indexedDB = 0, fileSystem = 0): NonNullable<Stock['usage']> => ({
  total: caches + indexedDB + fileSystem,
  details: { caches, indexedDB, fileSystem },
})

export type Look = Partial<Omit<Stock, 'type' | 'handle' | 'when'>>

const stockOf = (handle: string, when: Stock['when'], some: Look): Stock => ({
  type: 'stock',
  handle: handle as Handle,
  when,
  baseline: 'before',
  caches: [],
  entries: [],
  stores: [],
  rows: [],
  files: [],
  notifications: [],
  usage: usageOf(),
  usageBefore: usageOf(),
  cuts: [],
  took: 5,
  ...some,
})

const fatesOf = (handle: string, some: Partial<Fates>): Fates => ({
  type: 'fates',
  handle: handle as Handle,
  total: some.records?.length ?? 0,
  records: [],
  problem: '',
  ...some,
})

/** A fetch of the session and its stocks, told step by step; what is not said is right. For tests. */
export function tellAudit(id = 'episode', stream = tell(), handle = 'h') {
  const fetch = () => {
    const found = stream.model.fetches.find((one) => one.handle === handle)
    if (!found) throw new Error('No such fetch.')
    return found
  }
  const told = {
    stream,
    fetch,
    seen(look: Look = {}, arrived = 500) {
      stream.page(say.seen(handle, { id }))
      stream.page(say.progress(handle, arrived))
      stream.page(stockOf(handle, 'seen', look), 100)
      return told
    },
    look(when: Stock['when'], look: Look = {}, wait = 100) {
      stream.page(stockOf(handle, when, look), wait)
      return told
    },
    settled(records: readonly FetchRecord[] = [], body: Body = say.failure(handle)) {
      stream.page(body, 200)
      stream.page(fatesOf(handle, { records: [...records] }))
      return told
    },
    fates(some: Partial<Fates>) {
      stream.page(fatesOf(handle, some))
      return told
    },
    /** Its event in the worker, as the tracer saw it. */
    event(some: Partial<BodyOf<'dispatched'>> = {}, steps: readonly Body[] = []) {
      const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
      const run = { worker: 'w', event: 1 }
      const put = (body: Body) => stream.page(body, 1, about)
      put({
        type: 'worker-seen',
        worker: 'w',
        url: 'https://pod.example/sw.js',
        scope: fetch().scope,
        state: 'activated',
        how: 'started',
      })
      put({
        type: 'dispatched',
        ...run,
        name: 'backgroundfetchabort',
        id,
        attributes: fetch().attributes,
        cancelable: false,
        bubbles: false,
        isTrusted: true,
        handlers: 1,
        asynchronous: false,
        location: null,
        ...some,
      })
      for (const step of steps) put(step)
      put({ type: 'event-done', ...run, promises: 0, rejected: 0 })
      return told
    },
    over(look: Look = {}) {
      stream.page(say.over(handle))
      return told.look('over', look)
    },
    later: (look: Look = {}) => told.look('later', look, 1500),
    /** Settled, over, and looked at twice, the same both times. */
    ended(look: Look = {}, records: readonly FetchRecord[] = [], body?: Body) {
      return told.settled(records, body).over(look).later(look)
    },
    verdict(excuses?: Excuses): Verdict {
      const verdict = audit(fetch(), excuses)
      if (!verdict) throw new Error('It has not settled.')
      return verdict
    },
    /** Rules that found something. */
    rules: (excuses?: Excuses) => told.verdict(excuses).findings.map(({ rule }) => rule),
  }
  return told
}

const run = { worker: 'w', event: 1 }
const thrown = { message: 'Error: on purpose', stack: '' }

/** Steps of a traced event. */
export const step = {
  waitUntil: (given: BodyOf<'wait-until'>['given'] = 'promise', n = 1): Body => ({
    type: 'wait-until',
    ...run,
    n,
    given,
    location: null,
  }),
  rejected: (n = 1): Body => ({ type: 'promise-settled', ...run, n, error: thrown }),
  fulfilled: (n = 1): Body => ({ type: 'promise-settled', ...run, n, error: null }),
  refused: (): Body => ({ type: 'wait-until-refused', ...run, error: thrown, location: null }),
  threw: (): Body => ({ type: 'exception', ...run, byHandler: true, error: thrown, location: null }),
}

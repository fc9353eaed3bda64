import type { FetchRecord } from '../../../protocol/attributes'
import type { Body, BodyOf } from '../../../protocol/events'
import { dispatchedOf } from '../../../protocol/events.fixture'
import type { Handle } from '../../../protocol/handle'
import type { RequestOutcomes, StorageSnapshot } from '../../../protocol/storage-events'
import type { ItemOf, StorageItem } from '../../../protocol/storage-items'
import { describe } from '../describe/describe'
import { endEvent } from '../session/fetch-phase'
import { createStream, observed } from '../streams/events.fixture'
import type { SiteSettings } from './site-settings'
import { audit, type Verdict } from './verdict'

export const MEDIA = 'https://pod.example/media/1.wav'
/** The clock of `tell()` starts a little later: what was seen then is older than every fetch. */
export const LONG_AGO = 900_000

/** Of every body: those of one size hold the same bytes where a test says nothing else. */
export const DIGEST = 7

/** A Blob or buffer in a row. */
export const bodyOf = (size: number, digest: number | null = DIGEST) => ({ size, digest })

type Some<K extends StorageItem['kind']> = Partial<Omit<ItemOf<K>, 'kind'>>

/** What an item says that the fetch wrote: new, and naming it. */
const own = { change: 'added', mentions: true, firstSeen: 1_001_000, mayBeOlder: false } as const

export const rowOf = (key: string, value = key, some: Some<'row'> = {}): ItemOf<'row'> => ({
  kind: 'row',
  database: 'pod',
  store: 'downloads',
  key,
  value,
  size: 0,
  bodies: [],
  ...own,
  ...some,
})

export const fileOf = (path: string, size = 10, some: Some<'file'> = {}): ItemOf<'file'> => ({
  kind: 'file',
  path,
  size,
  digest: DIGEST,
  ...own,
  ...some,
})

export const entryOf = (status: number, some: Some<'cache-entry'> = {}): ItemOf<'cache-entry'> => ({
  kind: 'cache-entry',
  cache: 'media',
  url: MEDIA,
  method: 'GET',
  status,
  responseType: 'basic',
  size: 1000,
  digest: DIGEST,
  contentLength: 1000,
  ...own,
  ...some,
})

export const notificationOf = (
  tag: string,
  title: string,
  some: Some<'notification'> = {},
): ItemOf<'notification'> => ({ kind: 'notification', tag, title, ...own, ...some })

/** A key of localStorage. */
export const keyOf = (key: string, value = key): ItemOf<'local-storage' | 'session-storage'> => ({
  kind: 'local-storage',
  key,
  value,
  length: value.length,
  ...own,
})

/** The same item as somebody else wrote it. */
export const foreign = <T extends StorageItem>(item: T): T => ({ ...item, mentions: false })
/** The same item as it was before the fetch. */
export const old = <T extends StorageItem>(item: T): T => ({ ...item, change: 'same', firstSeen: LONG_AGO })
export const changed = <T extends StorageItem>(item: T): T => ({
  ...item,
  change: 'changed',
  firstSeen: LONG_AGO,
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
  contentLength: 1000,
  encoded: false,
  bodySize: null,
  bodyDigest: DIGEST,
  redirected: false,
  responseUrl: '',
  needsPreflight: null,
  error: '',
  ...some,
})

export const usageOf = (
  caches = 0,
  indexedDB = 0,
  fileSystem = 0,
): NonNullable<StorageSnapshot['usage']> => ({
  total: caches + indexedDB + fileSystem,
  details: { caches, indexedDB, fileSystem },
})

export type Look = Partial<Omit<StorageSnapshot, 'type' | 'handle' | 'when' | 'items'>> & {
  readonly items?: readonly StorageItem[]
}

/** A snapshot of the storage; what is not given is as it should be. */
export const snapshotOf = (
  handle: string,
  when: StorageSnapshot['when'],
  { items = [], ...some }: Look,
): StorageSnapshot => ({
  type: 'storage-snapshot',
  handle: handle as Handle,
  when,
  baseline: 'before',
  baselineAt: LONG_AGO,
  items: [...items],
  removed: [],
  counts: [],
  usage: usageOf(),
  usageBefore: usageOf(),
  gaps: [],
  took: 5,
  ...some,
})

const requestsOf = (handle: string, some: Partial<RequestOutcomes>): RequestOutcomes => ({
  type: 'request-outcomes',
  handle: handle as Handle,
  total: some.records?.length ?? 0,
  records: [],
  problem: null,
  ...some,
})

/** A fetch of the session and its snapshots, step by step; what is not given is right. For tests. */
export function createAuditStream(id = 'episode', stream = createStream(), handle = 'h') {
  const fetch = () => {
    const found = stream.model.fetches.find((one) => one.handle === handle)
    if (!found) throw new Error('No such fetch.')
    return found
  }
  const story = {
    stream,
    fetch,
    seen(look: Look = {}, arrived = 500) {
      stream.page(observed.seen(handle, { id }))
      stream.page(observed.progress(handle, arrived))
      stream.page(snapshotOf(handle, 'started', look), 100)
      return story
    },
    look(when: StorageSnapshot['when'], look: Look = {}, wait = 100) {
      stream.page(snapshotOf(handle, when, look), wait)
      return story
    },
    settled(records: readonly FetchRecord[] = [], body: Body = observed.failure(handle)) {
      stream.page(body, 200)
      stream.page(requestsOf(handle, { records: [...records] }))
      return story
    },
    requests(some: Partial<RequestOutcomes>) {
      stream.page(requestsOf(handle, some))
      return story
    },
    /** Its event in the worker, as the tracer saw it. */
    event(some: Partial<BodyOf<'dispatched'>> = {}, steps: readonly Body[] = [], done = true) {
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
      const { attributes } = fetch()
      put(dispatchedOf({ ...run, name: endEvent(attributes), id, attributes, ...some }))
      for (const step of steps) put(step)
      if (!done) return story
      const count = (is: (body: Body) => boolean) => steps.filter(is).length
      const promises = count(({ type }) => type === 'wait-until')
      const rejected = count((body) => body.type === 'promise-settled' && body.error !== null)
      put({ type: 'handler-returned', ...run, ran: null })
      put({ type: 'event-done', ...run, promises, rejected })
      return story
    },
    over(look: Look = {}) {
      stream.page(observed.over(handle))
      return story.look('event-ended', look)
    },
    later: (look: Look = {}) => story.look('final', look, 1500),
    /** Settled, over, and looked at twice, the same both times. */
    ended(look: Look = {}, records: readonly FetchRecord[] = [], body?: Body) {
      return story.settled(records, body).over(look).later(look)
    },
    verdict(settings?: SiteSettings): Verdict {
      const verdict = audit(fetch(), settings)
      if (!verdict) throw new Error('It was not compared.')
      return verdict
    },
    /** Rules that found something. */
    rules(settings?: SiteSettings) {
      const { wrong, left, unmatched, removed } = story.verdict(settings)
      return [...new Set([...wrong, ...left, ...unmatched, ...removed].map(({ rule }) => rule))]
    },
    /** The rows of its verdicts in words, as they stand alone or in the log. */
    said: (listed = false) =>
      stream.model.rows
        .filter((row) => row.kind === 'verdict' && row.fetch === fetch())
        .map((row) => {
          const { name, text } = describe(row, undefined, listed)
          return `${name}: ${text}`
        }),
  }
  return story
}

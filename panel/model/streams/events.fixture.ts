import type { FetchAttributes, FetchRecord } from '../../../protocol/attributes'
import type { Body, BodyOf, SessionEvent } from '../../../protocol/events'
import { frameOf } from '../../../protocol/events.fixture'
import type { Handle } from '../../../protocol/handle'
import { describe } from '../describe/describe'
import { createModel, type Model } from '../session/fold'
import type { RowKind } from '../session/row-kind'
import type { View } from '../session/session-view'
import type { Row } from '../session/view'

export const KEY = 'https://pod.example'
export const SCOPE = 'https://pod.example/'

export const attributesOf = (some: Partial<FetchAttributes> = {}): FetchAttributes => ({
  uploadTotal: 0,
  uploaded: 0,
  downloadTotal: 1000,
  downloaded: 0,
  result: '',
  failureReason: '',
  recordsAvailable: true,
  ...some,
})

type Outcome = BodyOf<'abort-answered'>['outcome']

/** What producers say, in short. For tests. */
export const observed = {
  seen: (
    handle: string,
    some: Partial<BodyOf<'fetch-seen'>> = {},
    read: Partial<FetchAttributes> = {},
  ): Body => ({
    type: 'fetch-seen',
    handle: handle as Handle,
    scope: SCOPE,
    id: 'episode',
    already: false,
    attributes: attributesOf(read),
    ...some,
  }),
  progress: (handle: string, downloaded: number, read: Partial<FetchAttributes> = {}): Body => ({
    type: 'progress',
    handle: handle as Handle,
    attributes: attributesOf({ downloaded, ...read }),
  }),
  response: (handle: string, some: Partial<FetchRecord> = {}, ready = 1): Body => ({
    type: 'response-ready',
    handle: handle as Handle,
    ready,
    total: 3,
    record: {
      index: 0,
      method: 'GET',
      url: `${SCOPE}1.mp3`,
      state: 'ready',
      status: 200,
      statusText: 'OK',
      responseType: 'basic',
      contentType: 'audio/mpeg',
      contentLength: 2000,
      encoded: false,
      bodySize: null,
      bodyDigest: null,
      redirected: false,
      responseUrl: '',
      needsPreflight: null,
      error: '',
      ...some,
    },
  }),
  settled: (handle: string, read: Partial<FetchAttributes>): Body => ({
    type: 'settled',
    handle: handle as Handle,
    attributes: attributesOf(read),
  }),
  success: (handle: string, downloaded = 1000): Body =>
    observed.settled(handle, { result: 'success', downloaded }),
  failure: (handle: string, failureReason: FetchAttributes['failureReason'] = 'aborted'): Body =>
    observed.settled(handle, { result: 'failure', failureReason }),
  over: (handle: string, uncertainty = 5, unregistered?: true): Body => ({
    type: 'event-over',
    handle: handle as Handle,
    uncertainty,
    ...(unregistered && { unregistered }),
  }),
  gone: (handle: string, reason: BodyOf<'fetch-gone'>['reason'] = 'unregistered'): Body => ({
    type: 'fetch-gone',
    handle: handle as Handle,
    reason,
  }),
  inventory: (...handles: string[]): Body => ({ type: 'inventory', handles: handles as Handle[] }),
  frame: (some: Partial<BodyOf<'frame'>> = {}): Body => frameOf({ scopes: [SCOPE], ...some }),
  frameGone: (unwatched = true): Body => ({ type: 'frame-gone', unwatched }),
  abort: (handle: string, command = 'c1'): Body => ({
    type: 'abort-requested',
    handle: handle as Handle,
    command,
  }),
  answer: (handle: string, outcome: Outcome = { kind: 'resolved', value: true }, command = 'c1'): Body => ({
    type: 'abort-answered',
    handle: handle as Handle,
    command,
    outcome,
  }),
  navigated: (reload = true): Body => ({ type: 'navigated', url: 'https://pod.example/', reload }),
  unreachable: (
    reason: BodyOf<'unreachable'>['reason'] = 'withheld',
    url = 'https://pod.example/',
  ): Body => ({
    type: 'unreachable',
    reason,
    url,
    detail: '',
  }),
}

type About = Partial<Omit<SessionEvent, 'body'>>

/** A session's stream as its producers tell it, and the model that it is folded into. For tests. */
export function createStream(preserve: () => boolean = () => true) {
  const model = createModel(preserve)
  const events: SessionEvent[] = []
  const seqs = new Map<string, number>()
  let clock = 1_000_000

  const put = (body: Body, about: About): SessionEvent => {
    const producer = about.producer ?? 'bridge-1'
    const seq = (seqs.get(producer) ?? 0) + 1
    seqs.set(producer, seq)
    const event: SessionEvent = {
      seq,
      at: clock,
      source: 'page',
      document: 'document-1',
      storageKey: KEY,
      ...about,
      producer,
      body,
    }
    events.push(event)
    model.apply([event])
    return event
  }

  return {
    model,
    events,
    /** A bridge reports, after `wait` milliseconds. */
    page(body: Body, wait = 10, about: About = {}) {
      clock += wait
      return put(body, about)
    },
    /** The background reports for itself, after `wait` milliseconds. */
    panel(body: Body, wait = 10, about: About = {}) {
      clock += wait
      return put(body, {
        producer: 'background-1',
        source: 'panel',
        document: null,
        storageKey: null,
        ...about,
      })
    },
    kinds: () => model.rows.map((row) => row.kind),
    states: () => model.fetches.map((fetch) => `${fetch.id} ${fetch.occurrence} ${fetch.state}`),
    /** The last row in words, or the last one of a kind. */
    last(kind?: RowKind): string {
      const row = model.rows.findLast((one) => kind === undefined || one.kind === kind)
      if (!row) return ''
      const { name, text } = describe(row)
      return `${name}: ${text}`
    },
  }
}

/** All that the panel shows, to be compared. */
export const shown = (model: Model) =>
  ({
    fetches: model.fetches,
    rows: model.rows,
    frames: [...model.frames.entries()],
    offline: [...model.offline],
    unreachable: model.unreachable,
    watching: model.watching,
    recordingSince: model.recordingSince,
    workers: model.workers,
    tracer: model.tracer,
    notSaved: model.notSaved,
    plannedAborts: model.plannedAborts,
    networkSince: model.networkSince,
    abortSeries: model.abortSeries,
    dropped: model.dropped,
    have: model.have,
  }) satisfies Record<keyof View | 'have', unknown>

/** A row of its own, for what has no stream around it. */
export const rowOf = (body: Body, some: Partial<Row> = {}): Row => ({
  key: 1,
  kind: body.type,
  at: 1000,
  order: some.at ?? 1000,
  event: { producer: 'p', seq: 1, at: 1000, source: 'page', document: null, storageKey: null, body },
  fetch: null,
  count: 1,
  after: null,
  traced: null,
  note: '',
  evidence: null,
  ...some,
})

/** A stream in which a fetch was seen to start, with the handle `h`. For tests. */
export function startedStream(some: Partial<BodyOf<'fetch-seen'>> = {}, preserve?: () => boolean) {
  const stream = createStream(preserve)
  stream.page(observed.seen('h', some))
  return stream
}

/** One in which it was aborted, and is over. For tests. */
export function endedStream(preserve?: () => boolean) {
  const stream = startedStream({}, preserve)
  stream.page(observed.failure('h'))
  stream.page(observed.over('h'))
  return stream
}

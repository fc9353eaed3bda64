import fc from 'fast-check'
import type { Body, BodyOf, SessionEvent } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import type { StorageItem } from '../../../protocol/storage-items'
import { foreign, rowOf, snapshotOf } from '../audit/audit.fixture'
import { KEY, observed, SCOPE } from './events.fixture'
import { trace } from './workers.fixture'

/** Something that a page or a worker reports, and how long after what came before. */
interface Report {
  readonly from: 'bridge' | 'worker' | 'background'
  readonly body: Body
  readonly wait: number
  readonly late: number
  /** What comes next of its producer comes right after it. */
  readonly joined?: true
}
type Reports = fc.Arbitrary<Report[]>

const wait = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(1000, 30_000, 300_000) },
)
const report = (from: Report['from'], body: fc.Arbitrary<Body>): fc.Arbitrary<Report> =>
  fc.record({ from: fc.constant(from), body, wait, late: fc.integer({ min: 0, max: 5 }) })
const said = (from: Report['from'], body: Body) => report(from, fc.constant(body))
const several = (reports: fc.Arbitrary<Report>, most: number): Reports =>
  fc.array(reports, { maxLength: most })
/** Mostly there. */
const maybe = (one: fc.Arbitrary<Report>): Reports =>
  fc.tuple(one, fc.nat({ max: 4 })).map(([one, n]) => (n === 0 ? [] : [one]))
/** Mostly not. */
const seldom = (one: fc.Arbitrary<Report>): Reports =>
  fc.tuple(one, fc.nat({ max: 4 })).map(([one, n]) => (n === 0 ? [one] : []))
/** All of them, in this order. */
const inOrder = (...parts: readonly (fc.Arbitrary<Report> | Reports)[]): Reports =>
  fc.tuple(...parts).map((all) => all.flat())

type Snapshot = BodyOf<'storage-snapshot'>
const gap: Snapshot['gaps'] = [
  { kind: 'values-not-compared', database: 'pod', store: 'downloads', side: 'now' },
]
const look = (handle: string, id: string, when: Snapshot['when']) =>
  report(
    'bridge',
    fc
      .record({
        items: fc.constantFrom<StorageItem[]>([], [], [], [rowOf(id)], [foreign(rowOf('other'))]),
        gaps: fc.constantFrom<Snapshot['gaps']>([], [], gap),
      })
      .map((some) => snapshotOf(handle, when, some)),
  )

const requests = (handle: string): Body => ({
  ...{ type: 'request-outcomes', handle: handle as Handle, total: 0, records: [], problem: null },
})

const ends = fc.constantFrom('aborted', 'aborted', 'bad-status', '')
type End = 'aborted' | 'bad-status' | ''

/** What pages report of a fetch. */
const ofPage = (handle: string, id: string, end: End): Reports =>
  inOrder(
    said('bridge', observed.seen(handle, { id })),
    maybe(said('bridge', observed.progress(handle, 500))),
    maybe(look(handle, id, 'started')),
    said('bridge', end === '' ? observed.success(handle) : observed.failure(handle, end)),
    said('bridge', requests(handle)),
    maybe(look(handle, id, 'settled')),
    maybe(said('bridge', observed.over(handle))),
    maybe(look(handle, id, 'event-ended')),
    maybe(look(handle, id, 'final')),
  )

const names = {
  aborted: 'backgroundfetchabort',
  'bad-status': 'backgroundfetchfail',
  '': 'backgroundfetchsuccess',
} as const

/** What is reported of an event in a worker while it is handled. */
function inEvent(event: number): fc.Arbitrary<Report> {
  const own = { worker: 'w1', event }
  const of = fc.constantFrom(event, event, null)
  const given = fc.constantFrom('promise' as const, 'promise' as const, 'value' as const, 'function' as const)
  const n = fc.constantFrom(1, 2)
  const level = fc.constantFrom('log' as const, 'error' as const)
  const reports: fc.Arbitrary<Body>[] = [
    fc.tuple(n, given).map(([n, given]) => trace.waits(n, given, event)),
    fc.tuple(n, fc.constantFrom(undefined, 'Error: no')).map(([n, error]) => trace.settled(n, error, event)),
    fc.tuple(of, fc.boolean()).map(([event, byHandler]) => trace.exception(byHandler, event)),
    fc.tuple(of, level).map(([event, level]) => ({ ...trace.log(event), level }) as Body),
    fc
      .tuple(of, fc.nat({ max: 3 }))
      .map(([event, exception]) => ({ type: 'rejection-handled', worker: 'w1', event, exception })),
    fc
      .tuple(of, fc.boolean())
      .map(([event, atLeast]) => ({ type: 'console-counted', worker: 'w1', event, count: 3, atLeast })),
    fc.constant({
      ...{ type: 'calls-counted', ...own, called: 2, awaited: 1, fulfilled: 1, rejected: 0 },
      ...{ refused: 0, updates: 0 },
    }),
    fc.constant({
      ...{ type: 'wait-until-refused', ...own, location: null },
      error: { message: 'InvalidStateError: no', stack: '' },
    }),
    of.map((event) => ({ type: 'worker-paused', worker: 'w1', event, location: null })),
    of.map((event) => ({ type: 'worker-resumed', worker: 'w1', event, after: 299_000 })),
  ] as fc.Arbitrary<Body>[]
  return report('worker', fc.oneof(...reports))
}

/** What the tracer reports of the event for the end of a fetch. */
const ofWorker = (
  event: number,
  id: string,
  end: End,
  handled: readonly Report[],
  later: readonly Report[],
): Reports => {
  const sum = (of: (body: Body) => number) =>
    [...handled, ...later].reduce((all, { body }) => all + of(body), 0)
  const promises = sum((body) =>
    body.type === 'wait-until' ? 1 : body.type === 'calls-counted' ? body.called : 0,
  )
  const rejected = sum((body) => (body.type === 'promise-settled' && body.error ? 1 : 0))
  const { attributes } = (
    end === '' ? observed.success('h') : observed.failure('h', end)
  ) as BodyOf<'settled'>
  const begun = fc
    .record({ handlers: fc.constantFrom(null, 0, 1), asynchronous: fc.boolean() })
    .map((some) => trace.dispatched({ event, id, name: names[end], attributes, ...some }))
  return inOrder(
    fc
      .tuple(
        seldom(
          report(
            'worker',
            fc.boolean().map((byHandler) => trace.exception(byHandler, null)),
          ),
        ),
        report('worker', begun),
      )
      // What a listener throws before the probe's turn is reported first.
      .map(([early, one]) => [
        ...early.map((thrown) => ({ ...thrown, late: 0, joined: true as const })),
        early.length > 0 ? { ...one, wait: 0 } : one,
      ]),
    fc.constant<Report[]>([...handled]),
    said('worker', trace.returned(event)),
    fc.constant<Report[]>([...later]),
    maybe(said('worker', trace.done(promises, rejected, event))),
    seldom(inEvent(event)),
  )
}

const changes = several(
  report(
    'worker',
    fc.constantFrom('downloads', 'other').map(
      (store): Body => ({
        type: 'storage-changed',
        kind: 'indexeddb-content',
        origin: KEY,
        name: 'pod',
        store,
      }),
    ),
  ),
  6,
)

/** The quota of the origin is limited for another fetch, and later not any more. */
const limit = inOrder(
  said('background', {
    ...{ type: 'ending-forced', command: 'limit', scope: SCOPE, id: 'limited', ending: 'quota-exceeded' },
    by: { kind: 'quota', room: 1 },
  }),
  maybe(said('background', { type: 'ending-reverted', command: 'limit', why: 'too-long' })),
)
/** Seldom: nobody is there any more who could report more. */
const losses = inOrder(
  seldom(said('bridge', observed.frameGone())),
  seldom(said('worker', trace.stopped())),
  seldom(said('background', { type: 'watch-stopped' })),
)

/** Takes reports of several in turn, each in its own order. */
function merged(queues: readonly (readonly Report[])[], turns: readonly number[]): Report[] {
  const left = queues.map((queue) => [...queue])
  const all: Report[] = []
  for (let i = 0; left.some(({ length }) => length > 0); i++) {
    const open = left.filter(({ length }) => length > 0)
    const queue = open[(turns[i % turns.length] ?? 0) % open.length] ?? []
    for (let next = queue.shift(); next; next = next.joined && queue.shift()) all.push(next)
  }
  return all
}

/** Gives each exception a number of its own, and has what is said to be handled be one of the last of them. */
function numberExceptions() {
  let count = 0
  return (body: Body): Body => {
    if (body.type === 'exception') return { ...body, exception: ++count }
    return body.type === 'rejection-handled'
      ? { ...body, exception: Math.max(0, count - body.exception) }
      : body
  }
}

function streamOf(reports: readonly Report[]): SessionEvent[] {
  let clock = 1_000_000
  const seqs = { bridge: 0, worker: 0, background: 0 }
  const numbered = numberExceptions()
  return reports.map(({ from, body: given, wait, late }) => {
    const body = numbered(given)
    clock += wait
    const isPage = from === 'bridge'
    const storageKey = from === 'worker' ? null : KEY
    const document = isPage ? 'document' : null
    const source = isPage ? 'page' : from === 'worker' ? 'worker' : 'panel'
    return { producer: from, seq: ++seqs[from], at: clock - late, source, document, storageKey, body }
  })
}

const handledFetch = (event: number, id: string): fc.Arbitrary<[Report[], Report[]]> =>
  fc
    .tuple(ends, fc.array(inEvent(event), { maxLength: 5 }), fc.array(inEvent(event), { maxLength: 5 }))
    .chain(([end, handled, later]) =>
      fc.tuple(ofPage(`h${event}`, id, end), ofWorker(event, id, end, handled, later)),
    )

/** Two fetches of an origin whose handlers are traced, in whatever order pages and worker are heard. For tests. */
export const handledStreams: fc.Arbitrary<SessionEvent[]> = fc
  .record({
    start: inOrder(
      said('worker', trace.on()),
      said('worker', trace.seen('w1', { how: 'started', scope: SCOPE })),
    ),
    fetches: fc.tuple(handledFetch(1, 'a'), handledFetch(2, 'b')),
    count: fc.constantFrom(1, 2),
    changes,
    limit: fc.oneof(fc.constant<Report[]>([]), limit),
    losses: fc.oneof(fc.constant<Report[]>([]), fc.constant<Report[]>([]), losses),
    turns: fc.array(fc.nat({ max: 100 }), { minLength: 10, maxLength: 60 }),
  })
  .map(({ start, fetches, count, changes, limit, losses, turns }) =>
    streamOf([...start, ...merged([...fetches.slice(0, count).flat(), changes, limit, losses], turns)]),
  )

import fc from 'fast-check'
import * as v from 'valibot'
import type { FetchAttributes } from '../../../protocol/attributes'
import type { Body } from '../../../protocol/events'
import { PageBody } from '../../../protocol/page-events'
import { WorkerBody } from '../../../protocol/worker-events'
import { observed } from './events.fixture'
import { anyBody, bodyOf } from './schema-values.fixture'
import { trace } from './workers.fixture'

/** Something that a producer sends, with names still to be given: of the nth bridge, fetch, worker or event. */
export interface Step {
  readonly bridge: number
  readonly nth: number
  readonly wait: number
  readonly late: number
  make(names: Names): { readonly from: 'bridge' | 'background' | 'worker'; readonly body: Body }
}

interface Names {
  readonly newHandle: string
  readonly handle: string
  readonly command: string
  readonly worker: string
  readonly event: number
}

type Make = Step['make']

const page =
  (body: (names: Names) => Body): Make =>
  (names) => ({ from: 'bridge', body: body(names) })
const own =
  (body: (names: Names) => Body): Make =>
  (names) => ({ from: 'background', body: body(names) })
/** Of the nth worker and event. */
const worker =
  (body: Body): Make =>
  (names) => ({
    from: 'worker',
    body: {
      ...body,
      ...('worker' in body ? { worker: names.worker } : {}),
      ...('event' in body && body.event !== null ? { event: names.event } : {}),
    } as Body,
  })

const id = fc.constantFrom('a', 'b', 'c')
const bytes = fc.integer({ min: 0, max: 1000 })
const ends: readonly FetchAttributes['failureReason'][] = ['aborted', 'bad-status', 'fetch-error']
const eventName = fc.constantFrom(
  ['backgroundfetchabort', 'failure', 'aborted'] as const,
  ['backgroundfetchsuccess', 'success', ''] as const,
  ['backgroundfetchfail', 'failure', 'bad-status'] as const,
  ['backgroundfetchclick', '', ''] as const,
)

const seen = fc
  .record({ id, already: fc.boolean(), downloaded: bytes, downloadTotal: fc.constantFrom(0, 1000) })
  .map(({ id, already, ...read }) => page(({ newHandle }) => observed.seen(newHandle, { id, already }, read)))
const dispatched = fc
  .record({
    ...{ id, event: eventName, handlers: fc.constantFrom(null, 0, 1), asynchronous: fc.boolean() },
    isTrusted: fc.constantFrom(true, true, true, false),
    synthetic: fc.boolean(),
  })
  .map(({ event: [name, result, failureReason], synthetic, ...some }) => {
    const rest = { ...some, ...(some.isTrusted ? {} : { synthetic }) }
    const { attributes } = trace.dispatched() as Extract<Body, { type: 'dispatched' }>
    return worker(trace.dispatched({ ...rest, name, attributes: { ...attributes, result, failureReason } }))
  })

/** Who reports such an event. */
function producerOf(body: unknown): 'bridge' | 'background' | 'worker' {
  if (v.is(PageBody, body)) return 'bridge'
  return v.is(WorkerBody, body) ? 'worker' : 'background'
}

/** Any event that the schemas allow, of a fetch and a worker that are there. */
const anything = anyBody.map((body): Make => {
  const from = producerOf(body)
  return (names) => ({
    from,
    body: {
      ...body,
      ...('handle' in body ? { handle: body.type === 'fetch-seen' ? names.newHandle : names.handle } : {}),
      ...('command' in body ? { command: names.command } : {}),
      ...('worker' in body ? { worker: names.worker } : {}),
      ...('event' in body && body.event !== null ? { event: names.event } : {}),
    } as Body,
  })
})

/** What happens often comes often; what a schema allows comes as well. */
const make: fc.Arbitrary<Make> = fc.oneof(
  { weight: 16, arbitrary: anything },
  { weight: 12, arbitrary: seen },
  { weight: 12, arbitrary: bytes.map((n) => page(({ handle }) => observed.progress(handle, n))) },
  { weight: 5, arbitrary: fc.constant(page(({ handle }) => observed.success(handle))) },
  {
    weight: 9,
    arbitrary: fc.constantFrom(...ends).map((why) => page(({ handle }) => observed.failure(handle, why))),
  },
  { weight: 7, arbitrary: fc.constant(page(({ handle }) => observed.over(handle))) },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom('unregistered' as const, 'not-listed' as const)
      .map((why) => page(({ handle }) => observed.gone(handle, why))),
  },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 1, max: 3 })
      .map((n) => page(({ handle }) => observed.response(handle, {}, n))),
  },
  { weight: 6, arbitrary: fc.constant(own(({ handle, command }) => observed.abort(handle, command))) },
  {
    weight: 6,
    arbitrary: bodyOf('abort-answered').map((body) =>
      page(({ handle, command }) => ({ ...body, handle, command }) as Body),
    ),
  },
  { weight: 4, arbitrary: fc.constant(page(({ handle }) => observed.inventory(handle))) },
  { weight: 3, arbitrary: fc.boolean().map((gone) => page(() => observed.frameGone(gone))) },
  { weight: 3, arbitrary: fc.constant(page(() => observed.frame())) },
  {
    weight: 8,
    arbitrary: fc
      .oneof(bodyOf('storage-snapshot'), bodyOf('request-outcomes'))
      .map((body) => page(({ handle }) => ({ ...body, handle }) as Body)),
  },
  { weight: 3, arbitrary: bodyOf('storage-changed').map((body) => own(() => body)) },
  {
    weight: 6,
    arbitrary: fc
      .oneof(bodyOf('network-request'), bodyOf('network-response'), bodyOf('network-end'))
      .map((body) => own(({ handle }) => ({ ...body, handle }) as Body)),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(bodyOf('synthetic-event-requested'), bodyOf('synthetic-event-failed'))
      .map((body) => own(({ handle }) => ({ ...body, handle }) as Body)),
  },
  { weight: 1, arbitrary: bodyOf('network-observed').map((body) => own(() => body)) },
  { weight: 3, arbitrary: fc.constant(worker(trace.on())) },
  { weight: 6, arbitrary: fc.constant(worker(trace.seen())) },
  { weight: 8, arbitrary: dispatched },
  {
    weight: 20,
    arbitrary: fc
      .oneof(
        bodyOf('handler-returned'),
        bodyOf('wait-until'),
        bodyOf('promise-settled'),
        bodyOf('wait-until-refused'),
        bodyOf('event-done'),
        bodyOf('still-running'),
        bodyOf('handler-breakpoints'),
        bodyOf('worker-paused'),
        bodyOf('worker-resumed'),
        bodyOf('worker-not-paused'),
        bodyOf('console'),
        bodyOf('console-counted'),
        bodyOf('exception'),
        bodyOf('worker-state'),
        bodyOf('worker-scripts'),
        bodyOf('worker-stopped'),
      )
      .map(worker),
  },
  {
    weight: 4,
    arbitrary: fc
      .oneof(
        bodyOf('navigated'),
        bodyOf('unreachable'),
        bodyOf('cleared'),
        bodyOf('watch-started'),
        bodyOf('watch-stopped'),
        bodyOf('recording-started'),
        bodyOf('recording-ended'),
        bodyOf('panel-left'),
      )
      .map((body) => own(() => body)),
  },
  {
    weight: 1,
    arbitrary: bytes.map((dropped) => own(() => ({ type: 'journal-cut', dropped, bound: 1000 }) as const)),
  },
)

/** Any step. For tests. */
export const step: fc.Arbitrary<Step> = fc.record({
  bridge: fc.integer({ min: 1, max: 3 }),
  nth: fc.nat({ max: 1000 }),
  wait: fc.integer({ min: 0, max: 40 }),
  late: fc.integer({ min: 0, max: 30 }),
  make,
})

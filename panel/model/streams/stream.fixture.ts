import fc from 'fast-check'
import * as v from 'valibot'
import type { FetchAttributes } from '../../../protocol/attributes'
import { Body, type SessionEvent } from '../../../protocol/events'
import { observed } from './events.fixture'
import { trace } from './workers.fixture'

/** What valibot keeps of a schema. */
export interface Shape {
  readonly type: string
  readonly entries?: Readonly<Record<string, Shape>>
  readonly options?: readonly unknown[]
  readonly item?: Shape
  readonly wrapped?: Shape
  readonly literal?: unknown
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[]
}

const numberUpTo = (most: number) =>
  fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(Math.min(most, 1e6)))

/** The largest number that a schema takes. */
const mostOf = ({ pipe = [] }: Shape): number =>
  Math.min(...pipe.map(({ type, requirement }) => (type === 'max_value' ? Number(requirement) : Infinity)))

function valuesOf(shape: Shape): fc.Arbitrary<unknown> {
  const { entries = {}, options = [], item, wrapped } = shape
  switch (shape.type) {
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(entries).map(([key, one]) => [key, valuesOf(one)])))
    case 'variant':
    case 'union':
      return fc.oneof(...(options as Shape[]).map(valuesOf))
    case 'picklist':
      return fc.constantFrom(...options)
    case 'array':
      return item ? fc.array(valuesOf(item), { maxLength: 2 }) : fc.constant([])
    case 'nullable':
      return wrapped ? fc.option(valuesOf(wrapped)) : fc.constant(null)
    case 'optional':
      return wrapped ? fc.option(valuesOf(wrapped), { nil: undefined }) : fc.constant(undefined)
    case 'record':
      return fc.record({ caches: numberUpTo(1e6) })
    case 'literal':
      return fc.constant(shape.literal)
    case 'boolean':
      return fc.boolean()
    case 'number':
      return numberUpTo(mostOf(shape))
    case 'string':
      return fc.constantFrom('a', 'b', 'https://pod.example/', 'words, several')
    default:
      throw new Error(`No values for ${shape.type}.`)
  }
}

const leaves = (shape: Shape): Shape[] =>
  shape.type === 'variant' ? ((shape.options ?? []) as Shape[]).flatMap(leaves) : [shape]

/** The schema of each type of event. */
const shapes: readonly Shape[] = leaves(Body as unknown as Shape)

/** Valid events of each type there is, by their types. For tests. */
export const bodies: ReadonlyMap<string, fc.Arbitrary<Body>> = new Map(
  shapes.map((shape) => [
    String(shape.entries?.type?.literal),
    valuesOf(shape).map((value) => v.parse(Body, value)),
  ]),
)

/** A valid event, whatever it says. For tests. */
export const anyBody: fc.Arbitrary<Body> = fc.oneof(...bodies.values())

const bodyOf = (type: Body['type']) => bodies.get(type) ?? anyBody

/** Something that a producer sends, with names still to be given: of the nth bridge, fetch, worker or event. */
interface Step {
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
  .record({ id, event: eventName, handlers: fc.constantFrom(null, 0, 1), asynchronous: fc.boolean() })
  .map(({ event: [name, result, failureReason], ...rest }) => {
    const { attributes } = trace.dispatched() as Extract<Body, { type: 'dispatched' }>
    return worker(trace.dispatched({ ...rest, name, attributes: { ...attributes, result, failureReason } }))
  })

/** What happens often comes often; what a schema allows comes as well. */
const make: fc.Arbitrary<Make> = fc.oneof(
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
        bodyOf('keep-started'),
        bodyOf('keep-ended'),
        bodyOf('panel-left'),
      )
      .map((body) => own(() => body)),
  },
  {
    weight: 1,
    arbitrary: bytes.map((dropped) => own(() => ({ type: 'journal-cut', dropped, bound: 1000 }) as const)),
  },
)

const step = fc
  .record({
    bridge: fc.integer({ min: 1, max: 3 }),
    nth: fc.nat({ max: 1000 }),
    wait: fc.integer({ min: 0, max: 40 }),
    late: fc.integer({ min: 0, max: 30 }),
    make,
  })
  .map((one): Step => one)

/** The steps as a stream in which each producer numbers what it sends. */
function streamOf(steps: readonly Step[]): SessionEvent[] {
  const seqs = new Map<string, number>()
  let clock = 1_000_000
  const handles: { readonly handle: string; readonly bridge: number }[] = []
  let commands = 0
  return steps.map(({ bridge: one, nth, wait, late, make }) => {
    const newHandle = `bridge-${one}:${handles.length + 1}`
    // Mostly of one of the last fetches that were seen.
    const of = handles.at(-1 - (nth % Math.min(4, handles.length + 1)))
    const { from, body } = make({
      newHandle,
      handle: of?.handle ?? 'unheard of',
      command: `c${commands + 1 - (nth % 2)}`,
      worker: `w${1 + (nth % 2)}`,
      event: 1 + (nth % 4),
    })
    const bridge = 'handle' in body && body.type !== 'fetch-seen' ? (of?.bridge ?? one) : one
    if (body.type === 'fetch-seen') handles.push({ handle: newHandle, bridge })
    if (body.type === 'abort-requested') commands++
    clock += wait
    const producer = from === 'bridge' ? `bridge-${bridge}` : 'background'
    const seq = (seqs.get(producer) ?? 0) + 1
    seqs.set(producer, seq)
    return {
      producer,
      seq,
      // Producers are heard a little late, each with its own delay.
      at: clock - late,
      source: from === 'bridge' ? 'page' : from === 'worker' ? 'worker' : 'panel',
      document: from === 'bridge' ? `document of bridge-${bridge}` : null,
      storageKey: from === 'bridge' ? (bridge === 3 ? 'https://other.example' : 'https://pod.example') : null,
      body,
    }
  })
}

/** What a few bridges and a background might report of some fetches whose ids are used again and again. For tests. */
export const streams = (maxLength = 50): fc.Arbitrary<SessionEvent[]> =>
  fc.array(step, { maxLength, size: 'max' }).map(streamOf)

/** A stream with events that come twice, not at all, or in another order. For tests. */
export const disturbed = (
  stream: fc.Arbitrary<readonly SessionEvent[]>,
  changes = 12,
): fc.Arbitrary<SessionEvent[]> =>
  fc
    .tuple(
      stream,
      fc.array(
        fc.record({ what: fc.constantFrom('twice', 'missing', 'moved'), at: fc.nat(), to: fc.nat() }),
        { maxLength: changes },
      ),
    )
    .map(([events, changes]) => {
      const all = [...events]
      for (const { what, at, to } of changes) {
        if (all.length === 0) break
        const [one] = what === 'twice' ? all.slice(at % all.length) : all.splice(at % all.length, 1)
        if (one && what !== 'missing') all.splice(to % (all.length + 1), 0, one)
      }
      return all
    })

/** What a few bridges and a background might report, disturbed. For tests. */
export const disturbedStreams = (maxLength = 50): fc.Arbitrary<SessionEvent[]> =>
  disturbed(streams(maxLength))

/** A list cut into pieces. For tests. */
export const piecesOf = <T>(list: readonly T[]): fc.Arbitrary<T[][]> =>
  fc
    .array(fc.integer({ min: 1, max: 8 }), { minLength: list.length, maxLength: list.length })
    .map((sizes) => {
      const cut: T[][] = []
      let from = 0
      for (const size of sizes) {
        if (from >= list.length) break
        cut.push(list.slice(from, from + size))
        from += size
      }
      return cut
    })

/** The same stream for each number. For tests that need one, whatever is in it. */
export function streamNumber(seed: number, length: number): SessionEvent[] {
  const [steps = []] = fc.sample(fc.array(step, { minLength: length, maxLength: length, size: 'max' }), {
    seed,
    numRuns: 1,
  })
  return streamOf(steps)
}

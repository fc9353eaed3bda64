import * as v from 'valibot'
import { Body, type SessionEvent } from '../../protocol/events'
import { say } from './events.fixture'

export type Random = () => number

/** Numbers in [0, 1), always the same for a seed (mulberry32). For tests. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export const below = (random: Random, limit: number) => Math.floor(random() * limit)

export function pick<T>(random: Random, from: readonly T[]): T {
  const one = from[below(random, from.length)]
  if (one === undefined) throw new Error('There is nothing to pick from.')
  return one
}

/** A list cut into pieces at random. */
export function pieces<T>(random: Random, list: readonly T[]): T[][] {
  const cut: T[][] = []
  for (let i = 0; i < list.length; ) {
    const length = 1 + below(random, 8)
    cut.push(list.slice(i, i + length))
    i += length
  }
  return cut
}

/** What valibot keeps of a schema. */
interface Shape {
  readonly type: string
  readonly entries?: Readonly<Record<string, Shape>>
  readonly options?: readonly unknown[]
  readonly item?: Shape
  readonly wrapped?: Shape
  readonly literal?: unknown
}

function sample(shape: Shape, random: Random): unknown {
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.entries ?? {}).map(([key, entry]) => [key, sample(entry, random)]),
      )
    case 'variant':
    case 'union':
      return sample(pick(random, (shape.options ?? []) as Shape[]), random)
    case 'picklist':
      return pick(random, shape.options ?? [])
    case 'array':
      return Array.from({ length: below(random, 3) }, () => sample(shape.item ?? shape, random))
    case 'optional':
      return sample(shape.wrapped ?? shape, random)
    case 'nullable':
      return random() < 0.3 ? null : sample(shape.wrapped ?? shape, random)
    case 'record':
      return { caches: 1 + below(random, 3) }
    case 'literal':
      return shape.literal
    case 'boolean':
      return random() < 0.5
    case 'number':
      return 1 + below(random, 3)
    case 'string':
      return pick(random, ['a', 'b', 'https://pod.example/', 'words, several'])
    default:
      throw new Error(`No sample for ${shape.type}.`)
  }
}

const leaves = (shape: Shape): Shape[] =>
  shape.type === 'variant' ? ((shape.options ?? []) as Shape[]).flatMap(leaves) : [shape]

/** The schema of each type of event there is. */
export const bodyShapes: readonly Shape[] = leaves(Body as unknown as Shape)

/** A valid event of this shape, whatever it says. */
export const sampleBody = (shape: Shape, random: Random): Body => v.parse(Body, sample(shape, random))

/** What a few bridges and a background might tell about some fetches whose ids are used again and again. */
export function randomStream(random: Random, length: number): SessionEvent[] {
  const events: SessionEvent[] = []
  const seqs = new Map<string, number>()
  let clock = 1_000_000
  let handles = 0
  let commands = 0

  const put = (producer: string, body: Body) => {
    const seq = (seqs.get(producer) ?? 0) + 1
    seqs.set(producer, seq)
    clock += below(random, 40)
    const own = producer === 'background'
    const key = producer.endsWith('3') ? 'https://other.example' : 'https://pod.example'
    events.push({
      producer,
      seq,
      // Producers are heard a little late, each with its own delay.
      at: clock - below(random, 30),
      source: own ? 'panel' : 'page',
      document: own ? null : `document of ${producer}`,
      storageKey: own ? null : key,
      body,
    })
  }

  while (events.length < length) {
    const bridge = `bridge-${1 + below(random, 3)}`
    const handle = `${bridge}:${1 + below(random, handles + 1)}`
    const count = below(random, 1000)
    const dice = random()
    if (dice < 0.15) {
      const id = pick(random, ['a', 'b', 'c'])
      const read = { downloaded: below(random, 200), downloadTotal: pick(random, [0, 1000]) }
      put(bridge, say.seen(`${bridge}:${++handles}`, { id, already: random() < 0.5 }, read))
    } else if (dice < 0.45) put(bridge, say.progress(handle, count))
    else if (dice < 0.52) put(bridge, say.success(handle))
    else if (dice < 0.59) put(bridge, say.failure(handle))
    else if (dice < 0.66) put(bridge, say.over(handle))
    else if (dice < 0.69) put(bridge, say.gone(handle, pick(random, ['unregistered', 'not-listed'])))
    else if (dice < 0.71) put(bridge, say.response(handle, {}, 1 + below(random, 3)))
    else if (dice < 0.76) put('background', say.abort(handle, `c${++commands}`))
    else if (dice < 0.81) put(bridge, say.answer(handle, { kind: 'resolved', value: true }, `c${commands}`))
    else if (dice < 0.85) put(bridge, say.inventory(handle))
    else if (dice < 0.89) put(bridge, say.frame({ scopes: random() < 0.5 ? [] : ['https://pod.example/'] }))
    else if (dice < 0.92) put(bridge, say.frameGone(random() < 0.5))
    else if (dice < 0.94) put('background', say.navigated())
    else if (dice < 0.96) put('background', say.unreachable())
    else if (dice < 0.97) put('background', { type: 'cleared' })
    else if (dice < 0.98) put('background', { type: 'watch-stopped' })
    else if (dice < 0.99) put('background', { type: 'watch-started' })
    else put('background', { type: 'journal-cut', dropped: count, bound: 1000 })
  }
  return events
}

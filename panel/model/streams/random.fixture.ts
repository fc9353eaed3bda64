import * as v from 'valibot'
import { Body } from '../../../protocol/events'
import type { Shape } from './schema-values.fixture'

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
    case 'nullable':
      return random() < 0.3 ? null : sample(shape.wrapped ?? shape, random)
    case 'optional':
      return sample(shape.wrapped ?? shape, random)
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

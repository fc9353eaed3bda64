import fc from 'fast-check'
import * as v from 'valibot'
import { Body } from '../../../protocol/events'

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

/** A valid event of this type. For tests. */
export const bodyOf = (type: Body['type']) => bodies.get(type) ?? anyBody

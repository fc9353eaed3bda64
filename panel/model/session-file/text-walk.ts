import type { Change } from './replacement'

/** What the walk needs to know of a valibot schema. */
export interface Shape {
  readonly type: string
  readonly key?: string
  readonly entries?: Readonly<Record<string, Shape>>
  /** Schemas of a variant, or the texts of a picklist. */
  readonly options?: readonly unknown[]
  readonly item?: Shape
  readonly wrapped?: Shape
  /** Schema of the values of a record. */
  readonly value?: Shape
  readonly literal?: unknown
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[]
}

/** What is put in may be longer than what it stands for: a text stays within the bound of its schema. */
function bounded({ pipe = [] }: Shape, text: string): string {
  const bound = pipe.find(({ type }) => type === 'max_length')?.requirement
  return typeof bound === 'number' ? text.slice(0, bound) : text
}

const variants = new WeakMap<Shape, ReadonlyMap<unknown, Shape>>()

/** The options of a variant by what its key says; a variant may hold variants. */
function optionsOf(variant: Shape, key = variant.key ?? ''): ReadonlyMap<unknown, Shape> {
  const known = variants.get(variant)
  if (known) return known
  const found = new Map<unknown, Shape>()
  for (const option of (variant.options ?? []) as readonly Shape[]) {
    if (option.type === 'variant') for (const [value, one] of optionsOf(option, key)) found.set(value, one)
    else {
      const said = option.entries?.[key]
      // One option may be for several values.
      const values = said?.type === 'picklist' ? (said.options ?? []) : [said?.literal]
      for (const value of values) found.set(value, option)
    }
  }
  variants.set(variant, found)
  return found
}

/**
 * Changes every text of a value that page or browser could choose. What the protocol chose (types, reasons,
 * states) stays, so that the event stays valid whatever the hosts are called.
 */
export function walk(shape: Shape, value: unknown, change: Change): unknown {
  if (value === null || value === undefined) return value
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' ? bounded(shape, change(value)) : null
    case 'nullable':
    case 'optional':
      return shape.wrapped ? walk(shape.wrapped, value, change) : null
    case 'array': {
      const { item } = shape
      if (!item || !Array.isArray(value)) return []
      // An entry of a kind that is not known is left out.
      return value.map((one) => walk(item, one, change)).filter((one) => one !== null)
    }
    case 'record': {
      const { value: of } = shape
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [change(key), of ? walk(of, one, change) : null]),
      )
    }
    case 'object': {
      const changed: Record<string, unknown> = {}
      const fields = value as Readonly<Record<string, unknown>>
      for (const [key, entry] of Object.entries(shape.entries ?? {})) {
        changed[key] = walk(entry, fields[key], change)
      }
      return changed
    }
    case 'variant': {
      const { key = '' } = shape
      const option = optionsOf(shape).get((value as Readonly<Record<string, unknown>>)[key])
      // What no schema knows is not passed on.
      return option ? walk(option, value, change) : null
    }
    case 'picklist':
      return shape.options?.some((option) => option === value) ? value : null
    case 'literal':
      return shape.literal === value ? value : null
    case 'number':
    case 'boolean':
      return typeof value === shape.type ? value : null
    default:
      return null
  }
}

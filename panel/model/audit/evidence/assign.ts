import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageItem } from '../../../../protocol/storage-items'
import { callNamesOf, nameFit, responseNamesOf } from './name-fit'

/** A body that an item holds. */
interface Body {
  readonly item: StorageItem
  readonly size: number
  readonly digest: number | null
}

/** A response that may be what a body is. */
interface Edge {
  readonly body: Body
  readonly record: FetchRecord
  /** Both have been read, and have the same bytes. */
  readonly sure: boolean
  readonly fit: number
  /** It is not stored under its URL. */
  readonly isOpen: boolean
}

/** Which response a body was found to be. */
export interface Assigned {
  readonly record: FetchRecord
  readonly sure: boolean
  /** Responses of which it may be each, as neither its bytes nor a name distinguish them, and not all of them are stored. */
  readonly alike: readonly FetchRecord[]
}

export interface Responses {
  /** Each stands for one body only. */
  readonly records: readonly FetchRecord[]
  sizeOf(record: FetchRecord): number | null
  /** They are stored under their URLs. */
  readonly byUrl: ReadonlySet<FetchRecord>
}

/** What fits best comes first. */
const better = (a: Edge, b: Edge): number =>
  Number(b.sure) - Number(a.sure) || b.fit - a.fit || Number(b.isOpen) - Number(a.isOpen)

function edgesOf(bodies: readonly Body[], { records, sizeOf, byUrl }: Responses): Map<Body, readonly Edge[]> {
  const bySize = new Map<number, FetchRecord[]>()
  for (const record of records) {
    const size = sizeOf(record) ?? 0
    bySize.set(size, [...(bySize.get(size) ?? []), record])
  }
  const responseNames = new Map<FetchRecord, ReturnType<typeof responseNamesOf>>()
  const namesOf = (record: FetchRecord) => {
    const names = responseNames.get(record) ?? responseNamesOf(record)
    responseNames.set(record, names)
    return names
  }
  const edges = new Map<Body, readonly Edge[]>()
  for (const body of bodies) {
    const fitting = (bySize.get(body.size) ?? []).filter(
      ({ bodyDigest }) => body.digest === null || bodyDigest === null || body.digest === bodyDigest,
    )
    // A single one needs no name.
    const names = fitting.length > 1 ? callNamesOf(body.item) : []
    edges.set(
      body,
      fitting
        .map((record) => ({
          body,
          record,
          sure: body.digest !== null && record.bodyDigest !== null,
          fit: names.length > 0 ? nameFit(names, namesOf(record)) : 0,
          isOpen: !byUrl.has(record),
        }))
        .sort(better),
    )
  }
  return edges
}

/** Finds a response for a body, where that takes giving others one that fits as well. */
function augment(
  body: Body,
  edges: ReadonlyMap<Body, readonly Edge[]>,
  chosen: Map<FetchRecord, Edge>,
  seen = new Set<FetchRecord>(),
): boolean {
  for (const edge of edges.get(body) ?? []) {
    if (seen.has(edge.record)) continue
    seen.add(edge.record)
    const rival = chosen.get(edge.record)
    if (rival && !augment(rival.body, edges, chosen, seen)) continue
    chosen.set(edge.record, edge)
    return true
  }
  return false
}

/** Responses that the bytes do not distinguish from one another. */
function classOf(edge: Edge, edges: readonly Edge[]): readonly Edge[] {
  return edges.filter(
    ({ record }) => !edge.sure || record.bodyDigest === edge.record.bodyDigest || record.bodyDigest === null,
  )
}

/** Its name, and none of the others that it may be, says which response it is. */
const isNamed = (edge: Edge, others: readonly Edge[]): boolean =>
  edge.fit > 0 && others.every(({ record, fit }) => record === edge.record || fit < edge.fit)

/**
 * Assigns the bodies of items to responses of their size and bytes: as many of them as can be, those first whose bytes are known to be
 * the same, and of equal ones to the one that fits the name. All bodies of an item must be responses.
 */
export function assign(
  bodiesOf: ReadonlyMap<StorageItem, readonly { readonly size: number; readonly digest: number | null }[]>,
  responses: Responses,
): ReadonlyMap<StorageItem, readonly Assigned[]> {
  const every = [...bodiesOf].flatMap(([item, all]) => all.map((body): Body => ({ item, ...body })))
  const edges = edgesOf(every, responses)
  const unlike = new Set(every.filter((body) => edges.get(body)?.length === 0).map(({ item }) => item))
  let bodies = every.filter(({ item }) => !unlike.has(item))
  const chosen = new Map<FetchRecord, Edge>()
  for (;;) {
    chosen.clear()
    const taken = new Set<Body>()
    for (const edge of bodies.flatMap((body) => edges.get(body) ?? []).sort(better)) {
      if (taken.has(edge.body) || chosen.has(edge.record)) continue
      chosen.set(edge.record, edge)
      taken.add(edge.body)
    }
    const open = bodies.filter((body) => !taken.has(body) && !augment(body, edges, chosen))
    // An item that holds something else as well is no response, and its other bodies are none: they may be in another one.
    const mixed = open.findLast(({ item }) => (bodiesOf.get(item)?.length ?? 0) > 1)
    if (!mixed) break
    bodies = bodies.filter(({ item }) => item !== mixed.item)
  }
  const found = new Map<StorageItem, Assigned[]>()
  const uncertain = [...chosen.values()].filter((edge) => {
    return !isNamed(edge, classOf(edge, edges.get(edge.body) ?? []))
  })
  const unnamed = new Set(uncertain.map(({ record }) => record))
  for (const edge of chosen.values()) {
    const { body, record, sure } = edge
    const rest = unnamed.has(record)
      ? classOf(edge, edges.get(body) ?? [])
          .filter((one) => one.isOpen && (unnamed.has(one.record) || !chosen.has(one.record)))
          .map((one) => one.record)
      : []
    const alike = rest.every((one) => chosen.has(one)) ? [] : rest
    found.set(body.item, [...(found.get(body.item) ?? []), { record, sure, alike }])
  }
  return found
}

import type * as v from 'valibot'
import { SessionEvent } from '../../../protocol/events'
import { type Redactions, SiteMatching } from './envelope'
import { eachOf, part, type Steps } from './steps'

/** What the walk needs to know of a valibot schema. */
interface Shape {
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

type Change = (text: string) => string

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
    else found.set(option.entries?.[key]?.literal, option)
  }
  variants.set(variant, found)
  return found
}

/**
 * Changes every text of a value that page or browser could choose. What the protocol chose (types, reasons,
 * states) stays, so that the event stays valid whatever the hosts are called.
 */
function walk(shape: Shape, value: unknown, change: Change): unknown {
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

const eventShape = SessionEvent as v.GenericSchema as unknown as Shape

/** Gives each text a number, from 1 on, always the same one. */
function numbered(): { of(text: string): number } {
  const numbers = new Map<string, number>()
  return {
    of(text) {
      const number = numbers.get(text) ?? numbers.size + 1
      numbers.set(text, number)
      return number
    },
  }
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
const anyOf = (sources: readonly string[]) => new RegExp(sources.map((one) => `(?:${one})`).join('|'), 'gi')
const longestFirst = (texts: Iterable<string>) => [...texts].sort((a, b) => b.length - a.length)

type Texts = readonly string[]

/** A URL with a query or a fragment, wherever it stands. */
const urlWithRest = () => /((?:[a-z][a-z0-9+.-]{0,30}:)?\/\/[^\s"<>`?#]*)([?#][^\s"<>`]*)/gi
/** What looks like a query without a URL in front: `/path?name=value`. */
const LOOSE = '\\?[^\\s"<>`=?]{1,200}=[^\\s"<>`]*'
/** A script's place behind its URL: `:12:5`, in a stack trace. */
const PLACE = /^(.+?)((?::\d+){1,2}\)?)$/
/** What is shorter may be a word that only looks like a query. */
const MIN_PAIR = 4
const MIN_WORD = 8

/** Replaces queries and fragments, the same by the same, of URLs and where a known query stands alone. */
function* queryChange(texts: Texts): Steps<Change> {
  const numbers = numbered()
  /** Queries of texts that are nothing but a URL: they end where the text ends. */
  const whole = new Set<string>()
  const bare = new Set<string>()
  const note = (rest: string) => {
    if (!rest.startsWith('?')) return
    const query = rest.slice(1).replace(/#.*$/, '')
    for (const one of [query, ...query.split('&')]) {
      if (one.length >= (/^[^=]+=./.test(one) ? MIN_PAIR : MIN_WORD)) bare.add(one)
    }
  }
  yield* eachOf(texts, (text) => {
    const url = /^[a-z][a-z0-9+.-]*:\/\/[^\s?#]*([?#]\S*)$/i.exec(text)?.[1]
    if (url) {
      whole.add(url)
      note(url)
    } else for (const [, , rest = ''] of text.matchAll(urlWithRest())) note(rest.replace(PLACE, '$1'))
  })
  const pattern = anyOf([urlWithRest().source, LOOSE, ...longestFirst(bare).map(escaped)])
  const replaced = (rest: string): string => {
    const [, query = rest, place = ''] = PLACE.exec(rest) ?? []
    // Only where the query is known to end there: a query may end with numbers as well.
    const [kept, tail] = whole.has(query) ? [query, place] : [rest, '']
    const mark = /^[?#]/.exec(kept)?.[0] ?? ''
    return `${mark}redacted-${numbers.of(kept.slice(mark.length))}${tail}`
  }
  return (text) =>
    text.replace(pattern, (match, url?: string, rest?: string) =>
      url !== undefined && rest !== undefined ? url + replaced(rest) : replaced(match),
    )
}

/** A scheme, slashes (which may be escaped), who is asking, and the host. */
const authority = () =>
  /([a-z][a-z0-9+.-]{0,30}(?::|%3a))?(\/\/|\\\/\\\/|%2f%2f)(?:[^\s/?#@"'<>`]*@)?(\[[0-9a-f:.]+\]|[^\s/?#:@"'<>`()\\,;%]+)/gi
/** Names in front of a known domain: they make another host. */
const LABELS = '(?:(?<![a-z0-9_-])(?:[a-z0-9_-]{1,63}\\.){1,10})?'

/** The host as URLs write it. */
function canonical(host: string): string {
  try {
    return new URL(`https://${host}/`).hostname
  } catch {
    return host.toLowerCase()
  }
}

/** A host, and the domains that it is in: `www.pod.example` and `pod.example`. */
function withDomains(host: string): string[] {
  const labels = host.split('.')
  if (host.startsWith('[') || labels.length < 3 || /^\d+$/.test(labels.at(-1) ?? '')) return [host]
  return labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'))
}

/** Finds known hosts that stand alone; one without a dot only as a word, or it would be found in words. */
function bareHosts(known: Iterable<string>): string[] {
  const all = longestFirst(known)
  const dotted = all.filter((host) => /[.:]/.test(host)).map(escaped)
  const words = all.filter((host) => !/[.:]/.test(host)).map(escaped)
  const patterns: string[] = []
  if (dotted.length > 0) patterns.push(`${LABELS}(?:${dotted.join('|')})`)
  if (words.length > 0) {
    patterns.push(`(?:(?<![a-z0-9_-])|(?<=%2f|%40))(?:${words.join('|')})(?![a-z0-9_-])`)
  }
  return patterns
}

/** Replaces hosts, the same by the same: in URLs, and where a host that is known stands alone. */
function* hostChange(texts: Texts): Steps<Change> {
  const numbers = numbered()
  const known = new Set<string>()
  const aliasOf = (host: string) => `host-${numbers.of(canonical(host))}.example`
  /** Two slashes alone make no URL: what follows must look like a host, or be one. */
  const isHost = (scheme: string | undefined, host: string) =>
    /[\p{L}\p{N}]/u.test(host) &&
    (scheme !== undefined || host.includes('.') || known.has(host.toLowerCase()))
  yield* eachOf(texts, (text) => {
    for (const [, scheme, , host = ''] of text.matchAll(authority())) {
      if (!isHost(scheme, host)) continue
      for (const one of [...withDomains(canonical(host)), host.toLowerCase()]) known.add(one)
    }
  })
  const bare = bareHosts(known)
  const pattern = anyOf([authority().source, ...bare])
  const alone = anyOf(bare)
  return (text) =>
    text.replace(pattern, (match, scheme?: string, slashes?: string, host?: string) => {
      if (slashes === undefined || host === undefined) return aliasOf(match)
      if (isHost(scheme, host)) return `${scheme ?? ''}${slashes}${aliasOf(host)}`
      return bare.length > 0 ? match.replace(alone, aliasOf) : match
    })
}

/** Each text is looked at once: most of them stand in a session many times. */
function remembered(change: Change): Change {
  const known = new Map<string, string>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const after = change(text)
    known.set(text, after)
    return after
  }
}

/** What stands in a file beside its events. */
export interface About {
  readonly title: string
  readonly matching: readonly SiteMatching[]
}

export interface Redacted extends About {
  readonly events: readonly SessionEvent[]
}

const matchingShape = SiteMatching as v.GenericSchema as unknown as Shape

/** Takes out of a session what is asked for: the same stands for the same in all of it. */
export function* redact(
  events: readonly SessionEvent[],
  { title, matching }: About,
  { queries, hosts }: Redactions,
): Steps<Redacted> {
  if (!queries && !hosts) return { events, title, matching }
  const texts = new Set<string>([title])
  const note: Change = (text) => {
    texts.add(text)
    return text
  }
  for (const one of matching) walk(matchingShape, one, note)
  yield* part(
    0,
    0.2,
    eachOf(events, (event) => void walk(eventShape, event, note)),
  )
  const same: Change = (text) => text
  const withoutQueries = queries ? remembered(yield* part(0.2, 0.3, queryChange([...texts]))) : same
  const left: string[] = []
  yield* part(
    0.3,
    0.5,
    eachOf([...texts], (text) => void left.push(withoutQueries(text))),
  )
  const withoutHosts = hosts ? yield* part(0.5, 0.6, hostChange(left)) : same
  const change = remembered((text) => withoutHosts(withoutQueries(text)))
  const safe: SessionEvent[] = []
  yield* part(
    0.6,
    1,
    eachOf(events, (event) => {
      const redacted = walk(eventShape, event, change) as SessionEvent
      // An event of a kind that is not known has no body left.
      if (redacted.body !== null) safe.push(redacted)
    }),
  )
  return {
    events: safe,
    title: change(title),
    matching: matching.map((one) => walk(matchingShape, one, change) as SiteMatching),
  }
}

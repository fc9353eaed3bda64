import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageItem } from '../../../../protocol/storage-items'
import { placeOf } from './items'

/** So many words of a row's value are looked at. */
const MAX_WORDS = 40

const EXTENSION = /\.([a-z\d]{1,5})$/i
const tokensOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

/** A path or another name, in the parts that are compared. */
interface Name {
  readonly text: string
  readonly tokens: readonly string[]
  readonly extension: string
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function nameOf(path: string): Name {
  const text = path.replace(/\/+$/, '').toLowerCase()
  const [whole = '', extension = ''] = EXTENSION.exec(text) ?? []
  const rest = text.slice(0, text.length - whole.length)
  return { text: rest, tokens: tokensOf(rest), extension }
}

/** Path and query of a URL; the text itself where it is none. */
function pathOf(text: string): { readonly path: string; readonly query: string } {
  if (!URL.canParse(text)) return { path: text, query: '' }
  const { pathname, search } = new URL(text)
  return { path: decoded(pathname), query: decoded(search) }
}

/** What an item is called: by its path, its key or URL, and the words of its value. */
export function callNamesOf(item: StorageItem): readonly Name[] {
  const { name } = placeOf(item)
  const { path, query } = pathOf(name)
  const words =
    item.kind === 'row'
      ? item.value
          .split(/\s+/)
          .filter((word) => /\p{L}/u.test(word) && word.length > 2)
          .slice(0, MAX_WORDS)
      : []
  const paths = [
    path,
    ...(query ? [path + query] : []),
    ...words.map((word) => pathOf(word).path + pathOf(word).query),
  ]
  return paths.map(nameOf)
}

/** A response, by the names that it may be stored under. */
export function responseNamesOf({ url, responseUrl }: FetchRecord): readonly Name[] {
  const all = new Set([url, responseUrl || url])
  return [...all].flatMap((one) => {
    const { path, query } = pathOf(one)
    // With a query, the path alone may be that of others.
    return query ? [nameOf(path + query), nameOf(path)] : [nameOf(path)]
  })
}

/** How many tokens two names have in common at their ends. */
function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < Math.min(a.length, b.length) && a.at(-1 - count) === b.at(-1 - count)) count++
  return count
}

const lastPart = (text: string) => text.slice(text.lastIndexOf('/') + 1)

/**
 * How well a name fits that of a response, 0 where it does not. It must have the last part of the path as it is; a number, which may
 * count anything, with its extension or the part before it.
 */
function fitOf(name: Name, response: Name): number {
  const part = lastPart(response.text)
  if (part === '') return 0
  const common = commonEnd(name.tokens, response.tokens)
  const isSameKind = response.extension !== '' && name.extension === response.extension
  const fit = 2 * common + (isSameKind ? 1 : 0)
  if (/^\d+$/.test(part)) return common > 1 || (common === 1 && isSameKind) ? fit : 0
  const isWhole = name.text.endsWith(part) && !/[\p{L}\p{N}]$/u.test(name.text.slice(0, -part.length))
  return isWhole && common > 0 ? fit : 0
}

export function nameFit(names: readonly Name[], responses: readonly Name[]): number {
  let best = 0
  for (const name of names) for (const response of responses) best = Math.max(best, fitOf(name, response))
  return best
}

import { sources } from '../../../protocol/events'
import { termFor } from './filter-terms'
import { levels } from './levels'

const keys = ['source', 'event', 'fetch', 'level'] as const
type Key = (typeof keys)[number]

/** How many suggestions are made. */
const MAX = 10

/** What the log has, asked for only where it is needed. */
export interface FilterValues {
  /** Kinds of rows. */
  events(): Iterable<string>
  /** IDs of fetches. */
  fetches(): Iterable<string>
}

/** Words that may stand at the caret, in place of the text between `from` and `to`. */
export interface Suggestions {
  readonly from: number
  readonly to: number
  readonly words: readonly string[]
}

/** The word that the caret is in or after: quotes hold spaces together. */
const WORD = /(?:-?[a-z]+:"[^"]*"?|[^\s"]*)$/i

const valuesOf = (key: Key, values: FilterValues): Iterable<string> => {
  switch (key) {
    case 'source':
      return sources
    case 'level':
      return levels
    case 'event':
      return values.events()
    case 'fetch':
      return values.fetches()
  }
}

function wordsFor(typed: string, values: FilterValues): string[] {
  const parts = /^(-?)([a-z]*)(?::(.*))?$/is.exec(typed)
  if (!parts) return []
  const [, minus = '', key = '', value] = parts
  const low = key.toLowerCase()
  if (value === undefined) {
    return keys.filter((one) => one.startsWith(low)).map((one) => `${minus}${one}:`)
  }
  const known = keys.find((one) => one === low)
  if (!known) return []
  const wanted = value.replace(/^"|"$/g, '').toLowerCase()
  const all = [...new Set(valuesOf(known, values))]
  const found = all.filter((one) => one.toLowerCase().includes(wanted))
  // What begins so comes before what only has it in it.
  const at = (one: string) => (one.toLowerCase().startsWith(wanted) ? 0 : 1)
  const fixed = known === 'source' || known === 'level'
  return found
    .sort((a, b) => at(a) - at(b))
    .slice(0, MAX)
    .map((one) => minus + (fixed ? `${known}:${one}` : termFor(known, one, all)))
}

/**
 * What the word at the caret of the log's filter may become: a key such as `source:`, or a value of one.
 *
 * @param asked the person wants suggestions also where nothing was typed
 */
export function suggestFilter(
  query: string,
  caret: number,
  values: FilterValues,
  asked = false,
): Suggestions | null {
  const [typed = ''] = WORD.exec(query.slice(0, caret)) ?? []
  if (typed === '' && !asked) return null
  // In the middle of a word nothing is suggested.
  if (/^[^\s]/.test(query.slice(caret))) return null
  const words = wordsFor(typed, values).filter((word) => word !== typed)
  return words.length > 0 ? { from: caret - typed.length, to: caret, words } : null
}

/** The query with a suggestion in it, and where the caret goes: a key waits for its value. */
export function withSuggestion(
  query: string,
  { from, to }: Suggestions,
  word: string,
): { readonly query: string; readonly caret: number } {
  const rest = query.slice(to)
  const added = word.endsWith(':') ? word : `${word} `
  return {
    query: query.slice(0, from) + added + (added === word ? rest : rest.trimStart()),
    caret: from + added.length,
  }
}

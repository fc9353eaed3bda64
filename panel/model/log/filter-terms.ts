import { escapeRegExp } from '../reg-exp'

/** A word of the filter that finds rows by one of their properties. */
export type TermKey = 'source' | 'event' | 'fetch'

/**
 * The term of the filter for a value. A value that others contain is asked for exactly, as a word is found anywhere
 * in a text.
 */
export function termFor(key: TermKey, value: string, others: Iterable<string> = []): string {
  const low = value.toLowerCase()
  const contained = [...others].some((other) => other !== value && other.toLowerCase().includes(low))
  if (!contained && /^[^\s"/]+$/.test(value)) return `${key}:${value}`
  if (!contained && value !== '' && !/["\n\r]/.test(value)) return `${key}:"${value}"`
  const escaped = escapeRegExp(value).replace(/\n/g, '\\n').replace(/\r/g, '\\r')
  return `${key}:/^${escaped}$/`
}

/** A query that also shows only, or hides, what a term finds. The opposite of it is taken out. */
export function withTerm(query: string, term: string, hide: boolean): string {
  const [added, opposite] = hide ? [`-${term}`, term] : [term, `-${term}`]
  const around = ` ${query.trim()} `
  const without = around.replace(` ${opposite} `, ' ').trim()
  if (` ${without} `.includes(` ${added} `)) return without
  return [without, added].filter(Boolean).join(' ')
}

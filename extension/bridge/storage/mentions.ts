import { hasWord, valueHasId } from '../../../protocol/words'

/** What an item may name a fetch by. */
export interface FetchNames {
  readonly id: string
  readonly urls: ReadonlySet<string>
}

/** URLs are looked for inside longer texts, as JSON may hold them; of a large fetch only the first. */
const MAX_SEARCHED = 20

/** In a text that is longer than this, only the id is looked for. */
const MAX_SEARCHED_TEXT = 200_000

const names = (text: string, { urls }: FetchNames): boolean => {
  if (urls.has(text)) return true
  if (text.length > MAX_SEARCHED_TEXT) return false
  let left = MAX_SEARCHED
  for (const url of urls) {
    if (left-- <= 0) return false
    if (text.length > url.length && hasWord(text, url)) return true
  }
  return false
}

/** Whether the name of an item (a key, a path, a URL) names the fetch. */
export const namedBy = (name: string, fetch: FetchNames): boolean =>
  hasWord(name, fetch.id) || names(name, fetch)

/** Whether a text out of a value names the fetch: a plain number there may be a count of anything. */
export const namedInValue = (text: string, fetch: FetchNames): boolean =>
  valueHasId(text, fetch.id) || names(text, fetch)

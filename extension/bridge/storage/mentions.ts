/** Shorter ids would be found everywhere. */
const MIN_ID = 3

/** `ep-1` is no part of `ep-12`, and none of `ep-1-2`: that may be another fetch. */
const ENDS_IN_NAME = /[\p{L}\p{N}\p{M}_-]$/u
const BEGINS_IN_NAME = /^[\p{L}\p{N}\p{M}_-]/u
/** A number may stand for anything, unless it is as long as a time stamp. */
const PLAIN_NUMBER = /^\d{1,9}$/

/** Whether `word` stands in the text as a word of its own. */
export function mentions(text: string, word: string): boolean {
  if (text === word) return true
  if (word.length < MIN_ID) return false
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    // Two code units are enough for the last character of any script.
    const before = text.slice(Math.max(0, at - 2), at)
    const after = text.slice(at + word.length, at + word.length + 2)
    if (!ENDS_IN_NAME.test(before) && !BEGINS_IN_NAME.test(after)) return true
  }
  return false
}

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
    if (text.length > url.length && mentions(text, url)) return true
  }
  return false
}

/** Whether the name of an item (a key, a path, a URL) names the fetch. */
export const namedBy = (name: string, fetch: FetchNames): boolean =>
  mentions(name, fetch.id) || names(name, fetch)

/** Whether a text out of a value names the fetch: a plain number there may be a count of anything. */
export const namedInValue = (text: string, fetch: FetchNames): boolean =>
  (!PLAIN_NUMBER.test(fetch.id) && mentions(text, fetch.id)) || names(text, fetch)

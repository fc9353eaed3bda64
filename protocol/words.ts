/** `ep-1` is no part of `ep-12`, and none of `ep-1-2`: that may be another fetch. */
const ENDS_IN_NAME = /[\p{L}\p{N}\p{M}_-]$/u
const BEGINS_IN_NAME = /^[\p{L}\p{N}\p{M}_-]/u
/** Shorter words would be found everywhere. */
const MIN_WORD = 3
/** A number may stand for anything, unless it is as long as a time stamp. */
const PLAIN_NUMBER = /^\d{1,9}$/

/** Whether a word stands in a text as a word of its own, however short it is. */
export function hasWordOfAnyLength(text: string, word: string): boolean {
  if (word === '') return false
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    // Two code units are enough for the last character of any script.
    const before = text.slice(Math.max(0, at - 2), at)
    const after = text.slice(at + word.length, at + word.length + 2)
    if (!ENDS_IN_NAME.test(before) && !BEGINS_IN_NAME.test(after)) return true
  }
  return false
}

/** The same; a word of one or two characters must be all of the text. */
export const hasWord = (text: string, word: string): boolean =>
  word !== '' && (text === word || (word.length >= MIN_WORD && hasWordOfAnyLength(text, word)))

/** Whether a text out of a value has an ID as a word: a plain number there may be a count of anything. */
export const valueHasId = (value: string, id: string): boolean => !PLAIN_NUMBER.test(id) && hasWord(value, id)

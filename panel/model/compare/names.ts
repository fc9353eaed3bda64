import { keysOf } from '../audit/evidence/matching'
import { escapeRegExp } from '../reg-exp'
import type { Side } from './side'

/** Shorter IDs are parts of too many words: they stand for themselves only where nothing else stands around them. */
const MIN_PART = 3
const IN_WORD = '[\\p{L}\\p{N}\\p{M}_-]'

/** Replaces the ID of a fetch, and what matching rules make of it, so that what two fetches of other IDs store has one name. */
export function withoutId(text: string, { fetch, settings }: Side): string {
  const words = [...new Set([fetch.id, ...keysOf(fetch.id, settings.matching)])]
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
  return words.reduce((before, word) => {
    if (word.length >= MIN_PART) return before.replaceAll(word, '{id}')
    return before.replace(new RegExp(`(?<!${IN_WORD})${escapeRegExp(word)}(?!${IN_WORD})`, 'gu'), '{id}')
  }, text)
}

/** UUIDs, times and other long numbers, which are another one each time. */
const RANDOM = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\d{10,}|[0-9a-f]{16,}/gi

/** The same, and without what is different each time. Short numbers may distinguish the parts of one fetch: they stay. */
export const withoutRandom = (text: string, side: Side): string => withoutId(text, side).replace(RANDOM, '#')

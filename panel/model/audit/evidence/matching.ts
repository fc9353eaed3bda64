import type { RemovedItem, StorageItem } from '../../../../protocol/storage-items'
import { hasWordOfAnyLength } from '../../../../protocol/words'
import { namesOf } from './items'

/** How the id of a fetch becomes the key under which the site stores what belongs to it: `map-(.*)` → `$1`. */
export interface MatchingRule {
  readonly pattern: string
  readonly replacement: string
}

/** Longest pattern and replacement, in characters; and how many rules an origin may have. */
export const MAX_PATTERN = 100
export const MAX_RULES = 50
/** Ids and names are looked at up to this length. */
const MAX_TEXT = 200
/** More groups would take long on a text that almost fits. */
const MAX_GROUPS = 3

/** The groups that a pattern may have. Everything else in it stands for itself, or is escaped by a backslash. */
const GROUP = /\(\.\*\)|\(\.\+\)|\(\\d\+\)|\(\\w\+\)/g
const META = /[.*+?^${}()|[\]\\]/g

/**
 * Compiles a pattern, or returns null where it is not one. Only text and a few groups are allowed, so that no pattern
 * can take long, whatever the text.
 */
function compile(pattern: string): RegExp | null {
  if (pattern === '' || pattern.length > MAX_PATTERN) return null
  const groups = pattern.match(GROUP) ?? []
  if (groups.length > MAX_GROUPS) return null
  let source = ''
  const texts = pattern.split(GROUP)
  for (const [i, text] of texts.entries()) {
    const literal = text.replace(/\\([^\w\s])/g, '$1')
    // What is left over of other regular expressions is refused rather than taken for text.
    if (/[()[\]{}|*+?^$\\]/.test(text.replace(/\\[^\w\s]/g, ''))) return null
    source += literal.replace(META, '\\$&') + (groups[i] ?? '')
  }
  return new RegExp(`^${source}$`, 's')
}

/** Whether a pattern and a replacement make a rule. */
export function isRule({ pattern, replacement }: MatchingRule): boolean {
  const compiled = compile(pattern)
  if (!compiled || replacement.length > MAX_PATTERN || replacement.trim() === '') return false
  const groups = pattern.match(GROUP)?.length ?? 0
  return [...replacement.matchAll(/\$(\d)/g)].every(([, n]) => Number(n) >= 1 && Number(n) <= groups)
}

/** The keys that the rules make of an id; '' is none. */
export function keysOf(id: string, rules: readonly MatchingRule[]): readonly string[] {
  const keys: string[] = []
  for (const rule of rules.slice(0, MAX_RULES)) {
    const found = isRule(rule) ? compile(rule.pattern)?.exec(id.slice(0, MAX_TEXT)) : null
    if (!found) continue
    const key = rule.replacement.replace(/\$(\d)/g, (_, n) => found[Number(n)] ?? '').slice(0, MAX_TEXT)
    if (key.trim() !== '') keys.push(key)
  }
  return keys
}

/** Whether an item, or what it is in, is called by one of these keys, as a word of its own. */
export const isCalled = (item: StorageItem | RemovedItem, keys: readonly string[]): boolean =>
  keys.length > 0 && keys.some((key) => namesOf(item).some((name) => hasWordOfAnyLength(name, key)))

const escaped = (text: string) => text.replace(META, '\\$&')
const NAME = /[\p{L}\p{N}_-]+/gu
const PART = /[\p{L}\p{N}]+/gu

/** The parts of a text and all their sequences, the longest first. */
function sequences(text: string): string[] {
  const parts = [...text.matchAll(PART)].slice(0, 12)
  const found = new Set<string>()
  for (const first of parts) {
    for (const last of parts) {
      if (last.index >= first.index) found.add(text.slice(first.index, last.index + last[0].length))
    }
  }
  return [...found].sort((a, b) => b.length - a.length)
}

/** Whether a part stands in a name between others, or alone. */
function partAt(name: string, part: string): number {
  for (let at = name.indexOf(part); at >= 0; at = name.indexOf(part, at + 1)) {
    const around = name.slice(Math.max(0, at - 1), at) + name.slice(at + part.length, at + part.length + 1)
    if (!/[\p{L}\p{N}]/u.test(around)) return at
  }
  return -1
}

/** Whether two characters that stand side by side are of two parts: `p` and `1` of `ep1` are. */
function isEdge(before: string, after: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(before) || !/[\p{L}\p{N}]/u.test(after)) return true
  return /\p{N}/u.test(before) !== /\p{N}/u.test(after)
}

/** The key around a whole id in a name, with `$1` in its place: `ep-$1`; null where the id is no part of it. */
function keyAround(name: string, id: string): string | null {
  for (let at = name.indexOf(id); at >= 0 && id !== ''; at = name.indexOf(id, at + 1)) {
    const before = name.slice(0, at)
    const after = name.slice(at + id.length)
    if (!isEdge(before.slice(-1), id.slice(0, 1)) || !isEdge(id.slice(-1), after.slice(0, 1))) continue
    const [prefix = ''] = /[\p{L}\p{N}_-]*$/u.exec(before) ?? []
    const [suffix = ''] = /^[\p{L}\p{N}_-]*/u.exec(after) ?? []
    return `${prefix}$1${suffix}`
  }
  return null
}

/** The rule that would match an item of this name to a fetch, where it shares a part with the id; null where it does not. */
export function suggestRule(id: string, called: string): MatchingRule | null {
  const name = called.slice(0, 4 * MAX_TEXT)
  if (id.length > MAX_TEXT) return null
  const makes = (rule: MatchingRule) =>
    isRule(rule) && keysOf(id, [rule]).some((key) => hasWordOfAnyLength(called, key))
  const around = keyAround(name, id)
  const whole = around === null ? null : { pattern: '(.*)', replacement: around }
  if (whole && makes(whole)) return whole
  const words = [...name.matchAll(NAME)].map(([word]) => word)
  for (const part of sequences(id)) {
    // One letter is shared by chance.
    if (part.length < 2 && !/\d/.test(part)) continue
    for (const word of words) {
      const at = partAt(word, part)
      if (at < 0 || /\$/.test(word)) continue
      const from = id.indexOf(part)
      const pattern = `${escaped(id.slice(0, from))}(.*)${escaped(id.slice(from + part.length))}`
      const replacement = `${word.slice(0, at)}$1${word.slice(at + part.length)}`
      const rule = { pattern, replacement }
      if (makes(rule)) return rule
    }
  }
  return null
}

import { oneLine } from '../format'

/** Values that are written into a script. */
type Value = string | number | readonly Value[]

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * A value as JavaScript writes it, in printable ASCII: nothing in it hides, ends a line or a string, or closes a `<script>`
 * element that the code is put into.
 */
export const literal = (value: Value): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]|<(?=[/!])/g, escaped)

/** What is not a letter of a European language, a digit or a sign that all fonts have. */
const UNUSUAL = /[^\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u2013\u2014\u2018-\u201e\u2026\u2212]|<(?=[/!])/g

/** A comment is not wider than this, in characters, where its words allow it. */
const WIDTH = 110
/** Nor longer than this in all. */
const MAX_LENGTH = 600

/** A text as comments of JavaScript, each of which begins with the slashes and ends on its line. */
export function comment(text: string): readonly string[] {
  const lines: string[] = []
  for (const word of oneLine(text, MAX_LENGTH).replace(UNUSUAL, escaped).split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`// ${word}`)
  }
  return lines
}

import type { Tokens } from './tokens'

/** So many scripts that one imports are looked for. */
const MAX_IMPORTS = 100

/** The strings in the brackets of a call; null where anything else is in them. */
function stringsIn(tokens: Tokens, open: number): string[] | null {
  const all: string[] = []
  const close = tokens.partnerOf(open)
  for (let i = open + 1; i < close && all.length <= MAX_IMPORTS; i += 2) {
    if (tokens.kind(i) !== 'string' || (i + 1 < close && tokens.at(i + 1) !== ',')) return null
    all.push(tokens.textAt(i))
  }
  return all
}

/**
 * The URLs of the scripts that a script imports; null where they are not all in its text.
 *
 * @param workerUrl what `importScripts()` resolves against, in whichever script it is called
 */
export function importsOf(tokens: Tokens, url: string, workerUrl: string): string[] | null {
  const all: URL[] = []
  const add = (text: string, base: string): boolean => {
    const imported = URL.canParse(text, base) ? new URL(text, base) : null
    if (imported) all.push(imported)
    return imported !== null && all.length <= MAX_IMPORTS
  }
  for (const i of tokens.placesOf('importScripts')) {
    if (tokens.at(i - 1) === 'typeof') continue
    const texts = tokens.at(i + 1) === '(' ? stringsIn(tokens, i + 1) : null
    if (!texts?.every((text) => add(text, workerUrl))) return null
  }
  for (const i of tokens.placesOf('import')) {
    if (tokens.at(i + 1) === '(') return null
    if (tokens.kind(i + 1) === 'string' && !add(tokens.textAt(i + 1), url)) return null
  }
  for (const i of tokens.placesOf('from')) {
    if (tokens.kind(i + 1) === 'string' && !add(tokens.textAt(i + 1), url)) return null
  }
  return all.map(({ href }) => href)
}

/** What becomes of a text. */
export type Change = (text: string) => string

/** Gives each text a number, from 1 on, always the same one. */
export function numbered(): { of(text: string): number } {
  const numbers = new Map<string, number>()
  return {
    of(text) {
      const number = numbers.get(text) ?? numbers.size + 1
      numbers.set(text, number)
      return number
    },
  }
}

/** Finds what one of these regular expressions finds, the first of them first. */
export const anyOf = (sources: readonly string[]) =>
  new RegExp(sources.map((one) => `(?:${one})`).join('|'), 'gi')

/** In the order in which they are to be looked for: a text may stand within a longer one. */
export const longestFirst = (texts: Iterable<string>) => [...texts].sort((a, b) => b.length - a.length)

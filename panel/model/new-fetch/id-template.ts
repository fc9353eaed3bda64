/** Stands for a number in an ID that is typed. */
export const PLACE = '{n}'

/** The first text that follows from a template, with 1, 2, 3… in place of `place`, and is not in use. */
export function numbered(template: string, place: string, used: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const text = template.replaceAll(place, String(n))
    if (!used.has(text)) return text
  }
}

/** The ID that is meant by what was typed: with `{n}`, the one of the lowest number that no fetch has had. */
export const idOf = (typed: string, used: ReadonlySet<string>): string =>
  typed.includes(PLACE) ? numbered(typed, PLACE, used) : typed

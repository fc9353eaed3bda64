/** What a literal of JavaScript without any code in it stands for. */
export type Literal = string | number | boolean | null | readonly Literal[] | LiteralObject
export interface LiteralObject {
  readonly [name: string]: Literal
}

/** A literal ends before it is whole (`end`), or something stands in it that is none. */
export class LiteralError extends Error {
  constructor(
    readonly kind: 'end' | 'not-literal',
    /** Where in the text, in characters. */
    readonly at: number,
  ) {
    super(kind)
  }
}

/** Lists and objects in one another: the headers of a request are two deep. */
const MAX_DEPTH = 8

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w$.])/y
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' },
  // A line that goes on in the next one.
  ...{ '\n': '', '\u2028': '', '\u2029': '' },
}
const CODE_POINT = /u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})/y

/** Reads a text from one literal to the next, with their places. */
export function createLiteralReader(text: string, from = 0) {
  let at = from

  const fail = (): never => {
    throw new LiteralError(at >= text.length ? 'end' : 'not-literal', at)
  }
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at += found[0].length
    return found
  }
  /** Takes what stands next, after any space, if it is this. */
  const take = (token: string): boolean => {
    match(SPACE)
    if (!text.startsWith(token, at)) return false
    at += token.length
    return true
  }
  const expect = (token: string) => {
    if (!take(token)) fail()
  }

  const escaped = (): string => {
    const point = match(CODE_POINT)
    if (point) {
      const code = Number.parseInt(point[1] ?? point[2] ?? point[3] ?? '', 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : fail()
    }
    const char = text[at] ?? fail()
    // Octal numbers, but for one that stands for U+0000, are refused in modules, too.
    if (/[1-9ux]/.test(char) || /^0\d/.test(text.slice(at, at + 2))) fail()
    at++
    if (char === '0') return '\0'
    if (char === '\r' && text[at] === '\n') {
      at++
      return ''
    }
    return ESCAPES[char] ?? char
  }

  const quoted = (quote: string): string => {
    let value = ''
    for (;;) {
      const char = text[at] ?? fail()
      if (quote === '`' ? text.startsWith('${', at) : char === '\n') fail()
      at++
      if (char === quote) return value
      value += char === '\\' ? escaped() : char
    }
  }

  const list = (depth: number): readonly Literal[] => {
    const values: Literal[] = []
    while (!take(']')) {
      values.push(value(depth))
      if (!take(',')) {
        expect(']')
        break
      }
    }
    return values
  }

  const object = (depth: number): LiteralObject => {
    const entries: [string, Literal][] = []
    while (!take('}')) {
      const name = /["']/.test(text[at] ?? '') ? quoted(text[at++] ?? '') : (match(NAME)?.[0] ?? fail())
      expect(':')
      entries.push([name, value(depth)])
      if (!take(',')) {
        expect('}')
        break
      }
    }
    return Object.fromEntries(entries)
  }

  const value = (depth: number): Literal => {
    match(SPACE)
    if (depth === 0) fail()
    const char = text[at] ?? fail()
    if (/["'`]/.test(char)) {
      at++
      return quoted(char)
    }
    if (take('[')) return list(depth - 1)
    if (take('{')) return object(depth - 1)
    const number = match(NUMBER)
    if (number) return Number(number[0])
    const start = at
    const word = match(NAME)?.[0]
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    at = start
    return fail()
  }

  return {
    /** Where the next character stands. */
    get at() {
      return at
    },
    take,
    expect,
    match,
    /** Reads the next literal. Throws a `LiteralError` where there is none. */
    value: () => value(MAX_DEPTH),
  }
}

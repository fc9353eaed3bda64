import type { Tokens } from './tokens'

/** Some tokens, from the first up to the one before `to`. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A function that is written out in a script. */
export interface FunctionText {
  readonly parameters: Range
  readonly body: Range
  /** The token after it. */
  readonly end: number
}

const isName = (tokens: Tokens, i: number) => tokens.kind(i) === 'name'
const ends = new Set([',', ';', ')', ']', '}', '`', ''])

/** The end of an expression: what comes after it at the same level. */
export function endOfExpression(tokens: Tokens, from: number): number {
  let i = from
  while (!ends.has(tokens.at(i)) || (tokens.at(i) === '`' && tokens.partnerOf(i) > i)) {
    const partner = tokens.partnerOf(i)
    if (partner > i) i = partner
    // The last part of a template, or a bracket that is closed here.
    i++
  }
  return i
}

const block = (tokens: Tokens, parameters: Range, at: number): FunctionText | null => {
  const close = tokens.partnerOf(at)
  if (tokens.at(at) !== '{') return null
  return { parameters, body: { from: at + 1, to: close }, end: close + 1 }
}

function arrow(tokens: Tokens, parameters: Range, at: number): FunctionText {
  const written = block(tokens, parameters, at)
  if (written) return written
  const end = endOfExpression(tokens, at)
  return { parameters, body: { from: at, to: end }, end }
}

/** The function that begins at a token; null where none does. */
export function functionAt(tokens: Tokens, from: number): FunctionText | null {
  let i = from
  if (tokens.at(i) === 'async' && tokens.at(i + 1) !== '=>') i++
  if (tokens.at(i) === 'function') {
    i++
    if (tokens.at(i) === '*') i++
    if (isName(tokens, i)) i++
    if (tokens.at(i) !== '(') return null
    const close = tokens.partnerOf(i)
    return block(tokens, { from: i + 1, to: close }, close + 1)
  }
  if (tokens.at(i) === '(') {
    const close = tokens.partnerOf(i)
    return tokens.at(close + 1) === '=>' ? arrow(tokens, { from: i + 1, to: close }, close + 2) : null
  }
  if (isName(tokens, i) && tokens.at(i + 1) === '=>') return arrow(tokens, { from: i, to: i + 1 }, i + 2)
  return null
}

/** The name of a function's first parameter; null where that is none, or has a default. */
export function firstParameter(tokens: Tokens, { from, to }: Range): string | null {
  const isAlone = from + 1 === to || tokens.at(from + 1) === ','
  return from < to && isName(tokens, from) && isAlone ? tokens.at(from) : null
}

/** The parameter of `({ property })`, or of `({ property: name })`; null where the pattern has anything else. */
export function patternNames(tokens: Tokens, from: number): ReadonlyMap<string, string> | null {
  if (tokens.at(from) !== '{') return null
  const to = tokens.partnerOf(from)
  const names = new Map<string, string>()
  for (let i = from + 1; i < to; ) {
    if (!isName(tokens, i)) return null
    const property = tokens.at(i)
    const renamed = tokens.at(i + 1) === ':' && isName(tokens, i + 2)
    names.set(property, renamed ? tokens.at(i + 2) : property)
    i += renamed ? 3 : 1
    if (i < to && tokens.at(i) !== ',') return null
    i++
  }
  return names
}

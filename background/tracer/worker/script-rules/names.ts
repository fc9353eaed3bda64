import { functionAt, type Range } from './functions'
import type { Tokens } from './tokens'

const ASSIGNS = /^(?:(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=|\+\+|--|of|in)$/
const DECLARES = new Set(['const', 'let', 'var', 'function', 'class', 'import', 'as'])
const VARIABLE = /^(?:const|let|var)$/
/** What stands before brackets that are not those of parameters. */
const STATEMENTS = new Set(['if', 'for', 'while', 'switch', 'with', 'await'])
/** So many tokens of a declaration are read. */
const MAX_DECLARATION = 500

/** A variable of that name, and not a property. */
export const isVariable = (tokens: Tokens, i: number, name: string): boolean =>
  tokens.at(i) === name && tokens.kind(i) === 'name' && tokens.at(i - 1) !== '.' && tokens.at(i - 1) !== '?.'

/** Whether these tokens stand one after the other from there on. */
export const isSequence = (tokens: Tokens, from: number, ...expected: string[]): boolean =>
  expected.every((value, n) => tokens.at(from + n) === value)

/** Where a token of that text, or a string of that value, is in a range. */
export const placesIn = (tokens: Tokens, text: string, { from, to }: Range): number[] =>
  tokens.placesOf(text).filter((i) => i >= from && i < to)

/** Whether one of these names or strings is anywhere in a range. */
export const mentions = (tokens: Tokens, names: Iterable<string>, range: Range): boolean =>
  [...names].some((name) => placesIn(tokens, name, range).length > 0)

/** The brackets around a token, from the innermost on, as long as they are in a range. */
function* bracketsAround(tokens: Tokens, i: number, { from }: Range): Generator<number> {
  for (let open = tokens.parentOf(i); open >= from && open >= 0; open = tokens.parentOf(open)) yield open
}

/** Whether a token is in the block of a `try`. */
export const isTried = (tokens: Tokens, i: number, range: Range): boolean =>
  [...bracketsAround(tokens, i, range)].some((open) => tokens.at(open - 1) === 'try')

/**
 * Whether what begins at a token is declared there, as in `let a` or in the further ones of `let a, b`; null where that can't be
 * read within a few tokens.
 */
export function isDeclared(tokens: Tokens, i: number): boolean | null {
  if (tokens.at(i - 1) !== ',') return VARIABLE.test(tokens.at(i - 1))
  const parent = tokens.parentOf(i)
  let at = i - 1
  for (let n = 0; at > parent; n++) {
    if (n > MAX_DECLARATION) return null
    if (tokens.at(at) === ';') return false
    if (VARIABLE.test(tokens.at(at))) return true
    const partner = tokens.partnerOf(at)
    at = (partner >= 0 && partner < at ? partner : at) - 1
  }
  return false
}

/** The function, or the `catch`, that a token is a parameter of; undefined where it is none. */
function parametersOf(tokens: Tokens, i: number, range: Range): Range | undefined {
  if (tokens.at(i + 1) === '=>') return { from: i, to: functionAt(tokens, i)?.end ?? range.to }
  for (const open of bracketsAround(tokens, i, range)) {
    if (tokens.at(open) !== '(') continue
    const after = tokens.partnerOf(open) + 1
    if (tokens.at(after) === '=>') return { from: open, to: functionAt(tokens, open)?.end ?? range.to }
    if (tokens.at(after) === '{' && !STATEMENTS.has(tokens.at(open - 1))) {
      return { from: open, to: tokens.partnerOf(after) + 1 }
    }
  }
  return undefined
}

/** Whether a token is in a pattern that is declared or assigned. */
const isInPattern = (tokens: Tokens, i: number, range: Range): boolean =>
  [...bracketsAround(tokens, i, range)].some(
    (open) =>
      /^[[{]$/.test(tokens.at(open)) &&
      (DECLARES.has(tokens.at(open - 1)) || tokens.at(tokens.partnerOf(open) + 1) === '='),
  )

/** A name that means one thing in a range, but where functions in it have parameters of that name. */
export interface Binding {
  readonly name: string
  readonly where: Range
  readonly except: readonly Range[]
}

/**
 * What a name means in a range. Null where it may mean something else in some part of it that is not a function with such a
 * parameter: it is declared or assigned there.
 */
export function bind(tokens: Tokens, name: string, where: Range): Binding | null {
  const except: Range[] = []
  for (const i of placesIn(tokens, name, where)) {
    if (!isVariable(tokens, i, name) || except.some(({ from, to }) => i >= from && i < to)) continue
    const parameters = parametersOf(tokens, i, where)
    if (parameters) {
      except.push(parameters)
      continue
    }
    const [before, after] = [tokens.at(i - 1), tokens.at(i + 1)]
    if (ASSIGNS.test(after) || DECLARES.has(before) || before === '++' || before === '--') return null
    if (isDeclared(tokens, i) !== false || isInPattern(tokens, i, where)) return null
  }
  return { name, where, except }
}

/** Whether a token is what a binding names. */
export const refers = (tokens: Tokens, i: number, { name, where, except }: Binding): boolean =>
  i >= where.from &&
  i < where.to &&
  isVariable(tokens, i, name) &&
  !except.some(({ from, to }) => i >= from && i < to)

/** Where a binding is used, in the order of the script. */
export const usesOf = (tokens: Tokens, binding: Binding): number[] =>
  tokens.placesOf(binding.name).filter((i) => refers(tokens, i, binding))

/** Whether a script gives a name of the global scope another meaning, somewhere. */
export const isRedefined = (tokens: Tokens, ...names: string[]): boolean =>
  names.some((name) => {
    const binding = bind(tokens, name, { from: 0, to: tokens.length })
    return !binding || binding.except.length > 0
  })

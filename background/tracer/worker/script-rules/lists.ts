import { endOfExpression, firstParameter, functionAt, type Range } from './functions'
import { type Binding, bind, isDeclared, isSequence, usesOf } from './names'
import type { Tokens } from './tokens'

/** So many lists, uses of them and caches are followed in a handler. */
export const MAX_NAMES = 20

/** What makes another value of one. */
const CONTINUES = /^(?:[([.`?]|\?\.|&&|\|\||\?\?)$/

/** The end of the block that a token is in. */
const blockEnd = (tokens: Tokens, i: number, { from, to }: Range): number => {
  const parent = tokens.parentOf(i)
  return parent >= from ? tokens.partnerOf(parent) : to
}

/** The name of the first parameter of the function at a token, in its body. */
function parameterAt(tokens: Tokens, i: number): Binding | null {
  const written = functionAt(tokens, i)
  const name = written && firstParameter(tokens, written.parameters)
  return written && name ? bind(tokens, name, written.body) : null
}

/** The name that a call's value is given, by `const name = await …` or `.then((name) => …)`. */
export function nameOfValue(tokens: Tokens, first: number, close: number, body: Range): Binding | null {
  if (isSequence(tokens, close + 1, '.', 'then', '(')) return parameterAt(tokens, close + 4)
  if (!isSequence(tokens, first - 2, '=', 'await') || !isDeclared(tokens, first - 3)) return null
  if (CONTINUES.test(tokens.at(close + 1))) return null
  return bind(tokens, tokens.at(first - 3), { from: close + 1, to: blockEnd(tokens, first, body) })
}

/** The parameter of a function that is called for each element, where one is passed there. */
const eachOf = (tokens: Tokens, dot: number): Binding | null =>
  tokens.at(dot) === '.' && /^(?:map|forEach)$/.test(tokens.at(dot + 1)) && tokens.at(dot + 2) === '('
    ? parameterAt(tokens, dot + 3)
    : null

/** The variable of a `for (const name of …)` whose list begins at a token, and is over after another one. */
function loopOver(tokens: Tokens, first: number, last: number): Binding | null {
  const start = tokens.at(first - 1) === 'await' ? first - 1 : first
  const open = tokens.parentOf(start)
  if (tokens.at(start - 1) !== 'of' || open < 0 || tokens.partnerOf(open) !== last + 1) return null
  if (!/^(?:const|let|var)$/.test(tokens.at(start - 3))) return null
  const from = last + 2
  const to = tokens.at(from) === '{' ? tokens.partnerOf(from) : endOfExpression(tokens, from)
  return bind(tokens, tokens.at(start - 2), { from, to })
}

/**
 * What the elements of a list are called that a call resolves with: the variable of a loop over it, and the parameter of what is
 * called for each; none of a list whose elements are replaced.
 *
 * @param first of the call's tokens
 * @param close the last of them
 */
export function elementsOf(tokens: Tokens, first: number, close: number, body: Range): Binding[] {
  const found = [loopOver(tokens, first, close)]
  // (await call()).map(…)
  const isAwaited = isSequence(tokens, first - 2, '(', 'await') && tokens.at(close + 1) === ')'
  if (isAwaited) found.push(eachOf(tokens, close + 2))
  const list = nameOfValue(tokens, first, close, body)
  const uses = list ? usesOf(tokens, list) : []
  if (uses.some((i) => tokens.at(i + 1) === '[')) return []
  for (const i of uses.slice(0, MAX_NAMES)) found.push(loopOver(tokens, i, i), eachOf(tokens, i + 1))
  return found.filter((one) => one !== null)
}

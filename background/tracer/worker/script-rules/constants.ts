import { functionAt } from './functions'
import { bind, isDeclared, isSequence, isVariable } from './names'
import type { Tokens } from './tokens'

/** What stands before a function that is part of an expression: its name is known in it alone. */
const IN_EXPRESSION = /^(?:return|typeof|void|new|await|yield|in|of|case|delete|throw|instanceof)$/
/** What ends a statement where no semicolon does. */
const ENDS_STATEMENT = new Set(['', ';', '{', '}', ')', ']', '`'])
/** What makes another value of one, at the beginning of the next line, too. */
const OPERATES = /^(?:in|instanceof)$/

/** Whether the function whose keyword is at a token is declared there, and no part of an expression. */
function isStatement(tokens: Tokens, keyword: number): boolean {
  const before = tokens.at(keyword - 1) === 'async' ? keyword - 2 : keyword - 1
  if (tokens.kind(before) === 'punctuator') return ENDS_STATEMENT.has(tokens.at(before))
  return !IN_EXPRESSION.test(tokens.at(before))
}

/** The keyword of the function whose name is at a token; -1 where it is none. */
function keywordOf(tokens: Tokens, i: number): number {
  const at = tokens.at(i - 1) === '*' ? i - 2 : i - 1
  return tokens.at(at) === 'function' ? at : -1
}

function onlyDeclaration(tokens: Tokens, name: string): number | null {
  const at = tokens
    .placesOf(name)
    .find((i) => isVariable(tokens, i, name) && (keywordOf(tokens, i) >= 0 || isDeclared(tokens, i)))
  if (at === undefined) return null
  const around = [
    { from: 0, to: at },
    { from: at + 1, to: tokens.length },
  ]
  // Anywhere else it must mean the same: a string may be the name of a property of the global scope.
  const isOnly = around.every((range) => bind(tokens, name, range)?.except.length === 0)
  return isOnly && tokens.placesOf(name).every((i) => isVariable(tokens, i, name)) ? at : null
}

/** What is found out once for each name of a script: it may be asked for at every token. */
function byName<T>(find: (tokens: Tokens, name: string) => T): (tokens: Tokens, name: string) => T {
  const known = new WeakMap<Tokens, Map<string, T>>()
  return (tokens, name) => {
    const all = known.get(tokens) ?? new Map<string, T>()
    known.set(tokens, all)
    const before = all.get(name)
    if (before !== undefined) return before
    const found = find(tokens, name)
    all.set(name, found)
    return found
  }
}

const declarationNamed = byName(onlyDeclaration)

/**
 * Where the name at a token is declared; null where the script may give it more than one meaning, or declares it where the token
 * has nothing of it.
 */
function declarationOf(tokens: Tokens, i: number): number | null {
  const at = tokens.kind(i) === 'name' ? declarationNamed(tokens, tokens.at(i)) : null
  if (at === null) return null
  const block = tokens.parentOf(at)
  return block === -1 || (i > block && i < tokens.partnerOf(block)) ? at : null
}

/** Whether a value that ends before a token is the whole one. */
const isWhole = (tokens: Tokens, end: number): boolean =>
  tokens.kind(end) === 'name' ? !OPERATES.test(tokens.at(end)) : /^[,;)}]?$/.test(tokens.at(end))

/** Whether a token is all of the first argument of a `waitUntil()`. */
const isWaitedFor = (tokens: Tokens, i: number): boolean =>
  isSequence(tokens, i - 2, 'waitUntil', '(') && /^[,)]$/.test(tokens.at(i + 1))

/** Whether a name is of a function that the script declares, and that is only called or given to a `waitUntil()` by it. */
const isFunctionNamed = byName((tokens, name) => {
  const at = declarationNamed(tokens, name)
  if (at === null) return false
  const keyword = keywordOf(tokens, at)
  if (keyword >= 0) {
    if (!isStatement(tokens, keyword)) return false
  } else {
    const written = tokens.at(at + 1) === '=' ? functionAt(tokens, at + 2) : null
    if (!written || !isWhole(tokens, written.end)) return false
  }
  // With a `then()` of its own it would be waited for.
  const uses = tokens.placesOf(name).filter((place) => place !== at)
  return uses.every((place) => tokens.at(place + 1) === '(' || isWaitedFor(tokens, place))
})

/** Whether all of the first argument of a `waitUntil()`, which begins at a token, is the name of a function. */
export const isFunctionName = (tokens: Tokens, i: number): boolean =>
  isWaitedFor(tokens, i) && declarationOf(tokens, i) !== null && isFunctionNamed(tokens, tokens.at(i))

const LITERAL = /^[^\\]+$/

/** The value of the string at a token, or of the constant that is named there; null where it is not certain. */
export function stringOf(tokens: Tokens, i: number): string | null {
  const written = tokens.textAt(i)
  if (written) return LITERAL.test(written) ? written : null
  const at = declarationOf(tokens, i)
  if (at === null || tokens.at(at + 1) !== '=' || !isWhole(tokens, at + 3)) return null
  const text = tokens.textAt(at + 2)
  return LITERAL.test(text) ? text : null
}

import { endOfExpression, firstParameter, functionAt, type Range } from './functions'
import type { Handler } from './handlers'
import { isRegistration } from './methods'
import { type Binding, bind, isDeclared, isSequence, placesIn, refers, usesOf } from './names'
import type { Tokens } from './tokens'

/** So many lists of records, their uses and caches are followed in a handler. */
const MAX_NAMES = 20

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
function nameOfValue(tokens: Tokens, first: number, close: number, body: Range): Binding | null {
  if (isSequence(tokens, close + 1, '.', 'then', '(')) return parameterAt(tokens, close + 4)
  if (!isSequence(tokens, first - 2, '=', 'await') || !isDeclared(tokens, first - 3)) return null
  if (CONTINUES.test(tokens.at(close + 1))) return null
  return bind(tokens, tokens.at(first - 3), { from: close + 1, to: blockEnd(tokens, first, body) })
}

/** Calls of `matchAll()` of the event's registration in a handler: the first token of the expression, and its last. */
const matchAlls = (tokens: Tokens, handler: Handler): { first: number; close: number }[] =>
  placesIn(tokens, 'matchAll', handler.written.body)
    .slice(0, MAX_NAMES)
    .flatMap((i) => {
      if (tokens.at(i - 1) !== '.' || !isSequence(tokens, i + 1, '(', ')')) return []
      const first = isRegistration(tokens, i - 2, handler)
      return first === null ? [] : [{ first, close: i + 2 }]
    })

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

/** The names of single records. */
function recordsIn(tokens: Tokens, handler: Handler): Binding[] {
  const { body } = handler.written
  const found: (Binding | null)[] = []
  for (const { first, close } of matchAlls(tokens, handler)) {
    found.push(loopOver(tokens, first, close))
    // (await registration.matchAll()).map(…)
    const isAwaited = isSequence(tokens, first - 2, '(', 'await') && tokens.at(close + 1) === ')'
    if (isAwaited) found.push(eachOf(tokens, close + 2))
    const list = nameOfValue(tokens, first, close, body)
    for (const i of list ? usesOf(tokens, list).slice(0, MAX_NAMES) : []) {
      found.push(loopOver(tokens, i, i), eachOf(tokens, i + 1))
    }
  }
  return found.filter((one) => one !== null)
}

/** The names of caches. */
const cachesIn = (tokens: Tokens, { written: { body } }: Handler): Binding[] =>
  placesIn(tokens, 'caches', body)
    .slice(0, MAX_NAMES)
    .map((i) =>
      isSequence(tokens, i, 'caches', '.', 'open', '(') && tokens.at(i - 1) !== '.'
        ? nameOfValue(tokens, i, tokens.partnerOf(i + 3), body)
        : null,
    )
    .filter((one) => one !== null)

/** The second argument of a call whose bracket is at a token. */
function secondArgument(tokens: Tokens, open: number): Range | null {
  const close = tokens.partnerOf(open)
  const [first, second = close] = placesIn(tokens, ',', { from: open, to: close }).filter(
    (i) => tokens.parentOf(i) === open,
  )
  return first === undefined ? null : { from: first + 1, to: second }
}

/**
 * Where a handler gives a `BackgroundFetchRecord`, or the promise of its response, to `Cache.put()`, which takes a response.
 * https://developer.mozilla.org/docs/Web/API/Cache/put
 */
export function recordsStored(tokens: Tokens, handler: Handler): number[] {
  const found: number[] = []
  const caches = cachesIn(tokens, handler)
  if (caches.length === 0) return found
  const records = recordsIn(tokens, handler)
  if (records.length === 0) return found
  for (const i of caches.flatMap((one) => usesOf(tokens, one).slice(0, MAX_NAMES))) {
    if (!isSequence(tokens, i + 1, '.', 'put', '(')) continue
    const argument = secondArgument(tokens, i + 3)
    if (!argument || !records.some((one) => refers(tokens, argument.from, one))) continue
    const length = argument.to - argument.from
    const isPromise = length === 3 && isSequence(tokens, argument.from + 1, '.', 'responseReady')
    if (length === 1 || isPromise) found.push(i + 2)
  }
  return found
}

import type { Range } from './functions'
import type { Handler } from './handlers'
import { elementsOf, MAX_NAMES, nameOfValue } from './lists'
import { isRegistration } from './methods'
import { type Binding, isSequence, placesIn, refers, usesOf } from './names'
import type { Tokens } from './tokens'

/** Calls of `matchAll()` of the event's registration in a handler: the first token of the expression, and its last. */
const matchAlls = (tokens: Tokens, handler: Handler): { first: number; close: number }[] =>
  placesIn(tokens, 'matchAll', handler.written.body)
    .slice(0, MAX_NAMES)
    .flatMap((i) => {
      if (tokens.at(i - 1) !== '.' || !isSequence(tokens, i + 1, '(', ')')) return []
      const first = isRegistration(tokens, i - 2, handler)
      return first === null ? [] : [{ first, close: i + 2 }]
    })

/** The names of single records. */
const recordsIn = (tokens: Tokens, handler: Handler): Binding[] =>
  matchAlls(tokens, handler).flatMap(({ first, close }) =>
    elementsOf(tokens, first, close, handler.written.body),
  )

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

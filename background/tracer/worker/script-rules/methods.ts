import { mayBeCaught } from './caught'
import { isFunctionName } from './constants'
import { functionAt } from './functions'
import type { Handler } from './handlers'
import { isSequence, mentions, placesIn, refers } from './names'
import type { Tokens } from './tokens'

/** So many calls of a method are read in a handler. */
const MAX_CALLS = 50

/**
 * Whether an expression that ends with a token is the event's registration in a handler.
 *
 * @returns its first token; null where it is something else
 */
export function isRegistration(
  tokens: Tokens,
  end: number,
  { event, registrations }: Handler,
): number | null {
  if (event && isSequence(tokens, end - 1, '.', 'registration') && refers(tokens, end - 2, event)) {
    return end - 2
  }
  return registrations.some((one) => refers(tokens, end, one)) ? end : null
}

/** What decides in a handler what it was called for, or whether there is a method. */
const DECIDES = ['type', 'instanceof', 'typeof', 'constructor']

/**
 * Where a handler calls a method, on what `isOwner` accepts; none where it asks for the method or for the kind of event, or
 * where what it throws may be caught.
 */
function calls(
  tokens: Tokens,
  method: string,
  { body }: Handler['written'],
  isOwner: (end: number) => boolean,
): number[] {
  const places = placesIn(tokens, method, body)
  // Anything but a call asks whether it is there, or gives it another meaning.
  const isCalled = places.every((i) => tokens.at(i - 1) === '.' && tokens.at(i + 1) === '(')
  if (!isCalled || mentions(tokens, DECIDES, body)) return []
  return places
    .filter((i) => isOwner(i - 2))
    .slice(0, MAX_CALLS)
    .filter((i) => !mayBeCaught(tokens, i, body))
}

/** Where a handler of an abort or a click calls `event.updateUI()`. */
export const updatesUI = (tokens: Tokens, { event, written }: Handler): number[] =>
  event ? calls(tokens, 'updateUI', written, (end) => refers(tokens, end, event)) : []

/** Where a handler calls a method on the event's registration. */
export const callsOnRegistration = (tokens: Tokens, handler: Handler, method: string): number[] =>
  calls(tokens, method, handler.written, (end) => isRegistration(tokens, end, handler) !== null)

/** Where a handler passes a function to `event.waitUntil()`: one that is written there, or the name of one. */
export function waitsForFunction(tokens: Tokens, { event, written: { body } }: Handler): number[] {
  const places = placesIn(tokens, 'waitUntil', body)
  const isCall = (i: number) => tokens.at(i - 1) === '.' && tokens.at(i + 1) === '('
  if (!event || !places.every(isCall)) return []
  const isEnd = (i: number) => tokens.at(i) === ')' || tokens.at(i) === ','
  return places.filter((i) => {
    const written = functionAt(tokens, i + 2)
    const isArgument = written ? isEnd(written.end) : isFunctionName(tokens, i + 2)
    return isArgument && refers(tokens, i - 2, event)
  })
}

import { firstParameter, functionAt, type Range } from './functions'
import type { Handler } from './handlers'
import { isSequence, isVariable, mentions, placesIn } from './names'
import type { Tokens } from './tokens'

/** What may leave a cache out. */
const CHOOSES =
  'if ? && || ?? ??= &&= ||= ! != !== == === < > <= >= in switch continue break while filter some every find findIndex includes indexOf has match test startsWith endsWith slice splice shift pop reduce flatMap Set Map'.split(
    ' ',
  )
/** A handler that deletes in more places is not read. */
const MAX_DELETED = 10

/** Whether a name is the one of each element around a token: of a loop, or of `map()` and `forEach()`. */
function isEach(tokens: Tokens, name: string, i: number, { from }: Range): boolean {
  const before = { from, to: i }
  const isLoop = placesIn(tokens, 'of', before).some((at) => isVariable(tokens, at - 1, name))
  const functions = ['map', 'forEach']
    .flatMap((method) => placesIn(tokens, method, before).slice(-MAX_DELETED))
    .map((at) => functionAt(tokens, at + 2))
  const isIn = ({ from, to }: Range) => i >= from && i < to
  return (
    isLoop ||
    functions.some((one) => one && isIn(one.body) && firstParameter(tokens, one.parameters) === name)
  )
}

/** The token of `caches.delete(name)` where the name is the one of each cache. */
function deletesEach(tokens: Tokens, body: Range): number | null {
  const found = placesIn(tokens, 'caches', body)
    .slice(0, MAX_DELETED)
    .find(
      (i) =>
        isSequence(tokens, i, 'caches', '.', 'delete', '(') &&
        tokens.at(i - 1) !== '.' &&
        tokens.kind(i + 4) === 'name' &&
        tokens.at(i + 5) === ')' &&
        isEach(tokens, tokens.at(i + 4), i, body),
    )
  return found === undefined ? null : found + 2
}

const calls =
  (...expected: string[]) =>
  (tokens: Tokens, range: Range): boolean =>
    placesIn(tokens, 'caches', range).some((i) => isSequence(tokens, i + 1, ...expected))
const opens = calls('.', 'open', '(')
const lists = calls('.', 'keys', '(', ')')

/**
 * Where the handler of `activate` deletes every cache, while the one of `backgroundfetchsuccess` stores in caches: what it has
 * stored is gone with the next version of the worker.
 */
export function cachesDeleted(tokens: Tokens, handlers: readonly Handler[]): number[] {
  const stores = handlers.some(
    ({ events, written: { body } }) => events.includes('backgroundfetchsuccess') && opens(tokens, body),
  )
  if (!stores || tokens.placesOf('unregister').length > 0) return []
  return handlers
    .filter(({ events: [event, ...others] }) => event === 'activate' && others.length === 0)
    .map(({ written: { body } }) => body)
    .filter((body) => lists(tokens, body) && !mentions(tokens, CHOOSES, body))
    .map((body) => deletesEach(tokens, body))
    .filter((at) => at !== null)
}

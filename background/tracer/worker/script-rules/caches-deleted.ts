import type { Range } from './functions'
import type { Handler } from './handlers'
import { elementsOf, MAX_NAMES } from './lists'
import { isSequence, mentions, placesIn, refers } from './names'
import type { Tokens } from './tokens'

/** What may leave a cache out. */
const CHOOSES =
  'if ? && || ?? ??= &&= ||= ! != !== == === < > <= >= in switch continue break while filter some every find findIndex includes indexOf has match test startsWith endsWith slice splice shift pop reduce flatMap Set Map'.split(
    ' ',
  )
/** What is done with each cache has no more tokens: `{ return caches.delete(name); }`. */
const MAX_TOKENS = 10

/** The token of `caches.delete(name)` where that is all that is done with each name of `caches.keys()`. */
function deletesEach(tokens: Tokens, body: Range): number | null {
  for (const i of placesIn(tokens, 'keys', body).slice(0, MAX_NAMES)) {
    if (!isSequence(tokens, i - 2, 'caches', '.', 'keys', '(', ')') || tokens.at(i - 3) === '.') continue
    for (const name of elementsOf(tokens, i - 2, i + 2, body)) {
      const [at] = placesIn(tokens, 'caches', name.where)
      const isShort = name.where.to - name.where.from <= MAX_TOKENS
      if (at === undefined || !isShort || !isSequence(tokens, at + 1, '.', 'delete', '(')) continue
      if (refers(tokens, at + 4, name) && tokens.at(at + 5) === ')') return at + 2
    }
  }
  return null
}

const opens = (tokens: Tokens, range: Range): boolean =>
  placesIn(tokens, 'caches', range).some((i) => isSequence(tokens, i + 1, '.', 'open', '('))

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
    .filter((body) => !mentions(tokens, CHOOSES, body))
    .map((body) => deletesEach(tokens, body))
    .filter((at) => at !== null)
}

import { stringOf } from './constants'
import { firstParameter, functionAt, type Range } from './functions'
import type { Handler } from './handlers'
import { elementsOf, MAX_NAMES, nameOfValue } from './lists'
import { type Binding, bind, isSequence, mentions, placesIn, refers, usesOf } from './names'
import type { Tokens } from './tokens'

/** What may leave a cache out. */
const CHOOSES =
  'if ? && || ?? ??= &&= ||= ! != !== == === < > <= >= in switch continue break while filter some every find findIndex includes indexOf has match test startsWith endsWith slice splice shift pop reduce flatMap Set Map'.split(
    ' ',
  )
/** What leaves a single cache out, once: `filter((name) => name !== …)`. */
const CHOOSES_MORE = CHOOSES.filter((one) => one !== 'filter' && one !== '!==')
/** What is done with each cache has no more tokens: `{ return caches.delete(name); }`. */
const MAX_TOKENS = 10
/** Handlers of these write to the caches of the app, and not to those of downloads. */
const OF_THE_APP = new Set(['install', 'fetch'])
const UNFINISHED = new Set(['backgroundfetchabort', 'backgroundfetchfail'])
const OTHER_STORAGE = ['indexedDB', 'getDirectory', 'storageBuckets', 'importScripts', 'import']

/** Calls of `caches.keys()`: the first token of each, and its last. */
const listings = (tokens: Tokens, body: Range): { first: number; close: number }[] =>
  placesIn(tokens, 'keys', body)
    .slice(0, MAX_NAMES)
    .filter((i) => isSequence(tokens, i - 2, 'caches', '.', 'keys', '(', ')') && tokens.at(i - 3) !== '.')
    .map((i) => ({ first: i - 2, close: i + 2 }))

/** The token of `caches.delete(name)` where that is all that is done with a name. */
function deletes(tokens: Tokens, name: Binding | null): number | null {
  if (!name || name.where.to - name.where.from > MAX_TOKENS) return null
  const [at] = placesIn(tokens, 'caches', name.where)
  if (at === undefined || !isSequence(tokens, at + 1, '.', 'delete', '(')) return null
  return refers(tokens, at + 4, name) && tokens.at(at + 5) === ')' ? at + 2 : null
}

/** The token of `caches.delete(name)` where that is all that is done with each name of `caches.keys()`. */
function deletesEach(tokens: Tokens, body: Range): number | null {
  for (const { first, close } of listings(tokens, body)) {
    for (const name of elementsOf(tokens, first, close, body)) {
      const at = deletes(tokens, name)
      if (at !== null) return at
    }
  }
  return null
}

/** The name of the first parameter of the function at a token, in its body. */
function parameterAt(tokens: Tokens, i: number) {
  const written = functionAt(tokens, i)
  const name = written && firstParameter(tokens, written.parameters)
  return written && name ? { written, name: bind(tokens, name, written.body) } : null
}

/** What a filter leaves out whose bracket is at a token: of `(name) => name !== 'a'`, the place of `'a'`. */
function leftOut(tokens: Tokens, open: number): number | null {
  const chosen = parameterAt(tokens, open + 1)
  if (!chosen?.name || chosen.written.end !== tokens.partnerOf(open)) return null
  let { from, to } = chosen.written.body
  if (tokens.at(from) === 'return') from++
  if (tokens.at(to - 1) === ';') to--
  const isComparison = to - from === 3 && tokens.at(from + 1) === '!=='
  if (!isComparison) return null
  if (refers(tokens, from, chosen.name)) return from + 2
  return refers(tokens, from + 2, chosen.name) ? from : null
}

/** The one cache that is kept, and the token of `caches.delete(name)` for all others; null where it is not as simple as that. */
function deletesOthers(tokens: Tokens, body: Range): { readonly at: number; readonly kept: string } | null {
  if (['filter', '!=='].some((one) => placesIn(tokens, one, body).length !== 1)) return null
  const [filter = -1] = placesIn(tokens, 'filter', body)
  const close = tokens.partnerOf(filter + 1)
  if (tokens.at(filter - 1) !== '.' || close < 0 || !isSequence(tokens, close + 1, '.', 'map', '('))
    return null
  const isListed = listings(tokens, body).some(({ first, close }) => {
    if (isSequence(tokens, first - 2, '(', 'await') && close + 1 === filter - 2) return true
    const list = nameOfValue(tokens, first, close, body)
    return list !== null && usesOf(tokens, list).includes(filter - 2)
  })
  const place = isListed ? leftOut(tokens, filter + 1) : null
  const kept = place === null ? null : stringOf(tokens, place)
  const at = deletes(tokens, parameterAt(tokens, close + 4)?.name ?? null)
  return kept === null || at === null ? null : { at, kept }
}

/** The brackets of calls of `caches.open()`. */
const opened = (tokens: Tokens, range: Range): number[] =>
  placesIn(tokens, 'caches', range)
    .filter((i) => isSequence(tokens, i + 1, '.', 'open', '('))
    .map((i) => i + 3)

/** Whether a handler stores the responses of its fetch, and in caches only. */
const storesResponses = (tokens: Tokens, { written: { body } }: Handler): boolean =>
  ['responseReady', 'put'].every((one) => mentions(tokens, [one], body)) &&
  !mentions(tokens, OTHER_STORAGE, { from: 0, to: tokens.length })

/**
 * Whether what is stored after a success is surely in caches other than the one that is kept, and stays there: nothing moves it on.
 *
 * @param at the token of the call that deletes caches
 */
function losesStored(tokens: Tokens, handlers: readonly Handler[], kept: string, at: number): boolean {
  const ofEvents = (names: ReadonlySet<string>) =>
    handlers.filter(({ events }) => events.every((one) => names.has(one))).map(({ written }) => written.body)
  const isInOne = (i: number, bodies: readonly Range[]) => bodies.some(({ from, to }) => i >= from && i < to)
  const app = ofEvents(OF_THE_APP)
  const unfinished = ofEvents(UNFINISHED)
  const isOther = (open: number) => {
    const name = tokens.at(open + 2) === ')' ? stringOf(tokens, open + 1) : null
    return name !== null && name !== kept
  }
  return (
    // Another name for the storage.
    tokens.placesOf('caches').every((i) => tokens.at(i + 1) === '.') &&
    tokens.placesOf('delete').every((i) => i === at || isInOne(i, unfinished)) &&
    opened(tokens, { from: 0, to: tokens.length }).every((open) => isInOne(open, app) || isOther(open))
  )
}

/**
 * Where the handler of `activate` deletes every cache, or every one but one, while the one of `backgroundfetchsuccess` stores in
 * caches: what it has stored is gone with the next version of the worker.
 */
export function cachesDeleted(tokens: Tokens, handlers: readonly Handler[]): number[] {
  const storing = handlers.filter(
    ({ events, written: { body } }) =>
      events.includes('backgroundfetchsuccess') && opened(tokens, body).length > 0,
  )
  if (storing.length === 0 || tokens.placesOf('unregister').length > 0) return []
  const losesOthers = (body: Range): number | null => {
    const found = mentions(tokens, CHOOSES_MORE, body) ? null : deletesOthers(tokens, body)
    if (!found || !storing.some((one) => storesResponses(tokens, one))) return null
    return losesStored(tokens, handlers, found.kept, found.at) ? found.at : null
  }
  return handlers
    .filter(({ events: [event, ...others] }) => event === 'activate' && others.length === 0)
    .map(({ written: { body } }) =>
      mentions(tokens, CHOOSES, body) ? losesOthers(body) : deletesEach(tokens, body),
    )
    .filter((at) => at !== null)
}

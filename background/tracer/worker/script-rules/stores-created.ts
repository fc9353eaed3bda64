import { type FunctionText, firstParameter, functionAt, type Range } from './functions'
import { isGlobal } from './handlers'
import {
  type Binding,
  bind,
  isDeclared,
  isRedefined,
  isSequence,
  isTried,
  mentions,
  placesIn,
  refers,
  usesOf,
} from './names'
import type { Tokens } from './tokens'

/** So many databases, listeners and calls are followed. */
const MAX_NAMES = 10

/** What a script that changes IndexedDB itself names, and the method of a browser from before the upgrade events. */
const CHANGES = ['IDBFactory', 'IDBDatabase', 'IDBRequest', 'IDBOpenDBRequest', 'setVersion']
/** What decides in a listener what it was called for. */
const DECIDES = ['type', 'oldVersion', 'newVersion']
/** What follows a value that another one is made of. */
const CONTINUES = /^(?:[([.`?]|\?\.|&&|\|\||\?\?)$/
/** What stands before an assignment whose value is used. */
const USES_VALUE = /(?:=|=>|^[([?:]|^&&|^\|\||^\?\?|^\.\.\.|^return|^yield|^await)$/

/** The listener to the success of a request, and what it calls the connection. */
interface Listener {
  readonly written: FunctionText
  readonly request: Binding | null
}

const restOf = (tokens: Tokens, i: number, from: number): Range => {
  const parent = tokens.parentOf(i)
  return { from, to: parent >= 0 ? tokens.partnerOf(parent) : tokens.length }
}

/** The name that a declaration gives to a value, from its end on. */
function nameOf(tokens: Tokens, first: number, last: number): Binding | null {
  if (tokens.at(first - 1) !== '=' || tokens.kind(first - 2) !== 'name' || !isDeclared(tokens, first - 2)) {
    return null
  }
  if (CONTINUES.test(tokens.at(last + 1))) return null
  return bind(tokens, tokens.at(first - 2), restOf(tokens, first, last + 1))
}

/** The function that is assigned at a token to `onsuccess` of what begins at another one, and to nothing else. */
function assigned(tokens: Tokens, first: number, equals: number): FunctionText | null {
  const before = tokens.at(first - 1)
  const isInCall = before === ',' && /^[([]$/.test(tokens.at(tokens.parentOf(first)))
  if (isInCall || USES_VALUE.test(before)) return null
  return functionAt(tokens, equals + 1)
}

/** The listeners to the success of a request that has a name. */
function listenersOf(tokens: Tokens, request: Binding): Listener[] {
  const uses = usesOf(tokens, request).slice(0, MAX_NAMES)
  // A listener that is read may be one for other events as well.
  const isReadOnce = uses.filter((i) => isSequence(tokens, i + 1, '.', 'onsuccess')).length <= 1
  return uses.flatMap((i) => {
    let written: FunctionText | null = null
    if (isReadOnce && isSequence(tokens, i + 1, '.', 'onsuccess', '=')) written = assigned(tokens, i, i + 3)
    else if (isSequence(tokens, i + 1, '.', 'addEventListener', '(') && tokens.textAt(i + 4) === 'success') {
      written = tokens.at(i + 5) === ',' ? functionAt(tokens, i + 6) : null
    }
    return written ? [{ written, request }] : []
  })
}

/** The listeners to the success of `indexedDB.open()`. */
const listenersIn = (tokens: Tokens): Listener[] =>
  tokens
    .placesOf('indexedDB')
    .slice(0, MAX_NAMES)
    .flatMap((i): Listener[] => {
      if (!isGlobal(tokens, i) || !isSequence(tokens, i + 1, '.', 'open', '(')) return []
      const first = tokens.at(i - 1) === '.' ? i - 2 : i
      const close = tokens.partnerOf(i + 3)
      if (isSequence(tokens, close + 1, '.', 'onsuccess', '=')) {
        const written = assigned(tokens, first, close + 3)
        return written ? [{ written, request: null }] : []
      }
      const request = nameOf(tokens, first, close)
      return request ? listenersOf(tokens, request) : []
    })

/** Whether a listener may be one for other events as well: it names itself, or reads what is the listener of something. */
function isReused(tokens: Tokens, parameters: Range, body: Range): boolean {
  const at = parameters.from - 2
  const isNamed =
    tokens.at(at + 1) === '(' && tokens.kind(at) === 'name' && /^(?:function|\*)$/.test(tokens.at(at - 1))
  if (isNamed && mentions(tokens, [tokens.at(at)], body)) return true
  return placesIn(tokens, 'onsuccess', body).some((i) => tokens.at(i + 1) !== '=')
}

/** Where a listener calls `createObjectStore()` on the connection. */
function callsIn(tokens: Tokens, { written: { parameters, body }, request }: Listener): number[] {
  if (mentions(tokens, DECIDES, body) || isReused(tokens, parameters, body)) return []
  const name = firstParameter(tokens, parameters)
  const event = name === null ? null : bind(tokens, name, body)
  /** The first token of `request.result` or `event.target.result` that ends at a token. */
  const startOf = (end: number): number | null => {
    if (tokens.at(end) !== 'result') return null
    if (request && tokens.at(end - 1) === '.' && refers(tokens, end - 2, request)) return end - 2
    const isTarget = isSequence(tokens, end - 3, '.', 'target', '.')
    return event && isTarget && refers(tokens, end - 4, event) ? end - 4 : null
  }
  const connections = placesIn(tokens, 'result', body)
    .slice(0, MAX_NAMES)
    .map((i) => {
      const first = startOf(i)
      return first === null ? null : nameOf(tokens, first, i)
    })
    .filter((one) => one !== null)
  return placesIn(tokens, 'createObjectStore', body)
    .slice(0, MAX_NAMES)
    .filter((i) => {
      const end = i - 2
      const isOwner = startOf(end) !== null || connections.some((one) => refers(tokens, end, one))
      return isOwner && isSequence(tokens, i - 1, '.', 'createObjectStore', '(') && !isTried(tokens, i, body)
    })
}

/**
 * Where `createObjectStore()` is called when a database is open: an upgrade is over by then, and a connection has no other one, so
 * the call throws. https://w3c.github.io/IndexedDB/#dom-idbdatabase-createobjectstore
 */
export function storesCreated(tokens: Tokens): number[] {
  const whole = { from: 0, to: tokens.length }
  const isOwn = tokens.placesOf('indexedDB').some((i) => /^[^=]*=$/.test(tokens.at(i + 1)))
  if (isOwn || isRedefined(tokens, 'indexedDB', 'self', 'globalThis')) return []
  if (tokens.placesOf('createObjectStore').length === 0 || mentions(tokens, CHANGES, whole)) return []
  return [
    ...new Set(
      listenersIn(tokens)
        .slice(0, MAX_NAMES)
        .flatMap((one) => callsIn(tokens, one)),
    ),
  ]
}

import { type FunctionText, firstParameter, functionAt, patternNames, type Range } from './functions'
import { type Binding, bind, isDeclared, isRedefined, isSequence, isVariable, usesOf } from './names'
import type { Tokens } from './tokens'

/** A listener of the worker's global scope that is written out in its script. */
export interface Handler {
  /** The events that it is added for. */
  readonly events: readonly string[]
  readonly written: FunctionText
  /** What it calls the event; null where that is not certain. */
  readonly event: Binding | null
  /** What it calls the event's registration beside `event.registration`. */
  readonly registrations: readonly Binding[]
}

/** Of a script that has more listeners, the first are read; a worker has some ten. */
const MAX_LISTENERS = 40
/** So many names of the registration are known in a handler, from so many uses of the event. */
const MAX_NAMES = 20
const MAX_USES = 100
const GLOBALS = new Set(['self', 'globalThis'])

/** Whether the name at a token is of the global scope: alone, or of `self` or `globalThis`. */
export function isGlobal(tokens: Tokens, i: number): boolean {
  const before = tokens.at(i - 1)
  if (before === '.' || before === '?.') {
    return GLOBALS.has(tokens.at(i - 2)) && tokens.at(i - 3) !== '.' && tokens.at(i - 3) !== '?.'
  }
  return !/^(?:function|const|let|var|class|new)$/.test(before)
}

export interface Listening {
  readonly event: string
  /** The token at which the listener stands. */
  readonly at: number
}

/**
 * Where a script adds listeners to its global scope, by a call or an assignment.
 *
 * @param anywhere also on what is not known to be its global scope
 */
export function listenings(tokens: Tokens, anywhere = false): Listening[] {
  const found: Listening[] = []
  for (let i = 0; i < tokens.length && found.length < MAX_LISTENERS; i++) {
    if (tokens.kind(i) === 'string' && isSequence(tokens, i - 2, 'addEventListener', '(')) {
      if (tokens.at(i + 1) === ',' && (anywhere || isGlobal(tokens, i - 2))) {
        found.push({ event: tokens.textAt(i), at: i + 2 })
      }
    } else if (tokens.kind(i) === 'name' && tokens.at(i).startsWith('on') && tokens.at(i + 1) === '=') {
      // Alone in a class it is a field.
      if ((anywhere || isGlobal(tokens, i)) && (tokens.at(i - 1) === '.' || tokens.parentOf(i) === -1))
        found.push({ event: tokens.at(i).slice(2), at: i + 2 })
    }
  }
  return found
}

/** What ends a listener: nothing is called or read of the function. */
const ENDS = new Set([',', ')', ';', '}', ''])

/** What makes another value of one. */
const OPERATES = /^(?:\?|&&|\|\||\?\?)$/
/** What follows a function that is called or read at once. */
const CONTINUES = /^(?:[([.`]|\?\.)$/

/** The function of that name, where it is declared once and is nothing but a listener. */
function declared(tokens: Tokens, name: string, uses: ReadonlySet<number>): FunctionText | null {
  let found: FunctionText | null = null
  for (const i of tokens.placesOf(name)) {
    if (!isVariable(tokens, i, name) || uses.has(i)) continue
    if (found) return null
    const before = tokens.at(i - 1)
    if (before === 'function') {
      found = functionAt(tokens, tokens.at(i - 2) === 'async' ? i - 2 : i - 1)
    } else if (before === 'const' && tokens.at(i + 1) === '=') {
      const written = functionAt(tokens, i + 2)
      const next = written ? tokens.at(written.end) : ''
      // What is called or read at once is no function any more; the next line may begin with anything else.
      found = CONTINUES.test(next) ? null : written
    }
    if (!found) return null
  }
  return found
}

/** The name that a use of the event gives to its registration: `name = event.registration` or `{ registration } = event`. */
function registrationAt(tokens: Tokens, i: number, body: Range): Binding | null {
  if (tokens.at(i - 1) !== '=') return null
  const isPattern = tokens.at(i - 2) === '}'
  const start = isPattern ? tokens.partnerOf(i - 2) : i - 2
  const name = isPattern ? patternNames(tokens, start)?.get('registration') : tokens.at(start)
  const end = isPattern ? i + 1 : i + 3
  if (!name || !isDeclared(tokens, start)) return null
  if (!isPattern && !isSequence(tokens, i + 1, '.', 'registration')) return null
  if (CONTINUES.test(tokens.at(end)) || OPERATES.test(tokens.at(end))) return null
  const parent = tokens.parentOf(i)
  return bind(tokens, name, { from: end, to: parent >= body.from ? tokens.partnerOf(parent) : body.to })
}

/** The names of the event and of its registration in a handler. */
function namesIn(
  tokens: Tokens,
  { parameters, body }: FunctionText,
): Pick<Handler, 'event' | 'registrations'> {
  const given = patternNames(tokens, parameters.from)?.get('registration')
  const registrations = [given ? bind(tokens, given, body) : null]
  const name = firstParameter(tokens, parameters)
  const event = name === null ? null : bind(tokens, name, body)
  if (event) {
    const uses = usesOf(tokens, event).slice(0, MAX_USES)
    registrations.push(...uses.map((i) => registrationAt(tokens, i, body)))
  }
  return { event, registrations: registrations.filter((one) => one !== null).slice(0, MAX_NAMES) }
}

/**
 * The listeners that a script adds to its global scope and that are written out in it.
 *
 * @param anywhere also what it adds to something that is not known to be its global scope
 */
export function handlersIn(tokens: Tokens, anywhere = false): Handler[] {
  if (!anywhere && isRedefined(tokens, 'addEventListener', 'self', 'globalThis')) return []
  const all = listenings(tokens, anywhere)
  const uses = new Set(all.map(({ at }) => at))
  const byPlace = new Map<number, { written: FunctionText; events: string[] }>()
  for (const { event, at } of all) {
    const direct = functionAt(tokens, at)
    const isReference = tokens.kind(at) === 'name' && ENDS.has(tokens.at(at + 1))
    const written = direct ?? (isReference ? declared(tokens, tokens.at(at), uses) : null)
    if (!written || (direct && CONTINUES.test(tokens.at(direct.end)))) continue
    const known = byPlace.get(written.body.from)
    if (known) known.events.push(event)
    else byPlace.set(written.body.from, { written, events: [event] })
  }
  return [...byPlace.values()].map(({ written, events }) => ({
    events,
    written,
    ...namesIn(tokens, written),
  }))
}

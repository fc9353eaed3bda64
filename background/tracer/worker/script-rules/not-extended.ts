import { patternNames, type Range } from './functions'
import type { Handler } from './handlers'
import { isDeclared, isSequence, mentions, placesIn, refers, usesOf } from './names'
import type { Tokens } from './tokens'

/** So many calls of a handler, uses of its event, and calls of `waitUntil()` in a script are read. */
const MAX_CALLS = 20
const MAX_USES = 500
const MAX_WAITS = 200
/** So many tokens and brackets before a call are read. */
const MAX_STEPS = 5000

const updatable: ReadonlySet<string> = new Set(['backgroundfetchsuccess', 'backgroundfetchfail'])

/** What is read of the event does not give it to anything. */
const READS = new Set(['registration', 'type', 'timeStamp'])
const NAMES_ONE = /^[\w$\u0080-\uffff]+$/
/** What stands before the brackets of a statement that a block follows. */
const STATEMENTS = new Set(['if', 'for', 'while', 'switch', 'with', 'catch', 'await'])

/** Whether a function has nothing but plain parameters, so that none of them is made of the event. */
const hasPlainParameters = (tokens: Tokens, { from, to }: Range): boolean => {
  for (let i = from; i < to; i++) {
    if (tokens.at(i) !== ',' && !NAMES_ONE.test(tokens.at(i))) return false
  }
  return true
}

/** The body of a generator does not run when it is called. */
const isGenerator = (tokens: Tokens, { from }: Range): boolean =>
  tokens.at(from - 1) === '(' && (tokens.at(from - 2) === '*' || tokens.at(from - 3) === '*')

/** Whether a use of the event only reads something of it: `event.registration`, or `const { registration } = event`. */
function isRead(tokens: Tokens, i: number): boolean {
  if (tokens.at(i + 1) === '.') {
    return READS.has(tokens.at(i + 2)) || isSequence(tokens, i + 2, 'updateUI', '(')
  }
  if (!isSequence(tokens, i - 2, '}', '=')) return false
  const start = tokens.partnerOf(i - 2)
  const names = patternNames(tokens, start)
  return (
    names !== null && isDeclared(tokens, start) === true && [...names.keys()].every((one) => READS.has(one))
  )
}

/** Whether a handler does not extend its event, and gives it to nothing that may do so. */
function extendsNothing(tokens: Tokens, { event, written: { parameters, body } }: Handler): boolean {
  if (!hasPlainParameters(tokens, parameters)) return false
  if (mentions(tokens, ['waitUntil', 'arguments'], body)) return false
  if (parameters.from === parameters.to) return true
  if (!event || tokens.placesOf(event.name).length > MAX_USES) return false
  return usesOf(tokens, event).every((i) => isRead(tokens, i))
}

/** Whether a call has something to update with: without a title and icons nothing is updated. */
function hasOptions(tokens: Tokens, open: number): boolean {
  const first = open + 1
  if (first === tokens.partnerOf(open) || /^(?:undefined|null|void)$/.test(tokens.at(first))) return false
  if (tokens.at(first) !== '{') return true
  const end = tokens.partnerOf(first)
  for (let i = first + 1; i < end; i = Math.max(i, tokens.partnerOf(i)) + 1) {
    if (tokens.parentOf(i) !== first || !/^[{,]$/.test(tokens.at(i - 1))) continue
    if (tokens.at(i) === '...' || tokens.at(i) === '[') return true
    const isNamed = /^(?:title|icons)$/.test(tokens.textAt(i) || tokens.at(i))
    const isEmpty = /^(?:undefined|void)$/.test(tokens.at(i + 2)) || isSequence(tokens, i + 1, ':', '[', ']')
    if (isNamed && !isEmpty) return true
  }
  return false
}

/** Whether a bracket is that of the parameters or of the body of a function; not of the body of an arrow function. */
function isOfFunction(tokens: Tokens, open: number): boolean {
  const isBlock = tokens.at(open) === '{'
  if (isBlock && tokens.at(open - 1) !== ')') return false
  const parameters = isBlock ? tokens.partnerOf(open - 1) : open
  if (tokens.at(parameters) !== '(') return false
  const after = tokens.at(tokens.partnerOf(parameters) + 1)
  return after === '=>' || (after === '{' && !STATEMENTS.has(tokens.at(parameters - 1)))
}

/** Whether what stands at a token is surely in that function, and in none that is written in it. */
function isDirectlyIn(tokens: Tokens, place: number, { from }: Range): boolean {
  let level = tokens.parentOf(place)
  /** Whether the expression that the place is in begins after the token. */
  let isBefore = false
  for (let at = place - 1, n = 0; at >= from; at--, n++) {
    if (n > MAX_STEPS) return false
    if (at === level) {
      if (isOfFunction(tokens, at)) return false
      level = tokens.parentOf(at)
      isBefore = false
    } else if (tokens.parentOf(at) === level) {
      const open = tokens.partnerOf(at)
      const text = tokens.at(at)
      if (text === '=>' && !isBefore) return false
      // An arrow function with a block ends with it.
      const isArrow = open >= 0 && open < at && isSequence(tokens, open - 1, '=>', '{')
      if (text === ';' || text === ',' || isArrow) isBefore = true
      if (open >= 0 && open < at) at = open
    }
  }
  return true
}

/** A call of `updateUI()`, and the events for which it is made. */
export interface Update {
  readonly at: number
  readonly events: readonly string[]
}

/**
 * Where handlers of a success or a failure call `event.updateUI()`, and extend the event by nothing: nothing waits for the promise
 * of an async handler. Another listener may extend it.
 */
export function updatesNotExtended(tokens: Tokens, handlers: readonly Handler[]): Update[] {
  return handlers.flatMap((handler): Update[] => {
    const { event, events, written } = handler
    const { parameters, body } = written
    if (!event || !events.every((one) => updatable.has(one))) return []
    const calls = placesIn(tokens, 'updateUI', body).slice(0, MAX_CALLS)
    if (calls.length === 0 || isGenerator(tokens, parameters) || mentions(tokens, ['class'], body)) return []
    if (!extendsNothing(tokens, handler)) return []
    return calls
      .filter((i) => isSequence(tokens, i - 1, '.', 'updateUI', '(') && refers(tokens, i - 2, event))
      .filter((i) => hasOptions(tokens, i + 1) && isDirectlyIn(tokens, i, body))
      .map((at) => ({ at, events }))
  })
}

/** Whether a script runs code that is not in its text. */
const evaluates = (tokens: Tokens): boolean =>
  tokens.placesOf('eval').length > 0 ||
  // `Function('return this')` is an old form of `globalThis`.
  tokens.placesOf('Function').some((i) => tokens.at(i + 1) === '(' && tokens.textAt(i + 2) !== 'return this')

/** The events that the listeners of a script may extend; null where it may be any. */
export function extendedEvents(tokens: Tokens, handlers: readonly Handler[]): string[] | null {
  const waits = tokens.placesOf('waitUntil')
  if (waits.length > MAX_WAITS || evaluates(tokens)) return null
  const all = handlers.filter((one) => !extendsNothing(tokens, one)).flatMap(({ events }) => events)
  const isOwn = (i: number) =>
    isSequence(tokens, i - 1, '.', 'waitUntil', '(') &&
    handlers.some(({ event }) => event !== null && refers(tokens, i - 2, event))
  return waits.every(isOwn) ? all : null
}

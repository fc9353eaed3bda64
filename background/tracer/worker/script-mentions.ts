import jsTokens from 'js-tokens'
import { eventNames } from '../../../protocol/event-names'
import type { ScriptMention } from '../../../protocol/worker-events'
import { MAX_WORKER_TEXT } from '../../../protocol/worker-fields'

/** What all names begin with: a script without it is not read any further. */
const WORD = 'backgroundfetch'
const NAME = /^backgroundfetch[a-z]*$/
const ON_NAME = /^on(backgroundfetch[a-z]*)$/
const NAMES = /backgroundfetch[a-z]*/g

/** How many tokens are read in one go. */
const TURN = 2000

const ESCAPE = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|([\s\S]))/gi

/** The text of a string literal. */
const literal = (token: string): string =>
  token.slice(1, -1).replace(ESCAPE, (_, two?: string, four?: string, braced?: string, plain?: string) => {
    const code = Number.parseInt(two ?? four ?? braced ?? '', 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : (plain ?? '')
  })

const isString = (type: string) => type === 'StringLiteral' || type === 'NoSubstitutionTemplate'
const isComment = (type: string) => /Comment$/.test(type)
const assigns = (token: string) => token === '=' || token === '??=' || token === '||='
const endsArgument = (token: string) => token === ',' || token === ')'
const clears = (token: string) => token === 'null' || token === 'undefined' || token === 'void'

/** From the surest to the least sure. */
const strength = { listener: 2, text: 1, comment: 0 } as const

/** Of mentions of one name the surest, in the order in which the names came. */
export function surest<T extends Pick<ScriptMention, 'name' | 'as'>>(mentions: Iterable<T>): T[] {
  const best = new Map<string, T>()
  for (const one of mentions) {
    const other = best.get(one.name)
    if (!other || strength[one.as] > strength[other.as]) best.set(one.name, one)
  }
  return [...best.values()]
}

interface Found {
  readonly name: string
  readonly as: ScriptMention['as']
  readonly at: number
  /** On an object that is not the global scope, whose events may be of its own. */
  readonly elsewhere?: boolean
  /** The name of a variable or a property, and no text. */
  readonly isName?: boolean
}

/** Whether `addEventListener` is called on something but `self` and `globalThis`. */
const isElsewhere = (before: readonly string[]): boolean => {
  const call = before.slice(0, before.lastIndexOf('addEventListener'))
  const dot = call.at(-1)
  return (dot === '.' || dot === '?.') && !/^(?:self|globalThis)$/.test(call.at(-2) ?? '')
}

/** `['name']` names a property as `.name` does. */
const isAddListener = (before: readonly string[]): boolean => {
  const call = before.filter((token) => token !== '?.')
  if (call.at(-1) !== '(') return false
  const last = call.at(-2) ?? ''
  return last === 'addEventListener' || (last === ']' && /^.addEventListener.$/.test(call.at(-3) ?? ''))
}

/** Where the text of a script has the names of background fetch events, and as what. Yields between two turns. */
function* find(source: string): Generator<void, Found[]> {
  const found: Found[] = []
  /** The last tokens that mean something. */
  const before: string[] = []
  /** An `on…` name whose assignment may follow. */
  let property: Found | null = null
  let assigned = false
  /** A name in `addEventListener()` that may be the first part of a longer one: `'backgroundfetch' + type`. */
  let argument: Found | null = null
  let at = 0
  let count = 0
  for (const token of jsTokens(source)) {
    const { type, value } = token
    if (++count % TURN === 0) yield
    const start = at
    at += value.length
    if (type === 'WhiteSpace' || type === 'LineTerminatorSequence') continue
    if (isComment(type)) {
      for (const { 0: name, index } of value.matchAll(NAMES))
        found.push({ name, as: 'comment', at: start + index })
      continue
    }
    if (argument) {
      found.push({ ...argument, as: endsArgument(value) ? 'listener' : 'text' })
      argument = null
    }
    if (property && assigned) {
      found.push({ ...property, as: clears(value) ? 'text' : 'listener' })
      property = null
    } else if (property && assigns(value)) assigned = true
    else if (property && value !== ']') {
      found.push(property)
      property = null
    }
    const string = isString(type) && 'closed' in token && token.closed
    const text = string ? literal(value) : value
    const [, on] = (string || type === 'IdentifierName' ? ON_NAME.exec(text) : null) ?? []
    if (on) {
      property = { name: on, as: 'text', at: start }
      assigned = false
    } else if (string && NAME.test(text)) {
      const named: Found = { name: text, as: 'text', at: start, elsewhere: isElsewhere(before) }
      if (isAddListener(before)) argument = named
      else found.push(named)
    } else if (type !== 'Punctuator' && value.includes(WORD)) {
      const isName = type === 'IdentifierName'
      for (const { 0: name, index } of value.matchAll(NAMES))
        found.push({ name, as: 'text', at: start + index, isName })
    }
    before.push(value)
    if (before.length > 6) before.shift()
  }
  for (const last of [argument, property]) if (last) found.push(last)
  return found
}

const known: ReadonlySet<string> = new Set(eventNames)

/** A name may be put together: `'backgroundfetch' + type`. */
const isBeginning = ({ name, isName }: Found): boolean =>
  !isName && eventNames.some((event) => event.startsWith(name))

/** Line and column of a place in a text, from 1. */
export function placeOf(source: string, at: number): { readonly line: number; readonly column: number } {
  let line = 1
  let start = 0
  for (let next = source.indexOf('\n'); next >= 0 && next < at; next = source.indexOf('\n', start)) {
    line++
    start = next + 1
  }
  return { line, column: at - start + 1 }
}

/**
 * Reads which background fetch events the text of a script mentions: as the name in `addEventListener()` or of an
 * `on…` property that is assigned (`listener`), elsewhere in its code (`text`), or only in comments (`comment`). It is
 * a text: whether the code ever runs, and on which object, is not known from it. Names of events that do not exist
 * are returned where something listens to them, and where code has them and the name of an event begins with them.
 *
 * Yields between two turns, as a script may be long.
 *
 * @param url of the script
 */
export function* scriptMentions(source: string, url: string): Generator<void, ScriptMention[]> {
  if (!source.includes(WORD)) return []
  const wanted = (yield* find(source)).filter((one) => {
    const isListener = one.as === 'listener' && !one.elsewhere && one.name.length <= MAX_NAME
    return known.has(one.name) || isListener || (one.as === 'text' && isBeginning(one))
  })
  return surest(wanted).map(({ name, as, at }) => ({
    name,
    as,
    location: { url: url.slice(0, MAX_WORKER_TEXT), ...placeOf(source, at) },
  }))
}

/** The longest name of an event that is taken from a script. */
const MAX_NAME = 100

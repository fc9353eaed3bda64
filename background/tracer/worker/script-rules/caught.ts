import { functionAt, type Range } from './functions'
import type { Tokens } from './tokens'

/** So many tokens and brackets before a call are read. */
const MAX_STEPS = 5000

/** What calls a function that it is given, or waits for a promise, and catches nothing. */
const CATCHES_NOTHING = /^(?:then|finally|catch|map|forEach|flatMap|waitUntil|all|race|any|resolve|Promise)$/
/** What stands before brackets that are not those of a call, and before blocks that are not those of a method. */
const STATEMENTS =
  /^(?:if|for|while|switch|with|catch|await|return|void|yield|typeof|of|in|case|throw|else|do|async)$/

const isCallee = (tokens: Tokens, i: number): boolean =>
  tokens.kind(i) === 'name' ? !STATEMENTS.test(tokens.at(i)) : /^[)\]]$/.test(tokens.at(i))

/** Whether the promise that a token is the end of is caught by what follows: `.catch(…)`, or `.then(…, …)`. */
function isCaughtAfter(tokens: Tokens, end: number): boolean {
  for (let i = end + 1, n = 0; n < MAX_STEPS; n++) {
    if (tokens.at(i) === '(') i = tokens.partnerOf(i) + 1
    else if (tokens.at(i) !== '.' && tokens.at(i) !== '?.') return false
    else {
      if (tokens.at(i + 1) === 'catch') return true
      const close = tokens.at(i + 2) === '(' ? tokens.partnerOf(i + 2) : -1
      for (let at = i + 3; at < close; at = Math.max(at, tokens.partnerOf(at)) + 1)
        if (tokens.at(i + 1) === 'then' && tokens.at(at) === ',') return true
      i += 2
    }
  }
  return true
}

/** The first token of the expression whose last name is at a token: of `a(b).c`, the place of `a`. */
function startOfChain(tokens: Tokens, last: number): number {
  let i = last
  for (let n = 0; n < MAX_STEPS && /^\??\.$/.test(tokens.at(i - 1)); n++) {
    i -= 2
    while (/^[)\]]$/.test(tokens.at(i))) {
      i = tokens.partnerOf(i)
      if (!isCallee(tokens, i - 1)) break
      i--
    }
  }
  return i
}

/** Whether the value that begins at a token gets a name, by which it may be caught somewhere else. */
function isNamed(tokens: Tokens, first: number): boolean {
  let before = first - 1
  while (/^(?:await|void|new)$/.test(tokens.at(before))) before--
  return tokens.at(before).endsWith('=') || tokens.at(before) === ':'
}

/** The function that a token is directly in, at the level of some brackets; null where it is in none there. */
function functionAround(
  tokens: Tokens,
  at: number,
  open: number,
): { readonly start: number } | 'unknown' | null {
  if (tokens.at(at) === '{' && tokens.at(at - 1) === ')') {
    const name = tokens.partnerOf(at - 1) - 1
    const keyword = [name, name - 1, name - 2].find((i) => tokens.at(i) === 'function')
    if (keyword === undefined) return STATEMENTS.test(tokens.at(name)) ? null : 'unknown'
    return { start: tokens.at(keyword - 1) === 'async' ? keyword - 1 : keyword }
  }
  for (let i = at - 1, n = 0; i > open; i--, n++) {
    if (n > MAX_STEPS) return 'unknown'
    const text = tokens.at(i)
    if (text === '=>') {
      const first = tokens.at(i - 1) === ')' ? tokens.partnerOf(i - 1) : i - 1
      return { start: tokens.at(first - 1) === 'async' ? first - 1 : first }
    }
    if (/^[,;]$/.test(text)) return null
    const partner = tokens.partnerOf(i)
    // A block ends the statement, or the function, before it.
    if (text === '}' && partner >= 0 && i < at - 1 && tokens.at(partner - 1) === '=>') return null
    if (partner >= 0 && partner < i) i = partner
  }
  return null
}

/**
 * Whether what is thrown at a token of a handler may be caught: in a `try`, by a promise, or by whatever calls the function that
 * it is in.
 */
export function mayBeCaught(tokens: Tokens, place: number, { from }: Range): boolean {
  let isInFunction = false
  let at = place
  for (let n = 0; ; n++) {
    const open = tokens.parentOf(at)
    const isOutside = open < from
    const around = functionAround(tokens, at, isOutside ? from - 1 : open)
    if (around === 'unknown' || n > MAX_STEPS) return true
    if (around) {
      isInFunction = true
      const end = functionAt(tokens, around.start)?.end ?? -1
      const isInBrackets = tokens.at(around.start - 1) === '(' && tokens.at(end) === ')'
      const call = tokens.at(end) === '(' ? end : isInBrackets && tokens.at(end + 1) === '(' ? end + 1 : -1
      if (call >= 0) {
        const first = isInBrackets && call > end ? around.start - 1 : around.start
        if (isNamed(tokens, first) || isCaughtAfter(tokens, tokens.partnerOf(call))) return true
      } else if (isOutside || tokens.at(open) !== '(' || !isCallee(tokens, open - 1)) return true
    }
    if (isOutside) return false
    if (tokens.at(open - 1) === 'try') return true
    if (isInFunction && tokens.at(open) === '(' && isCallee(tokens, open - 1)) {
      if (!CATCHES_NOTHING.test(tokens.at(open - 1))) return true
      const first = startOfChain(tokens, open - 1)
      if (isNamed(tokens, first) || isCaughtAfter(tokens, tokens.partnerOf(open))) return true
    }
    at = open
  }
}

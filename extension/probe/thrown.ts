import type { Location, Thrown } from '../../protocol/worker-events'
import {
  indexOf,
  instanceOf,
  lastIndexOf,
  NativeError,
  OPAQUE,
  readPlain,
  slice,
  split,
  toText,
  watchesStacks,
} from './pristine'

const LIMIT = 2000

function textOf(error: object, name: string): string {
  const value = readPlain(error, name)
  return typeof value === 'object' || typeof value === 'function' || value === undefined ? '' : toText(value)
}

/** Its stack can be read: the first to read one makes the browser ask for name and message. */
const isQuiet = (error: object): boolean =>
  !watchesStacks() && readPlain(error, 'name') !== OPAQUE && readPlain(error, 'message') !== OPAQUE

/** Words for whatever was thrown, without trusting it and without running the script's code. */
export function thrown(error: unknown): Thrown {
  try {
    if (typeof error === 'function') return { message: 'a function', stack: '' }
    if (typeof error !== 'object' || error === null) {
      return { message: slice(toText(error), 0, LIMIT), stack: '' }
    }
    const text = textOf(error, 'message')
    if (!instanceOf(NativeError, error)) {
      return { message: slice(text || 'an object that is not an Error', 0, LIMIT), stack: '' }
    }
    const name = textOf(error, 'name') || 'Error'
    return {
      message: slice(text ? `${name}: ${text}` : name, 0, LIMIT),
      stack: isQuiet(error) ? slice(textOf(error, 'stack'), 0, LIMIT) : '',
    }
  } catch {
    return { message: 'a value that cannot be read', stack: '' }
  }
}

const SCHEMES = ['http://', 'https://', 'blob:', 'data:']

/** The place at the end of a line of a stack. A regular expression would change the script's `RegExp.$1`. */
function placeIn(line: string): Location | null {
  const whole = line[line.length - 1] === ')' ? slice(line, 0, -1) : line
  for (let i = 0; i < SCHEMES.length; i++) {
    const start = indexOf(whole, SCHEMES[i] ?? '')
    if (start < 0) continue
    const place = slice(whole, start)
    const beforeColumn = lastIndexOf(place, ':')
    const beforeLine = lastIndexOf(place, ':', beforeColumn - 1)
    const lineNumber = +slice(place, beforeLine + 1, beforeColumn)
    const column = +slice(place, beforeColumn + 1)
    const url = slice(place, 0, beforeLine)
    // Code that eval() made names the place of eval() in the middle of its line.
    if (!(lineNumber > 0) || !(column > 0) || indexOf(url, ')') >= 0 || indexOf(url, ' ') >= 0) continue
    return { url: slice(url, 0, LIMIT), line: lineNumber, column }
  }
  return null
}

/**
 * Where the script called the function that calls this: the first frame of the stack that has a URL and is
 * not the probe, which has none.
 */
export function callerLocation(): Location | null {
  if (watchesStacks()) return null
  try {
    const lines = split(textOf(new NativeError(), 'stack'), '\n')
    for (let i = 1; i < lines.length; i++) {
      const place = placeIn(lines[i] ?? '')
      if (place) return place
    }
  } catch {
    // A script may have made the stack something else.
  }
  return null
}

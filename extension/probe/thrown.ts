import type { Location, Thrown } from '../../protocol/worker-fields'
import {
  defineProperty,
  getDescriptor,
  hasOwn,
  indexOf,
  isError,
  lastIndexOf,
  NativeError,
  readPlain,
  slice,
  split,
  toText,
  watchesStacks,
} from './primordials'

const LIMIT = 2000
/** As many frames of a stack are read to find one of the script. */
const FRAMES = 30

const isSimple = (value: unknown) => typeof value !== 'object' && typeof value !== 'function'

function textOf(error: object, name: string): string {
  const value = readPlain(error, name)
  return isSimple(value) && value !== undefined ? toText(value) : ''
}

/** Its stack can be read: the first to read one makes the browser turn name and message into text. */
const isQuiet = (error: object): boolean =>
  !watchesStacks() && isSimple(readPlain(error, 'name')) && isSimple(readPlain(error, 'message'))

/** Words for whatever was thrown, without trusting it and without running the script's code. */
export function thrown(error: unknown): Thrown {
  try {
    if (typeof error === 'function') return { message: 'a function', stack: '' }
    if (typeof error !== 'object' || error === null) {
      return { message: slice(toText(error), 0, LIMIT), stack: '' }
    }
    // It may be a Proxy, which notices all that is read of it.
    if (!isError(error)) return { message: 'an object that is not an Error', stack: '' }
    const text = textOf(error, 'message')
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
  let start = -1
  for (let i = 0; i < SCHEMES.length; i++) {
    const at = indexOf(whole, SCHEMES[i] ?? '')
    if (at >= 0 && (start < 0 || at < start)) start = at
  }
  if (start < 0) return null
  const place = slice(whole, start)
  const beforeColumn = lastIndexOf(place, ':')
  const beforeLine = lastIndexOf(place, ':', beforeColumn - 1)
  const lineNumber = +slice(place, beforeLine + 1, beforeColumn)
  const column = +slice(place, beforeColumn + 1)
  const url = slice(place, 0, beforeLine)
  // Code that eval() made names the place of eval() in the middle of its line.
  if (!(lineNumber > 0) || !(column > 0) || indexOf(url, ')') >= 0 || indexOf(url, ' ') >= 0) return null
  return { url: slice(url, 0, LIMIT), line: lineNumber, column }
}

/** The stack here, however many lines the script wants of stacks. */
export function stackHere(): string {
  const limit = getDescriptor(NativeError, 'stackTraceLimit')
  const settable = limit !== undefined && hasOwn(limit, 'value') && limit.writable === true
  if (settable) NativeError.stackTraceLimit = FRAMES
  try {
    return textOf(new NativeError(), 'stack')
  } finally {
    if (settable) {
      defineProperty(NativeError, 'stackTraceLimit', { __proto__: null, ...limit } as PropertyDescriptor)
    }
  }
}

/**
 * Where the script called the function whose call is being looked at: the first frame of the stack that has a
 * URL and is not the probe, which has none.
 */
export function callerLocation(): Location | null {
  if (watchesStacks()) return null
  try {
    const lines = split(stackHere(), '\n')
    for (let i = 1; i < lines.length; i++) {
      const place = placeIn(lines[i] ?? '')
      if (place) return place
    }
  } catch {
    // A script may have made the stack something else.
  }
  return null
}

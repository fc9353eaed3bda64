import type { Location, Thrown } from '../../protocol/worker-fields'
import {
  captureStack,
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
import { isWrapperFrame } from './wrap'

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

/** A script can be named by its `sourceURL`, too. */
const SCHEMES = ['http://', 'https://', 'blob:', 'data:', 'file:', 'webpack:', 'webpack-internal:']

/** A space is in no URL, but in the names of evaluated code: `eval at load (https://pod.example/lib.js:1:2), <anonymous>:3:4`. */
function isURL(text: string): boolean {
  if (indexOf(text, ' ') >= 0) return false
  for (let i = 0; i < SCHEMES.length; i++) if (indexOf(text, SCHEMES[i] ?? '') === 0) return true
  return false
}

/** The place of a frame: `name (place)` or `place`. A name can have parentheses, too. */
function placeOf(frame: string): string {
  const begin = frame[frame.length - 1] === ')' ? lastIndexOf(frame, ' (') : -1
  return begin < 0 ? frame : slice(frame, begin + 2, -1)
}

/**
 * The place of a call in a stack of V8 that begins with what made it. The innermost frame of a script decides: where it has no URL, as
 * evaluated code, code of the console and WebAssembly have none, the place is unknown, as what called that code did not make the call.
 * Where the browser made it for a promise, only those that wait are on the stack, and none of them did.
 * https://v8.dev/docs/stack-trace-api
 */
export function callIn(stack: string): Location | null {
  // A regular expression would change the script's `RegExp.$1`.
  const lines = split(stack, '\n    at ')
  for (let i = 1; i < lines.length; i++) {
    const frame = lines[i] ?? ''
    if (isWrapperFrame(frame)) continue
    if (indexOf(frame, 'async ') === 0) return null
    const place = placeOf(frame)
    const beforeColumn = lastIndexOf(place, ':')
    const column = +slice(place, beforeColumn + 1)
    // A built-in function has no position; one of WebAssembly has an offset.
    if (beforeColumn < 0 || !(column >= 0)) continue
    const beforeLine = lastIndexOf(place, ':', beforeColumn - 1)
    const line = +slice(place, beforeLine + 1, beforeColumn)
    const url = slice(place, 0, beforeLine)
    return line > 0 && isURL(url) ? { url: slice(url, 0, LIMIT), line, column } : null
  }
  return null
}

/**
 * The stack here, however many lines the script wants of stacks.
 *
 * @param called it begins with what called this function; without it, here
 */
export function stackHere(called?: object): string {
  const limit = getDescriptor(NativeError, 'stackTraceLimit')
  const settable = limit !== undefined && hasOwn(limit, 'value') && limit.writable === true
  if (settable) NativeError.stackTraceLimit = FRAMES
  try {
    const error = new NativeError()
    if (called) captureStack(error, called as () => void)
    return textOf(error, 'stack')
  } finally {
    if (settable) {
      defineProperty(NativeError, 'stackTraceLimit', { __proto__: null, ...limit } as PropertyDescriptor)
    }
  }
}

/**
 * Where the script called a function of the probe.
 *
 * @param called the function; it is on the stack
 * @returns null where that is not known
 */
export function callerLocation(called: object): Location | null {
  if (watchesStacks()) return null
  try {
    return callIn(stackHere(called))
  } catch {
    // A script may have made the stack something else.
    return null
  }
}

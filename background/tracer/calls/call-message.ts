import type { Location } from '../../../protocol/worker-fields'
import { short } from '../remote'

/** A call of `fetch()` of a `BackgroundFetchManager`, or of `abort()` of a `BackgroundFetchRegistration`. */
export interface Call {
  readonly method: 'fetch' | 'abort'
  readonly id: string
  /** When it was made, in epoch milliseconds by the page's clock; 0 where that can't be read. */
  readonly time: number
  /** The fetch of the registration that `abort()` was called on had ended: the call did nothing. False also where that can't be read. */
  readonly ended: boolean
  /** By which number its page keeps the options that it gave to `fetch()`; 0 where it gave none. */
  readonly options: number
  /** Where it was made, the innermost place first; empty where the page's stacks can't be read. */
  readonly frames: readonly Location[]
  /** The code that made it is a script of an extension. */
  readonly extension: boolean
}

/** More frames than V8 keeps by default. */
const MAX_FRAMES = 10
/** Before each frame. */
const AT = '\n    at '
/** The frame of the breakpoint's condition begins with this; the frame after it is the one that made the call. */
const CONDITION = 'eval (eval at '
/** URLs have no white space. Evaluated code without a name has: `eval at load (https://pod.example/lib.js:1:2), <anonymous>:3:4`. */
const URL_OF_SCRIPT = /^(?:https?|blob|data|file|webpack[\w-]*):\S+$/
const EXTENSION = /^chrome-extension:\S+$/
/** Line and column of a script. */
const POSITION = /:(\d{1,10}):(\d{1,10})$/
/** Built-in functions have none of these; functions of WebAssembly have an offset. */
const HAS_POSITION = /:(?:\d+|0x[\da-f]+)$/

/** The parts of a frame: `name (place)`, `async name (place)`, `place` or `async place`. A name can have parentheses, too. */
function partsOf(frame: string): { name: string; place: string } {
  const text = frame.startsWith('async ') ? frame.slice('async '.length) : frame
  const end = text.endsWith(')') ? text.lastIndexOf(' (') : -1
  return end < 0 ? { name: '', place: text } : { name: text.slice(0, end), place: text.slice(end + 2, -1) }
}

/** The frames in a stack of the code that called what the breakpoint is at, the innermost first, without built-in functions. */
function callersIn(stack: string): { name: string; place: string }[] {
  const lines = stack.split(AT).slice(1)
  const condition = lines.findIndex((line) => line.startsWith(CONDITION))
  if (condition < 0) return []
  return lines
    .slice(condition + 1)
    .map(partsOf)
    .filter(({ place }) => HAS_POSITION.test(place))
}

/**
 * The places with a URL in a stack of V8 that a breakpoint's condition has read, the innermost first. There are none where the innermost
 * code has no URL, such as code of an extension, of the console or of WebAssembly, and evaluated code without a `sourceURL`: what
 * called it did not make the call, and V8 can name another script as the one that evaluated it. Further out, such code is left out, and
 * so are built-in functions everywhere.
 * https://v8.dev/docs/stack-trace-api
 *
 * @param stack text of the stack, which begins with frames of the extension
 */
export function framesIn(stack: string): Location[] {
  const frames: Location[] = []
  for (const { name, place } of callersIn(stack)) {
    const position = POSITION.exec(place)
    const url = place.slice(0, position?.index)
    if (position && URL_OF_SCRIPT.test(url)) {
      const [, lineNumber, column] = position
      frames.push({
        url: short(url),
        line: Number(lineNumber),
        column: Number(column),
        ...(name ? { name: short(name) } : {}),
      })
    } else if (frames.length === 0) return []
    if (frames.length >= MAX_FRAMES) break
  }
  return frames
}

/**
 * What the condition of a breakpoint has sent: `method time detail length-of-id id stack`; undefined where it is something else. The
 * detail of `abort` is whether the fetch had ended, and that of `fetch` the number of its options.
 */
export function callIn(message: string): Call | undefined {
  const [head = '', method, time, detail, length] =
    /^(fetch|abort) (\d{1,16}) (\d{1,15}) (\d{1,6}) /.exec(message) ?? []
  if (!method) return undefined
  const start = head.length
  const id = message.slice(start, start + Number(length))
  if (id.length !== Number(length)) return undefined
  const stack = message.slice(start + id.length)
  const extension = EXTENSION.test(callersIn(stack)[0]?.place ?? '')
  const common = { id, time: Number(time), frames: framesIn(stack), extension }
  return method === 'abort'
    ? { method, ...common, ended: detail === '1', options: 0 }
    : { method: 'fetch', ...common, ended: false, options: Number(detail) }
}

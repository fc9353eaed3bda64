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
}

/** More frames than V8 keeps by default. */
const MAX_FRAMES = 10
/** `at name (place)`, `at async name (place)` or `at place`; the place ends with line and column. */
const FRAME =
  /^\s*at (?:(?:async )?(.*) \()?(?:async )?((?:https?|blob|data|file|webpack[\w-]*):\S*?):(\d+):(\d+)\)?$/

/**
 * The places in a stack of V8 that have a URL; built-ins, evaluated code and extensions' have none that helps.
 * https://v8.dev/docs/stack-trace-api
 */
export function framesIn(stack: string): Location[] {
  const frames: Location[] = []
  for (const line of stack.split('\n')) {
    const [, name, url = '', lineNumber, column] = FRAME.exec(line) ?? []
    if (!url || frames.length >= MAX_FRAMES) continue
    frames.push({
      url: short(url),
      line: Number(lineNumber),
      column: Number(column),
      ...(name ? { name: short(name) } : {}),
    })
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
  const frames = framesIn(message.slice(start + id.length))
  const common = { id, time: Number(time), frames }
  return method === 'abort'
    ? { method, ...common, ended: detail === '1', options: 0 }
    : { method: 'fetch', ...common, ended: false, options: Number(detail) }
}

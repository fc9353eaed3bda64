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

/** The frame of the breakpoint's condition, which is evaluated where the call is made. */
const CONDITION = /^\s*at eval \(eval at /
/** What follows the place at which code without a name was evaluated: `at name (eval at outer (place), <anonymous>:1:2)`. */
const EVALUATED = /(?:, <anonymous>:\d+:\d+\)?)+$/

/** A frame of evaluated code as one of the code that evaluated it; any other frame as it is. */
function whereEvaluated(line: string): string {
  const end = EVALUATED.exec(line)?.index
  const start = line.indexOf('eval at ')
  if (end === undefined || start < 0) return line
  return line.slice(0, start) + line.slice(line.lastIndexOf('(', end) + 1, end)
}

/** Whether a frame is of a script that has a name, whatever that is. */
function isNamed(line: string): boolean {
  const last = line.slice(Math.max(line.lastIndexOf(' '), line.lastIndexOf('(')) + 1)
  const [, place] = /^(.+):\d+:\d+\)?$/.exec(last) ?? []
  return place !== undefined && place !== '<anonymous>'
}

/**
 * The places in a stack of V8 that have a URL; built-ins have none that helps. None are given where the innermost place is of a script
 * that has a name and no such URL, as one of an extension or of evaluated code with a `sourceURL`: what called that did not make the call.
 * https://v8.dev/docs/stack-trace-api
 */
export function framesIn(stack: string): Location[] {
  const frames: Location[] = []
  const lines = stack.split('\n')
  const condition = lines.findIndex((line) => CONDITION.test(line))
  for (const line of lines.slice(condition + 1)) {
    const [, name, url = '', lineNumber, column] = FRAME.exec(whereEvaluated(line)) ?? []
    if (!url && frames.length === 0 && isNamed(line)) return []
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

import type { Location, Thrown } from '../../protocol/worker-events'
import { exec, NativeError, slice, split, toText } from './pristine'

const LIMIT = 2000

/** Words for whatever was thrown, without trusting it. */
export function thrown(error: unknown): Thrown {
  try {
    if (error instanceof NativeError) {
      return {
        message: slice(`${toText(error.name)}: ${toText(error.message)}`, 0, LIMIT),
        stack: slice(toText(error.stack ?? ''), 0, LIMIT),
      }
    }
    return { message: slice(toText(error), 0, LIMIT), stack: '' }
  } catch {
    return { message: 'a value that cannot be read', stack: '' }
  }
}

/**
 * Where the script called the function that calls this: the first frame of the stack that has a URL and is
 * not the probe, which has none.
 */
export function callerLocation(): Location | null {
  try {
    const lines = split(toText(new NativeError().stack), '\n')
    for (let i = 1; i < lines.length; i++) {
      const match = exec(/((?:https?|blob|data):[^\s)]*):(\d+):(\d+)\)?$/, lines[i] ?? '')
      if (match)
        return { url: slice(match[1] ?? '', 0, LIMIT), line: Number(match[2]), column: Number(match[3]) }
    }
  } catch {
    // A script may replace Error.prepareStackTrace.
  }
  return null
}

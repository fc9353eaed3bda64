import { getDescriptor, hasOwn, NativeError } from './primordials'

/**
 * Makes stacks longer, so that a frame of the probe pushes out none of the script's.
 *
 * @returns what `lower()` takes; 0 where the script has made the limit something else
 */
export function raise(by: number): number {
  const limit = getDescriptor(NativeError, 'stackTraceLimit')
  if (!limit || !hasOwn(limit, 'value') || !limit.writable) return 0
  const { value } = limit
  if (typeof value !== 'number' || !(value > 0 && value < 1e6)) return 0
  NativeError.stackTraceLimit = value + by
  return value + by
}

/** Sets it back, if the script has not changed it meanwhile. */
export function lower(raised: number, by: number): void {
  if (raised === 0) return
  const limit = getDescriptor(NativeError, 'stackTraceLimit')
  if (limit && hasOwn(limit, 'value') && limit.writable && limit.value === raised) {
    NativeError.stackTraceLimit = raised - by
  }
}

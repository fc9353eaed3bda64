import type { Thrown } from '../../protocol/worker-fields'
import {
  bindTo,
  forEach,
  getDescriptor,
  getPrototypeOf,
  hasOwn,
  list,
  NativePromise,
  nativeMethod,
  textOfFunction,
} from './primordials'
import { thrown } from './thrown'
import type { TracedEvent } from './traced-event'

const { species } = Symbol
const promises = NativePromise.prototype

/** Only a promise whose constructor is the built-in one can be awaited without running the script's code. */
export const isPlain = (value: object): boolean =>
  getPrototypeOf(value) === promises &&
  !hasOwn(value, 'constructor') &&
  getDescriptor(promises, 'constructor')?.value === NativePromise

/** It is no Proxy, which would notice `getDescriptor()`. */
const isNative = textOfFunction(NativePromise) === 'function Promise() { [native code] }'
const speciesOf = () => getDescriptor(NativePromise, species)?.get
const speciesGetter = isNative ? speciesOf() : undefined
const isNativeGetter =
  speciesGetter !== undefined &&
  textOfFunction(speciesGetter) === 'function get [Symbol.species]() { [native code] }'
const then = isNativeGetter ? nativeMethod(promises, 'then') : undefined

/** Of a rejection that is only counted. */
const COUNTED: Thrown = { message: '', stack: '' }
/** One element: what is called for each of them is called once. */
const once = list<number>()
once[0] = 0

async function followByAwaiting(promise: unknown, traced: TracedEvent, n: number): Promise<void> {
  try {
    await promise
    traced.promiseSettled(n, null)
  } catch (error) {
    traced.promiseSettled(n, thrown(error))
  }
}

/**
 * Follows a plain promise to its end. The browser follows it too, so it counts as handled either way.
 *
 * Where DevTools is open, each `await` and each `then()` that a script calls takes some ten microseconds, and a `then()` that a
 * built-in function calls does not. `then()` asks for the constructor's species, which the script may have replaced since.
 */
export function follow(promise: unknown, traced: TracedEvent, n: number): void {
  if (!then || !forEach || speciesOf() !== speciesGetter) {
    void followByAwaiting(promise, traced, n)
    return
  }
  const fulfilled = () => traced.promiseSettled(n, null)
  const rejected = (error: unknown) => traced.promiseSettled(n, n < 0 ? COUNTED : thrown(error))
  forEach(once, bindTo(then, promise, fulfilled, rejected))
}

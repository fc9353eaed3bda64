/*
 * The built-ins that the probe uses, taken when it is evaluated: what the worker's script redefines later
 * does not reach them. Nothing here calls a method through a prototype.
 */

const { apply } = Reflect
const { call } = Function.prototype

/** Turns a method into a function of its receiver. */
const uncurry = <T, A extends unknown[], R>(method: (this: T, ...args: A) => R) =>
  call.bind(method as never) as unknown as (self: T, ...args: A) => R

export const NativePromise = Promise
export const NativeProxy = Proxy
export const NativeError = Error
export { apply }
export const stringify = JSON.stringify
export const mapGet = uncurry(WeakMap.prototype.get)
export const mapSet = uncurry(WeakMap.prototype.set)
export const toText = String
export const slice = uncurry(String.prototype.slice)
export const split = uncurry<string, [separator: string], string[]>(String.prototype.split)
export const exec = uncurry(RegExp.prototype.exec)
export const tagOf = uncurry(Object.prototype.toString)
export const getDescriptor = Object.getOwnPropertyDescriptor
export const defineProperty = Object.defineProperty
export const addListener = uncurry(EventTarget.prototype.addEventListener)
export const removeListener = uncurry(EventTarget.prototype.removeEventListener)
export const { setTimeout: later, clearTimeout: cancelLater } = globalThis

const clock = performance
const nowOf = uncurry(Performance.prototype.now)
const origin = clock.timeOrigin
/** Epoch milliseconds with fractions. */
export const now = () => origin + nowOf(clock)
/** When the browser made the event, on the same clock. */
export const timeOf = (event: Event) => origin + event.timeStamp

const hasInstance = uncurry(Function.prototype[Symbol.hasInstance])
/** `value instanceof type`, whatever the script made of `Symbol.hasInstance`. */
export const instanceOf = (type: object | undefined, value: unknown): value is object =>
  type !== undefined && hasInstance(type as never, value as never)

/*
 * The built-ins that the probe uses, taken when it is evaluated: what the worker's script redefines later
 * does not reach them. Nothing here calls a method through a prototype.
 */

const { apply, get: reflectGet } = Reflect
const { call } = Function.prototype

/** Turns a method into a function of its receiver. */
export const uncurry = <T, A extends unknown[], R>(method: (this: T, ...args: A) => R) =>
  call.bind(method as never) as unknown as (self: T, ...args: A) => R

export const NativePromise = Promise
export const NativeProxy = Proxy
export const NativeError = Error
export { apply, reflectGet }
export const stringify = JSON.stringify
export const mapGet = uncurry(WeakMap.prototype.get)
export const mapSet = uncurry(WeakMap.prototype.set)
export const toText = String
export const slice = uncurry(String.prototype.slice)
export const split = uncurry<string, [separator: string], string[]>(String.prototype.split)
export const indexOf = uncurry(String.prototype.indexOf)
export const lastIndexOf = uncurry(String.prototype.lastIndexOf)
export const { getOwnPropertyDescriptor: getDescriptor, defineProperty, getPrototypeOf, hasOwn } = Object
const { create, keys, setPrototypeOf } = Object
const { isArray } = Array
const { WorkerGlobalScope: workerScope } = globalThis as {
  WorkerGlobalScope?: { prototype: typeof globalThis }
}
/** At the very start of a worker its global scope does not inherit them yet. */
export const { setTimeout: later, clearTimeout: cancelLater } = workerScope?.prototype ?? globalThis

const clock = performance
const nowOf = uncurry(Performance.prototype.now)
const origin = clock.timeOrigin
/** Epoch milliseconds with fractions. */
export const now = () => origin + nowOf(clock)

const hasInstance = uncurry(Function.prototype[Symbol.hasInstance])
/** `value instanceof type`, whatever the script made of `Symbol.hasInstance`. */
export const instanceOf = (type: object | undefined, value: unknown): value is object =>
  type !== undefined && hasInstance(type as never, value as never)

/** Reads an attribute of a platform object, whatever the script put in the way. */
export function attributeOf(prototype: object | undefined, name: string): (self: object) => unknown {
  const getter = prototype && getDescriptor(prototype, name)?.get
  return getter
    ? uncurry(getter as (this: object) => unknown)
    : (self) => (self as Record<string, unknown>)[name]
}

const stackGetter = getDescriptor(new NativeError(), 'stack')?.get
/** Getters that run no code of the script. */
const trusted = [
  stackGetter,
  getDescriptor(DOMException.prototype, 'name')?.get,
  getDescriptor(DOMException.prototype, 'message')?.get,
]

/** Stands for what only the script's own getter could tell. */
const OPAQUE = {}

/** Reads a property without running a getter of the script. */
export function readPlain(value: object, name: string): unknown {
  for (let at: object | null = value; at; at = getPrototypeOf(at)) {
    const descriptor = getDescriptor(at, name)
    if (!descriptor) continue
    if (hasOwn(descriptor, 'value')) return descriptor.value
    for (let i = 0; i < trusted.length; i++) {
      const getter = trusted[i]
      if (getter && getter === descriptor.get) return apply(getter, value, [])
    }
    return OPAQUE
  }
  return undefined
}

/** The script looks at every stack that is read: then nothing but the script reads one. */
export const watchesStacks = (): boolean => getDescriptor(NativeError, 'prepareStackTrace') !== undefined

/** A copy that inherits nothing: `JSON.stringify()` would call the script's `toJSON()`. */
export function bare(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const copy = (isArray(value) ? setPrototypeOf([], null) : create(null)) as Record<string, unknown>
  const names = keys(value)
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? ''
    copy[name] = bare((value as Record<string, unknown>)[name])
  }
  return copy
}

const typeAttribute = attributeOf(Event.prototype, 'type')
const timeAttribute = attributeOf(Event.prototype, 'timeStamp')
export const typeOf = (event: Event) => toText(typeAttribute(event))
/** When the browser made the event, on the same clock. */
export const timeOf = (event: Event) => origin + (timeAttribute(event) as number)

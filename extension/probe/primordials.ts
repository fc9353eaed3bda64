/*
 * The built-ins that the probe uses, taken when it is evaluated: what the worker's script redefines later
 * does not reach them. Nothing here calls a method through a prototype.
 */
import { mustBeNative, native, nativeText } from './natives'

const apply = native(Reflect.apply, 'apply')
const reflectGet = native(Reflect.get, 'get')
const call = native(Function.prototype.call, 'call')
const bind = native(Function.prototype.bind, 'bind')
export const setPrototypeOf = native(Object.setPrototypeOf, 'setPrototypeOf')

/** A list that inherits nothing: a script may have put setters into `Array.prototype`. */
export const list = <T>(): T[] => setPrototypeOf([], null)

/** An argument of a call. One that was not given would be looked for in `Array.prototype`. */
export const argumentOf = (args: readonly unknown[], i: number): unknown =>
  i < args.length ? args[i] : undefined

/** Turns a method into a function of its receiver. */
export const uncurry = <T, A extends unknown[], R>(method: (this: T, ...args: A) => R) =>
  apply(bind, call, [method]) as unknown as (self: T, ...args: A) => R

export const NativePromise = Promise
export const NativeWeakMap = native(WeakMap, 'WeakMap')
export const NativeProxy = native(Proxy, 'Proxy')
export const NativeError = native(Error, 'Error')
export { apply, reflectGet }
export const stringify = native(JSON.stringify, 'stringify')
export const mapGet = uncurry(native(WeakMap.prototype.get, 'get'))
export const mapSet = uncurry(native(WeakMap.prototype.set, 'set'))
export const toText = native(String, 'String')
export const slice = uncurry(native(String.prototype.slice, 'slice'))
export const split = uncurry<string, [separator: string], string[]>(native(String.prototype.split, 'split'))
export const indexOf = uncurry(native(String.prototype.indexOf, 'indexOf'))
export const lastIndexOf = uncurry(native(String.prototype.lastIndexOf, 'lastIndexOf'))
/** The text of a function; of a Proxy it runs no trap. */
export const textOfFunction = uncurry<unknown, [], string>(nativeText)
/** The same as the script sees it, under the disguise of another probe. */
export const textAsShown = uncurry<unknown, [], string>(Function.prototype.toString)
export const getDescriptor = native(Object.getOwnPropertyDescriptor, 'getOwnPropertyDescriptor')
export const defineProperty = native(Object.defineProperty, 'defineProperty')
export const getPrototypeOf = native(Object.getPrototypeOf, 'getPrototypeOf')
export const hasOwn = native(Object.hasOwn, 'hasOwn')
/** A method of the browser as an own property; undefined where the script has put something else in its place. */
export function nativeMethod(owner: object, name: string): object | undefined {
  const descriptor = getDescriptor(owner, name)
  const method: unknown = descriptor && hasOwn(descriptor, 'value') ? descriptor.value : undefined
  if (typeof method !== 'function') return undefined
  return textOfFunction(method) === `function ${name}() { [native code] }` ? method : undefined
}
const forEachMethod = nativeMethod(getPrototypeOf([]) as object, 'forEach')
/** `Array.prototype.forEach`; undefined where the script has replaced it. */
export const forEach =
  forEachMethod && uncurry(forEachMethod as (this: readonly unknown[], act: () => void) => void)
/** `Function.prototype.bind` as a function of what it binds. */
export const bindTo = uncurry(bind) as (
  method: object,
  self: unknown,
  ...args: readonly unknown[]
) => () => void
/** Takes the stack anew, from the caller of a function on. */
export const captureStack = native(Error.captureStackTrace, 'captureStackTrace')
const create = native(Object.create, 'create')
const keys = native(Object.keys, 'keys')
const isArray = native(Array.isArray, 'isArray')
const { WorkerGlobalScope: workerScope } = globalThis as {
  WorkerGlobalScope?: { prototype: typeof globalThis }
}
/** At the very start of a worker its global scope does not inherit them yet. */
const timers = workerScope?.prototype ?? globalThis
export const later = native(timers.setTimeout, 'setTimeout')
export const cancelLater = native(timers.clearTimeout, 'clearTimeout')

/** An attribute's getter or setter. */
export function accessorOf(prototype: object, name: string, kind: 'get' | 'set'): unknown {
  const descriptor = getDescriptor(prototype, name)
  return descriptor && hasOwn(descriptor, kind) ? descriptor[kind] : undefined
}

/**
 * Reads an attribute of a platform object, whatever the script put in the way. Throws for any other object.
 *
 * @param below what a wrapper of another probe stands for
 * @throws `REPLACED` where the script has put a getter of its own in the place of the browser's
 */
export function attributeOf(
  prototype: object | undefined,
  name: string,
  below = (getter: object) => getter,
): (self: object) => unknown {
  const found = prototype && accessorOf(prototype, name, 'get')
  const getter = typeof found === 'function' ? below(found) : undefined
  if (prototype) mustBeNative(getter, `get ${name}`)
  return getter
    ? uncurry(getter as (this: object) => unknown)
    : (self) => (self as Record<string, unknown>)[name]
}

const { ServiceWorkerGlobalScope: serviceWorkerScope } = globalThis as {
  ServiceWorkerGlobalScope?: { prototype: object }
}
/**
 * The browser's own getter of an attribute of the global scope, which may be the scope's own property or be inherited;
 * undefined where the script has put something of its own in its place.
 */
export function scopeGetter(name: string): (() => unknown) | undefined {
  const owners = [globalThis, serviceWorkerScope?.prototype, workerScope?.prototype]
  for (let i = 0; i < owners.length; i++) {
    const owner = owners[i]
    const getter = owner && accessorOf(owner, name, 'get')
    if (typeof getter !== 'function') continue
    if (textOfFunction(getter) !== `function get ${name}() { [native code] }`) continue
    const read = uncurry(getter as (this: object) => unknown)
    return () => read(globalThis)
  }
}

const hasInstance = uncurry(Function.prototype[Symbol.hasInstance])
const { isError: errorCheck } = NativeError as { isError?: (value: unknown) => boolean }
/** It is an error. A Proxy notices nothing, other than before Chrome 134. */
export const isError = (value: unknown): value is object =>
  errorCheck ? errorCheck(value) : hasInstance(NativeError, value as never)

const getterOf = (prototype: object, name: string) => {
  const getter = accessorOf(prototype, name, 'get')
  mustBeNative(getter, `get ${name}`)
  return getter
}
/** Getters that run no code of the script. */
const trusted = [
  accessorOf(new NativeError(), 'stack', 'get'),
  getterOf(DOMException.prototype, 'name'),
  getterOf(DOMException.prototype, 'message'),
]

/** Stands for what only the script's own getter could tell. */
export const OPAQUE = {}

/** Reads a property without running a getter of the script. */
export function readPlain(value: object, name: string): unknown {
  for (let at: object | null = value; at; at = getPrototypeOf(at)) {
    const descriptor = getDescriptor(at, name)
    if (!descriptor) continue
    if (hasOwn(descriptor, 'value')) return descriptor.value
    for (let i = 0; i < trusted.length; i++) {
      const getter = trusted[i]
      if (getter && getter === descriptor.get) return apply(getter as () => unknown, value, [])
    }
    return OPAQUE
  }
  return undefined
}

const functionPrototype = Function.prototype
const objectPrototype = Object.prototype
/** The script looks at every stack that is read: then nothing but the script reads one. */
export const watchesStacks = (): boolean => {
  for (let at: object | null = NativeError; at !== null; at = getPrototypeOf(at)) {
    // A Proxy further up would notice the question.
    if (at !== NativeError && at !== functionPrototype && at !== objectPrototype) return true
    if (hasOwn(at, 'prepareStackTrace')) return true
  }
  return false
}

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
const phaseAttribute = attributeOf(Event.prototype, 'eventPhase')
/** Its listeners are being called, or one that they have called still runs. */
export const isDispatching = (event: Event) => phaseAttribute(event) !== 0
/** When the browser made the event, on the same clock. */
export const timeOf = (event: Event) => origin + (timeAttribute(event) as number)

const clockGetter = scopeGetter('performance')
if (!clockGetter) mustBeNative(undefined, 'get performance')
const clock = clockGetter ? (clockGetter() as Performance) : performance
const nowOf = uncurry(native(Performance.prototype.now, 'now'))
const origin = attributeOf(Performance.prototype, 'timeOrigin')(clock) as number
/** Epoch milliseconds with fractions. */
export const now = () => origin + nowOf(clock)

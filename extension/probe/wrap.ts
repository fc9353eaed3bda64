import {
  apply,
  defineProperty,
  getDescriptor,
  indexOf,
  instanceOf,
  mapGet,
  mapSet,
  NativeError,
  NativeProxy,
  readPlain,
  reflectGet,
  split,
  watchesStacks,
} from './pristine'

/** Undoes a wrapper; false when somebody else wrapped it meanwhile, and it stays as a mere pass-through. */
export type Unwrap = () => boolean

export type Outcome<R> =
  | { readonly threw: false; readonly value: R }
  | { readonly threw: true; readonly error: unknown }

type Method = (...args: unknown[]) => unknown
type Call = (target: Method, self: unknown, args: unknown[]) => unknown

/** What the wrappers stand for. */
const originals = new WeakMap<object, object>()
let key = ''

/**
 * Probes of other tabs may trace the same worker. They find the browser's own methods under one another's
 * wrappers by a name that the script does not know.
 */
export function agree(secret: string): void {
  key = secret
}

/** The browser's own method under the wrappers of other probes. */
export const underlying = <T extends object>(method: T): T =>
  ((key && (method as Record<string, unknown>)[key]) || method) as T

/** A frame of the probe, as of all code that the debugger evaluated: of the script's, those of eval() say more. */
const isOwnFrame = (line: string) => indexOf(line, '<anonymous>:') >= 0 && indexOf(line, 'eval at ') < 0

/** Takes the probe's frames out of the stack of what the browser threw. */
function withoutFrame(error: unknown): void {
  if (watchesStacks() || !instanceOf(NativeError, error)) return
  const stack = readPlain(error, 'stack')
  if (typeof stack !== 'string') return
  const lines = split(stack, '\n    at ')
  let clean = lines[0] ?? ''
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (!isOwnFrame(line)) clean += `\n    at ${line}`
  }
  if (clean === stack) return
  const descriptor = getDescriptor(error, 'stack')
  if (descriptor?.set) apply(descriptor.set, error, [clean])
  else if (descriptor?.writable) defineProperty(error, 'stack', { ...descriptor, value: clean })
}

/** Puts a proxy in the place of a method, or of the getter of an attribute. */
function replace(owner: object, name: string, call: Call, kind: 'value' | 'get' = 'value'): Unwrap {
  const descriptor = getDescriptor(owner, name)
  const original = descriptor?.[kind] as Method | undefined
  if (!descriptor?.configurable || typeof original !== 'function') return () => true
  const wrapper = new NativeProxy(original, {
    apply(target, self, args) {
      try {
        return call(target, self, args)
      } catch (error) {
        try {
          withoutFrame(error)
        } catch {
          // A stack with one line more than it had.
        }
        throw error
      }
    },
    get: (target, name, receiver) =>
      name === key && key !== '' ? underlying(original) : reflectGet(target, name, receiver),
  })
  mapSet(originals, wrapper, original)
  defineProperty(owner, name, { ...descriptor, [kind]: wrapper })
  return () => {
    const present = getDescriptor(owner, name)
    if (present?.[kind] !== wrapper) return false
    defineProperty(owner, name, { ...present, [kind]: original })
    return true
  }
}

/** A proxy's text lacks the name that a method's has: `toString()` speaks of what the wrappers stand for. */
export const disguise = (): Unwrap =>
  replace(Function.prototype, 'toString', (target, self, args) =>
    apply(target, mapGet(originals, self as object) ?? self, args),
  )

/** Looks at every reading of an attribute, before it is read. */
export function wrapAttribute(owner: object, name: string, before: (self: unknown) => void): Unwrap {
  let active = true
  const undo = replace(
    owner,
    name,
    (target, self, args) => {
      try {
        if (active) before(self)
      } catch {
        // What is not seen is said by what is missing in the log; the script must go on.
      }
      return apply(target, self, args)
    },
    'get',
  )
  return () => {
    active = false
    return undo()
  }
}

/**
 * Looks at every call of a method. Name, length, `toString()`, and what it returns and throws stay those of
 * the method, also when the watcher fails: the script never notices.
 *
 * @param before looks at a call before it is made, and may give what looks at its outcome
 */
export function wrap<R>(
  owner: object,
  name: string,
  before: (self: unknown, args: readonly unknown[]) => ((outcome: Outcome<R>) => void) | undefined,
): Unwrap {
  let active = true
  const look = (after: ((outcome: Outcome<R>) => void) | undefined, outcome: Outcome<R>) => {
    try {
      after?.(outcome)
    } catch {
      // What is not seen is said by what is missing in the log; the script must go on.
    }
  }
  const undo = replace(owner, name, (target, self, args) => {
    let after: ((outcome: Outcome<R>) => void) | undefined
    try {
      if (active) after = before(self, args)
    } catch {
      // As above.
    }
    let value: R
    try {
      value = apply(target, self, args) as R
    } catch (error) {
      look(after, { threw: true, error })
      throw error
    }
    look(after, { threw: false, value })
    return value
  })
  return () => {
    active = false
    return undo()
  }
}

import {
  accessorOf,
  apply,
  argumentOf,
  captureStack,
  defineProperty,
  getDescriptor,
  hasOwn,
  indexOf,
  isError,
  mapGet,
  mapSet,
  NativeProxy,
  NativeWeakMap,
  readPlain,
  setPrototypeOf,
  split,
  textAsShown,
  watchesStacks,
} from './primordials'
import { lower, raise } from './stack-limit'

/** Undoes a wrapper; false when somebody else wrapped it meanwhile, and it stays as a mere pass-through. */
export type Unwrap = () => boolean

export type Outcome<R> =
  | { readonly threw: false; readonly value: R }
  | { readonly threw: true; readonly error: unknown }

type Method = (...args: unknown[]) => unknown

/**
 * Looks at a call before it is made, may replace arguments, and may give what looks at its outcome. `called` is what the script has
 * called: it is on the stack, and its caller is the script's.
 */
type Before<R> = (
  self: unknown,
  args: unknown[],
  called: object,
) => ((outcome: Outcome<R>) => void) | undefined

/** What the wrappers stand for. */
const originals = new NativeWeakMap<object, object>()
let key = ''
let mayAsk = false

/**
 * Probes of other tabs may trace the same worker. They find the browser's own methods under one another's
 * wrappers by a name that the script does not know.
 *
 * @param shared there may be another probe: nothing is asked where there is none
 */
export function agree(secret: string, shared: boolean): void {
  key = secret
  mayAsk = shared
}

/**
 * The browser's own method under the wrappers of other probes. Asks nothing of what the script put in its place:
 * its text is another one.
 */
export function underlying<T extends object>(method: T, name: string): T {
  if (!mayAsk || textAsShown(method) !== `function ${name}() { [native code] }`) return method
  const found = getDescriptor(method, key)
  return found && hasOwn(found, 'value') ? found.value : method
}

const always = () => true
const never = () => false
const itself = (self: unknown) => self
const withoutPrototype = (descriptor: PropertyDescriptor | undefined) =>
  descriptor && (setPrototypeOf(descriptor, null) as PropertyDescriptor)

/** A frame of the probe, as of all code that the debugger evaluated: of the script's, those of eval() say more. */
export const isOwnFrame = (line: string) =>
  indexOf(line, '<anonymous>:') >= 0 && indexOf(line, 'eval at ') < 0

/** A frame of what a probe puts in the place of a method: `callThrough()` below, also of the probe of another tab. */
export const isWrapperFrame = (line: string) => indexOf(line, 'Object.callThrough (<anonymous>:') === 0

/** Takes the probe's frames out of the stack of what the script threw while the browser called it. */
function withoutFrame(error: unknown): void {
  if (watchesStacks() || !isError(error)) return
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
  const setter = accessorOf(error, 'stack', 'set')
  if (setter) apply(setter as Method, error, [clean])
  else if (descriptor && hasOwn(descriptor, 'value') && descriptor.writable) {
    defineProperty(error, 'stack', { __proto__: null, ...descriptor, value: clean } as PropertyDescriptor)
  }
}

/**
 * Puts a proxy in the place of a method, or of the getter or the setter of an attribute. What it returns and throws stay those
 * of the method, also when the look fails: the script never notices.
 *
 * @param before looks at a call, and may give what looks at its outcome
 * @param wanted says at each call whether to look at it: if not, the browser makes it as if there were no proxy,
 * with no frame of the probe
 * @param runsScript says after that, of the arguments, whether the browser may run the script's code while it takes them:
 * what is thrown may then be the script's own
 * @param standsFor gives the receiver of the method for that of the proxy
 */
function replace<R>(
  owner: object,
  name: string,
  kind: 'value' | 'get' | 'set',
  before: Before<R>,
  wanted: () => boolean,
  runsScript: (args: readonly unknown[]) => boolean = never,
  standsFor: (self: unknown) => unknown = itself,
): Unwrap {
  const descriptor = getDescriptor(owner, name)
  const original = descriptor && hasOwn(descriptor, kind) ? (descriptor[kind] as Method) : undefined
  if (!descriptor?.configurable || typeof original !== 'function') return () => true
  let active = true
  const define = (present: PropertyDescriptor, value: unknown) =>
    defineProperty(owner, name, { __proto__: null, ...present, [kind]: value } as PropertyDescriptor)

  // One function, and so one frame, with the name of a property: a minified probe has it too.
  const { callThrough: trap } = {
    callThrough(target: Method, self: unknown, args: unknown[]): unknown {
      let after: ReturnType<Before<R>>
      let script = true
      try {
        after = before(self, args, trap)
        script = runsScript(args)
      } catch {
        // What is not seen is said by what is missing in the log; the script must go on.
      }
      let outcome: Outcome<R>
      const raised = script ? raise(1) : 0
      try {
        outcome = { threw: false, value: apply(target, standsFor(self), args) as R }
        lower(raised, 1)
      } catch (error) {
        lower(raised, 1)
        outcome = { threw: true, error }
      }
      try {
        if (outcome.threw) {
          // The stack from the script's call on, as the browser would have taken it; it is read by nobody.
          if (!script && isError(outcome.error)) captureStack(outcome.error, trap)
          else withoutFrame(outcome.error)
        }
        after?.(outcome)
      } catch {
        // As above, or a stack with one line more than it had.
      }
      if (outcome.threw) throw outcome.error
      return outcome.value
    },
  }
  const wrapper = new NativeProxy(original, {
    __proto__: null,
    get apply() {
      return active && wanted() ? trap : undefined
    },
    // This trap runs no code of the script and throws nothing: no stack has its frame.
    getOwnPropertyDescriptor(target: Method, property: string | symbol) {
      if (property !== key || key === '') return withoutPrototype(getDescriptor(target, property))
      const value = underlying(original, kind === 'value' ? name : `${kind} ${name}`)
      return { __proto__: null, value, writable: true, configurable: true }
    },
  } as ProxyHandler<Method>)
  mapSet(originals, wrapper, original)
  define(descriptor, wrapper)
  return () => {
    active = false
    const present = getDescriptor(owner, name)
    if (!present || !hasOwn(present, kind) || present[kind] !== wrapper) return false
    // A script may have frozen the owner.
    if (!present.configurable && !present.writable) return false
    define(present, original)
    return true
  }
}

/** A proxy's text lacks the name that a method's has: `toString()` gives that of what a wrapper stands for. */
export const disguise = (): Unwrap =>
  replace(
    Function.prototype,
    'toString',
    'value',
    () => undefined,
    always,
    // The stack of its exception begins with a frame of its own, which goes where the stack is taken anew.
    () => !watchesStacks(),
    (self) => mapGet(originals, self as object) ?? self,
  )

/** Looks at every reading of an attribute, before it is read. */
export const wrapAttribute = (
  owner: object,
  name: string,
  before: (self: unknown) => void,
  wanted = always,
): Unwrap => {
  const look = (self: unknown) => {
    before(self)
    return undefined
  }
  return replace(owner, name, 'get', look, wanted)
}

/**
 * Has every value that an attribute is set to replaced by what `receive` returns for it; undone by whoever waits for one value.
 */
export const replaceSetter = (owner: object, name: string, receive: (value: unknown) => unknown): Unwrap => {
  const look = (_: unknown, args: unknown[]) => {
    args[0] = receive(argumentOf(args, 0))
    return undefined
  }
  return replace(owner, name, 'set', look, always)
}

/**
 * Looks at every call of a method. Name, length, `toString()`, and what it returns and throws stay those of
 * the method.
 *
 * @param before looks at a call before it is made, and may give what looks at its outcome
 * @param wanted says at each call whether to look at it
 * @param runsScript says of the arguments whether the browser may run the script's code while it takes them
 */
export const wrap = <R>(
  owner: object,
  name: string,
  before: Before<R>,
  wanted = always,
  runsScript?: (args: readonly unknown[]) => boolean,
): Unwrap => replace(owner, name, 'value', before, wanted, runsScript)

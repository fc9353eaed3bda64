import {
  apply,
  getDescriptor,
  getPrototypeOf,
  hasOwn,
  list,
  now,
  split,
  textOfFunction,
  watchesStacks,
} from './primordials'
import { stackHere } from './thrown'
import { isOwnFrame, replaceSetter, type Unwrap } from './wrap'

/** Attributes of the global scope that have a setter of the browser; the first one that is free is used. */
const ATTRIBUTES = [
  'onlanguagechange',
  'onrejectionhandled',
  'onmessageerror',
  'onpushsubscriptionchange',
  'onnotificationclose',
]
/** How long the probe of a worker that starts waits for its binding, in milliseconds. The worker can do nothing else meanwhile. */
const EXPECTED_WITHIN = 1000
/** So many messages wait for the channel at most. */
const MAX_WAITING = 10_000
/** So many functions that may be the binding are held back at most. */
const MAX_CANDIDATES = 50

/** The way of the probe's messages to the tracer. */
export interface Channel {
  /** Sends a message, or keeps it until the channel is open. */
  send(message: string): void
  /**
   * Has the next binding of that name come here and not become a property of the global scope; each call says the same name.
   *
   * @returns '' where no attribute can be used, as at the very start of a worker
   */
  open(): string
  /**
   * Sends what waits, if the binding has come, and says whether it has. To be called when `Runtime.addBinding` is answered: what is
   * sent in the setter that takes the binding is lost.
   */
  begin(): boolean
  /** What may be the binding, or a handler that the script has set meanwhile: the debugger can tell. Numbers begin with 0. */
  candidate(i: number): unknown
  /** The candidate of this number is the binding. */
  accept(i: number): void
  undo: Unwrap
}

/** A script runs that has called this, or may have. */
function isCalledByScript(): boolean {
  if (watchesStacks()) return true
  const lines = split(stackHere(), '\n    at ')
  for (let i = 1; i < lines.length; i++) if (!isOwnFrame(lines[i] ?? '')) return true
  return lines.length < 2
}

/**
 * `Runtime.addBinding` makes an anonymous function of the browser. The text of a Proxy, of a bound function and of what resolves a
 * promise is the same; it is asked for nothing else, as a Proxy would notice.
 */
const mayBeBinding = (value: unknown): value is (message: string) => void =>
  typeof value === 'function' && textOfFunction(value) === 'function () { [native code] }'

/** Waits for a binding that the browser adds in the middle of this, and takes it off the global scope. */
function takeExpected(name: string): ((message: string) => void) | undefined {
  const until = now() + EXPECTED_WITHIN
  do {
    // An empty object in its place would read what the script may have put into `Object.prototype`.
    const found = getDescriptor(globalThis, name)
    if (found && mayBeBinding(found.value)) {
      delete (globalThis as Record<string, unknown>)[name]
      return found.value
    }
  } while (now() < until)
  return undefined
}

/** Who has the attribute with the browser's own getter and setter, if that is what the browser finds. */
function ownerOf(attribute: string): object | undefined {
  for (let owner: object | null = globalThis; owner; owner = getPrototypeOf(owner)) {
    const found = getDescriptor(owner, attribute)
    if (!found) continue
    const isNative = (kind: 'get' | 'set') =>
      hasOwn(found, kind) &&
      textOfFunction(found[kind]) === `function ${kind} ${attribute}() { [native code] }`
    return found.configurable && isNative('get') && isNative('set') ? owner : undefined
  }
  return undefined
}

/**
 * A channel that the script of a worker that runs can't find: the browser puts a binding into the global scope as a script's assignment would, so the
 * setter of an attribute takes it, which is the browser's own again when it has. It may be put there in the middle of the script,
 * and is then held back, as what the script itself sets, until the tracer says which is which.
 * https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-addBinding
 *
 * @param expected name of the binding of a worker that is about to start: a property of the global scope that is there or comes
 * now, and is taken off; null where `open()` gives the name
 */
export function createChannel(expected: string | null = null): Channel {
  const waiting = list<string>()
  let name = ''
  let binding = expected === null ? undefined : takeExpected(expected)
  let isOpen = binding !== undefined
  let undo: Unwrap = () => true
  const candidates = list<(message: string) => void>()
  /** When each of them was set last, and when something else was. */
  const setAt = list<number>()
  let passedAt = 0
  let turn = 0
  let setHandler = (_: unknown) => {}

  /** The setter is the browser's own again; a handler that was held back is set. */
  const close = (): boolean => {
    const undone = undo()
    if (undone) undo = () => true
    let handler: unknown
    let last = passedAt
    for (let i = 0; i < candidates.length; i++) {
      const at = setAt[i] ?? 0
      if (candidates[i] === binding || at <= last) continue
      handler = candidates[i]
      last = at
    }
    candidates.length = setAt.length = 0
    if (handler) setHandler(handler)
    return undone
  }

  const take = (found: (message: string) => void) => {
    binding = found
    close()
  }

  /** Returns false where it can't be held back, or need not be: the binding comes once. */
  const holdBack = (value: (message: string) => void): boolean => {
    const count = candidates.length
    for (let i = 0; i < count; i++) if (candidates[i] === value) return false
    if (count >= MAX_CANDIDATES) return false
    setAt[candidates.length] = ++turn
    candidates[candidates.length] = value
    return true
  }

  const receive = (getter: () => unknown) => (value: unknown) => {
    if (binding) return value
    const isHeld = mayBeBinding(value) && holdBack(value)
    if (!isHeld) {
      passedAt = ++turn
      return value
    }
    if (!isCalledByScript()) take(value)
    // The handler that it has stays.
    return apply(getter, globalThis, [])
  }

  return {
    send(message) {
      if (isOpen && binding) binding(message)
      else if (waiting.length < MAX_WAITING) waiting[waiting.length] = message
    },
    open() {
      for (let i = 0; i < ATTRIBUTES.length && name === ''; i++) {
        const attribute = ATTRIBUTES[i] ?? ''
        const owner = ownerOf(attribute)
        const { get, set } = (owner && getDescriptor(owner, attribute)) ?? {}
        if (!owner || !get || !set) continue
        name = attribute
        setHandler = (handler) => apply(set, globalThis, [handler])
        undo = replaceSetter(owner, attribute, receive(get))
      }
      return name
    },
    begin() {
      if (!binding) return false
      isOpen = true
      for (let i = 0; i < waiting.length; i++) binding(waiting[i] ?? '')
      waiting.length = 0
      return true
    },
    candidate: (i) => candidates[i],
    accept(i) {
      const found = candidates[i]
      if (!binding && found) take(found)
    },
    undo: close,
  }
}

import { apply, getDescriptor, getPrototypeOf, hasOwn, list, textOfFunction } from './primordials'
import { replaceSetter, type Unwrap } from './wrap'

/** Attributes of the global scope that have a setter of the browser; the first one that is free is used. */
const ATTRIBUTES = [
  'onlanguagechange',
  'onrejectionhandled',
  'onmessageerror',
  'onpushsubscriptionchange',
  'onnotificationclose',
]
/** So many messages wait for the channel at most. */
const MAX_WAITING = 10_000

/** The way of the probe's messages to the tracer. */
export interface Channel {
  /** Sends a message, or keeps it until there is a binding. */
  send(message: string): void
  /**
   * Has the next binding of that name come here and not become a property of the global scope; each call says the same name.
   *
   * @returns '' where no attribute can be used, as at the very start of a worker
   */
  open(): string
  /** The binding has come. */
  readonly isOpen: boolean
  undo: Unwrap
}

/** `Runtime.addBinding` makes an anonymous function of the browser; of a script's the browser tells the name, also of a bound one. */
const isBinding = (value: unknown): value is (message: string) => void => {
  if (typeof value !== 'function' || textOfFunction(value) !== 'function () { [native code] }') return false
  const name = getDescriptor(value, 'name')
  return !name || (hasOwn(name, 'value') && name.value === '')
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
 * A channel that the script can't find: the browser puts a binding into the global scope as a script's assignment would, so the
 * setter of an attribute takes it, which is the browser's own again when it has.
 * https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-addBinding
 */
export function createChannel(): Channel {
  const waiting = list<string>()
  let name = ''
  let binding: ((message: string) => void) | undefined
  let undo: Unwrap = () => true

  const receive = (owner: object) => (value: unknown) => {
    if (binding || !isBinding(value)) return value
    binding = value
    if (undo()) undo = () => true
    for (let i = 0; i < waiting.length; i++) binding(waiting[i] ?? '')
    waiting.length = 0
    // The handler that it has stays.
    const getter = getDescriptor(owner, name)?.get
    return getter ? apply(getter, globalThis, []) : null
  }

  return {
    send(message) {
      if (binding) binding(message)
      else if (waiting.length < MAX_WAITING) waiting[waiting.length] = message
    },
    open() {
      for (let i = 0; i < ATTRIBUTES.length && name === ''; i++) {
        const attribute = ATTRIBUTES[i] ?? ''
        const owner = ownerOf(attribute)
        if (!owner) continue
        name = attribute
        undo = replaceSetter(owner, attribute, receive(owner))
      }
      return name
    },
    get isOpen() {
      return binding !== undefined
    },
    undo: () => undo(),
  }
}

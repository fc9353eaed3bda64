import { apply, bare, getDescriptor, getPrototypeOf, hasOwn, textOfFunction } from './primordials'

/** Where an attribute is: with the browser's own getter, as plain data, behind a script's getter only, or nowhere. */
type Found = { readonly get: () => unknown } | { readonly value: unknown } | 'hidden' | 'none'

function find(name: string): Found {
  let hidden = false
  for (let object: object | null = globalThis; object; object = getPrototypeOf(object)) {
    const descriptor = getDescriptor(object, name)
    if (!descriptor) continue
    if (hasOwn(descriptor, 'value')) return { value: descriptor.value }
    const { get } = descriptor
    // A script's getter may throw, and would notice.
    if (get && textOfFunction(get) === `function get ${name}() { [native code] }`) return { get }
    hidden = true
  }
  return hidden ? 'hidden' : 'none'
}

/** The handlers in the `on…` attributes of the global scope. */
export interface OnAttributes {
  /** The handler of an event; null where there is none, undefined where only a getter of the script could tell. */
  handler(name: string): unknown
}

/**
 * Reads the `on…` attributes with the browser's own getters, which are taken as soon as they are there: at the very start
 * of a worker its scope does not have them yet.
 */
export function readOnAttributes(names: readonly string[]): OnAttributes {
  const getters = bare({}) as Record<string, (() => unknown) | undefined>
  const look = (name: string): Found => {
    const found = find(`on${name}`)
    if (typeof found === 'object' && 'get' in found) getters[name] = found.get
    return found
  }
  for (let i = 0; i < names.length; i++) look(names[i] ?? '')
  return {
    handler(name) {
      const found = getters[name] ? undefined : look(name)
      const getter = getters[name]
      if (getter) return apply(getter, globalThis, []) ?? null
      if (found === 'hidden') return undefined
      return typeof found === 'object' && 'value' in found ? found.value : null
    },
  }
}

import { apply, defineProperty, getDescriptor, NativeProxy } from './pristine'

/** Undoes a wrapper; false when somebody else wrapped it meanwhile, and it stays as a mere pass-through. */
export type Unwrap = () => boolean

export type Outcome<R> =
  | { readonly threw: false; readonly value: R }
  | { readonly threw: true; readonly error: unknown }

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
  const descriptor = getDescriptor(owner, name)
  const original = descriptor?.value as ((...args: unknown[]) => R) | undefined
  if (!descriptor?.configurable || typeof original !== 'function') return () => true
  let active = true
  const look = (after: ((outcome: Outcome<R>) => void) | undefined, outcome: Outcome<R>) => {
    try {
      after?.(outcome)
    } catch {
      // What is not seen is said by what is missing in the log; the script must go on.
    }
  }
  const wrapper = new NativeProxy(original, {
    apply(target, self, args) {
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
    },
  })
  defineProperty(owner, name, { ...descriptor, value: wrapper })
  return () => {
    active = false
    const present = getDescriptor(owner, name)
    if (present?.value !== wrapper) return false
    defineProperty(owner, name, { ...present, value: original })
    return true
  }
}

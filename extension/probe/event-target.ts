import { found, native } from './natives'
import { uncurry } from './primordials'
import { underlying } from './wrap'

/** The browser's own methods of `EventTarget`, under the wrappers of this probe and of others. */
export function eventTarget() {
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype
  return {
    addListener: uncurry(
      found.addEventListener ?? native(underlying(add, 'addEventListener'), 'addEventListener'),
    ),
    removeListener: uncurry(
      found.removeEventListener ?? native(underlying(remove, 'removeEventListener'), 'removeEventListener'),
    ),
  }
}

export type EventTargetMethods = ReturnType<typeof eventTarget>

// @ts-check
import { keepAndCleanUp } from './keep.js'

/**
 * Right, only written the other way: as an event handler property instead of a listener.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function property(scope) {
  scope.onbackgroundfetchabort = (event) => event.waitUntil(keepAndCleanUp(event.registration))
}

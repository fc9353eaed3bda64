// @ts-check
import { keepAndCleanUp } from './keep.js'

/**
 * Wrong: an async listener looks as if it were waited for, but without waitUntil the event is over at its
 * first await. The records may be gone and the worker may be stopped before the work is done.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function noWaitUntil(scope) {
  scope.addEventListener('backgroundfetchabort', async (event) => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    await keepAndCleanUp(event.registration)
  })
}

// @ts-check
import { throwAway } from './discard.js'

/**
 * Wrong: waitUntil gets a function instead of a promise. It takes any value as already settled, nobody ever
 * calls the function, and nothing complains.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function functionInstead(scope) {
  scope.addEventListener('backgroundfetchabort', (event) => {
    // @ts-expect-error: this is the mistake, and the type checker would have found it.
    event.waitUntil(async () => {
      await throwAway(event.registration.id)
    })
  })
}

// @ts-check
import { throwAway } from './discard.js'

/**
 * Wrong: it reads a title that a registration does not have and throws before it reaches waitUntil.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function throws(scope) {
  scope.addEventListener('backgroundfetchabort', (event) => {
    // @ts-expect-error: this is the mistake. The title is given to fetch() but cannot be read back.
    const title = event.registration.title.trim()
    event.waitUntil(throwAway(event.registration.id).then(() => console.log(`Cancelled ${title}`)))
  })
}

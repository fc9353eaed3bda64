// @ts-check
import { throwAway } from './discard.js'

/**
 * Wrong: it waits for a page to confirm before it cleans up. No page answers, so the promise never settles;
 * the event stays open until the browser stops the worker.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function never(scope) {
  const confirmed = new Promise((resolve) => {
    scope.addEventListener('message', (event) => {
      if (event.data?.type === 'confirm-clean-up') resolve(undefined)
    })
  })
  scope.addEventListener('backgroundfetchabort', (event) => {
    event.waitUntil(confirmed.then(() => throwAway(event.registration.id)))
  })
}

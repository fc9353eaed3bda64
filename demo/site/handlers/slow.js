// @ts-check
import { throwAway } from './discard.js'

const STEPS = 20
const STEP_MS = 500

/**
 * Right in the end but slow: the clean-up takes ten seconds, as over a large database.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function slow(scope) {
  scope.addEventListener('backgroundfetchabort', (event) => {
    event.waitUntil(
      (async () => {
        for (let step = 0; step < STEPS; step++) await new Promise((resolve) => setTimeout(resolve, STEP_MS))
        await throwAway(event.registration.id)
      })(),
    )
  })
}

// @ts-check
import { keepAndCleanUp } from './keep.js'

/**
 * Right, with a lot to say: it logs at every level, and a forgotten timer throws where nobody catches it.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function chatty(scope) {
  scope.addEventListener('backgroundfetchabort', (event) => {
    const { id, downloaded } = event.registration
    console.log(`Cancelled ${id} after ${downloaded} bytes`, { id, downloaded })
    setTimeout(() => {
      throw new Error(`Could not report the cancelled download ${id}`)
    }, 20)
    event.waitUntil(
      (async () => {
        console.warn('Keeping what arrived whole')
        await keepAndCleanUp(event.registration)
        // Time for the error of the timer to come while the event is still being handled.
        await new Promise((resolve) => setTimeout(resolve, 100))
        console.error('Clean-up finished, but this line is logged as an error')
      })(),
    )
  })
}

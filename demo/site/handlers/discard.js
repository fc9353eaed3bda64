// @ts-check
import { cleanUp } from '../worker/clean-up.js'
import { tellClients } from '../worker/clients.js'

/**
 * Right: an aborted download leaves nothing at all.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function discard(scope) {
  scope.addEventListener('backgroundfetchabort', (event) => event.waitUntil(throwAway(event.registration.id)))
}

/** @param {string} id */
export async function throwAway(id) {
  await cleanUp(id)
  await tellClients({ type: 'settled', id })
}

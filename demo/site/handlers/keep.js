// @ts-check
import { cleanUp } from '../worker/clean-up.js'
import { tellClients } from '../worker/clients.js'
import { keepWhole } from '../worker/keep-whole.js'

/**
 * Right: what arrived whole is kept for the next try, everything else goes.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function keep(scope) {
  scope.addEventListener('backgroundfetchabort', (event) =>
    event.waitUntil(keepAndCleanUp(event.registration)),
  )
}

/** @param {BackgroundFetchRegistration} registration */
export async function keepAndCleanUp(registration) {
  await keepWhole(registration)
  await cleanUp(registration.id)
  await tellClients({ type: 'settled', id: registration.id })
}

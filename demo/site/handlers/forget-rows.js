// @ts-check
import { tellClients } from '../worker/clients.js'
import { keepWhole } from '../worker/keep-whole.js'

/**
 * Wrong: it keeps the responses but forgets that the page wrote a row and a part file before the fetch.
 * The row goes on saying "downloading" for ever.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function forgetRows(scope) {
  scope.addEventListener('backgroundfetchabort', (event) => {
    event.waitUntil(
      (async () => {
        await keepWhole(event.registration)
        await tellClients({ type: 'settled', id: event.registration.id })
      })(),
    )
  })
}

// @ts-check
import { handlers, isHandlerName } from '../handlers/index.js'
import { startFetch } from '../shared/start-fetch.js'
import { cleanUp } from './clean-up.js'
import { tellClients } from './clients.js'
import { scope } from './scope.js'
import { finish } from './success.js'

const wanted = new URL(scope.location.href).searchParams.get('handler') ?? 'keep'
handlers[isHandlerName(wanted) ? wanted : 'keep'](scope)

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()))
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))

scope.addEventListener('backgroundfetchsuccess', (event) => event.waitUntil(finish(event)))

scope.addEventListener('backgroundfetchfail', (event) => {
  event.waitUntil(
    (async () => {
      await cleanUp(event.registration.id)
      await event.updateUI({ title: 'Download failed' })
      await tellClients({ type: 'settled', id: event.registration.id })
    })(),
  )
})

scope.addEventListener('backgroundfetchclick', (event) => {
  event.waitUntil(scope.clients.openWindow(scope.registration.scope))
})

scope.addEventListener('message', (event) => {
  if (event.data?.type === 'fetch') event.waitUntil(startHere(event.data.plan))
  if (event.data?.type === 'abort') event.waitUntil(abortAll())
})

async function abortAll() {
  const { backgroundFetch } = scope.registration
  for (const id of await backgroundFetch.getIds()) await (await backgroundFetch.get(id))?.abort()
}

/**
 * Starts a fetch from inside the worker, as a push message or a periodic sync would.
 * @param {import('../shared/types.js').Plan} plan
 */
async function startHere(plan) {
  try {
    await startFetch(scope.registration, plan)
    await tellClients({ type: 'started', id: plan.id })
  } catch (error) {
    await tellClients({ type: 'refused', id: plan.id, reason: String(error) })
  }
}

// @ts-check
import { openEpisodes } from '../shared/cache.js'
import { throwAway } from './discard.js'

/**
 * Wrong: it stores every response that came without looking at `response.ok`, so an error page can end up
 * in the cache and be played as audio later.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function store404(scope) {
  scope.addEventListener('backgroundfetchabort', (event) => event.waitUntil(storeAll(event.registration)))
}

/** @param {BackgroundFetchRegistration} registration */
async function storeAll(registration) {
  const cache = await openEpisodes()
  for (const record of await registration.matchAll()) {
    const response = await record.responseReady.catch(() => undefined)
    if (response) await cache.put(record.request, response)
  }
  await throwAway(registration.id)
}

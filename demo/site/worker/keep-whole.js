// @ts-check
import { openEpisodes } from '../shared/cache.js'

/**
 * Stores the responses that are worth keeping after an abort: those that arrived whole and ok.
 * @param {BackgroundFetchRegistration} registration
 */
export async function keepWhole(registration) {
  const cache = await openEpisodes()
  for (const record of await registration.matchAll()) {
    // A request that was still waiting or under way has no response: its promise rejects.
    const response = await record.responseReady.catch(() => undefined)
    if (response?.ok) await cache.put(record.request, response)
  }
}

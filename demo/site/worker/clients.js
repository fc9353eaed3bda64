// @ts-check
import { scope } from './scope.js'

/**
 * Tells every page of this worker what happened.
 * @param {import('../shared/types.js').News} news
 */
export async function tellClients(news) {
  for (const client of await scope.clients.matchAll({ type: 'window' })) client.postMessage(news)
}

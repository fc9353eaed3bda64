// @ts-check
import { openEpisodes } from '../shared/cache.js'
import { removePart } from '../shared/parts.js'
import { putRow, readRow, removeRow } from '../shared/rows.js'
import { tellClients } from './clients.js'

/**
 * Stores everything a finished fetch brought and marks its episodes as downloaded.
 * @param {BackgroundFetchUpdateUIEvent} event
 */
export async function finish(event) {
  const { registration } = event
  const cache = await openEpisodes()
  for (const record of await registration.matchAll()) {
    const response = await record.responseReady
    // The Cache API takes only GET; the answer to an upload has done its work by arriving.
    if (record.request.method === 'GET') await cache.put(record.request, response)
  }
  const row = await readRow(registration.id)
  for (const id of row?.episodes ?? []) await putRow({ id, title: '', state: 'done', episodes: [id] })
  if (!row?.episodes.includes(registration.id)) await removeRow(registration.id)
  await removePart(registration.id)
  await event.updateUI({ title: `${row?.title ?? registration.id} is ready` })
  await tellClients({ type: 'settled', id: registration.id })
}

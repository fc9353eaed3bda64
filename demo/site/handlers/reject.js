// @ts-check
import { removePart } from '../shared/parts.js'
import { readRow, removeRow } from '../shared/rows.js'
import { tellClients } from '../worker/clients.js'

/**
 * Wrong: it looks up the row after having removed it. The promise given to waitUntil rejects in the middle
 * of the work: the row is gone, the part file stays, and no page hears of it.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function reject(scope) {
  scope.addEventListener('backgroundfetchabort', (event) => event.waitUntil(tidyUp(event.registration.id)))
}

/** @param {string} id */
async function tidyUp(id) {
  await removeRow(id)
  const row = await readRow(id)
  if (!row) throw new Error(`There is no row for ${id}`)
  await removePart(row.id)
  await tellClients({ type: 'settled', id })
}

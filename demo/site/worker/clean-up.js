// @ts-check
import { removePart } from '../shared/parts.js'
import { removeRow } from '../shared/rows.js'

/**
 * Removes what the page wrote down before the fetch: its row and its part file.
 * @param {string} id
 */
export async function cleanUp(id) {
  await removeRow(id)
  await removePart(id)
}

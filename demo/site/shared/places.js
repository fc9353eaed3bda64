// @ts-check
import { openEpisodes } from './cache.js'
import { listParts } from './parts.js'
import { readRows } from './rows.js'

/**
 * Creates what the demo stores things in: its database, folder and cache. A page does it as soon as it is loaded, so
 * that a download adds only what belongs to it.
 */
export async function createPlaces() {
  await Promise.all([readRows(), listParts(), openEpisodes()])
}

// @ts-check
import { openEpisodes } from '../shared/cache.js'
import { listParts, removePart } from '../shared/parts.js'
import { readRows, removeRow } from '../shared/rows.js'
import { el } from './dom.js'

const LINES = 12

/**
 * Shows what is stored for this origin at the moment, so that one sees what a clean-up has left.
 * @param {HTMLElement} place
 */
export async function showStorage(place) {
  const cache = await openEpisodes()
  const requests = await cache.keys()
  const answers = await Promise.all(requests.slice(0, LINES).map((request) => cache.match(request)))
  const cached = answers.map((answer, i) => {
    const { pathname = '' } = new URL(requests[i]?.url ?? location.href)
    return `${answer?.type === 'opaque' ? 'opaque' : answer?.status} ${pathname}`
  })
  if (requests.length > LINES) cached.push(`and ${requests.length - LINES} more`)
  const rows = (await readRows()).map((row) => `${row.id}: ${row.state}`)
  place.replaceChildren(
    group('IndexedDB rows', rows.length, rows),
    group('Part files', undefined, await listParts()),
    group('Cached responses', requests.length, cached),
  )
}

/**
 * @param {string} name
 * @param {number | undefined} count
 * @param {string[]} lines
 */
function group(name, count, lines) {
  const items = lines.map((line) => el('li', {}, line))
  return el('div', {}, el('h4', {}, `${name}: ${count ?? lines.length}`), el('ul', {}, ...items))
}

/** Removes everything the site has stored. Running fetches go on. */
export async function clearStorage() {
  await caches.delete('episodes')
  for (const row of await readRows()) await removeRow(row.id)
  for (const name of await listParts()) await removePart(name.replace(/\.part$/, ''))
}

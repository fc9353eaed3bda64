// @ts-check
import { findStored, openEpisodes } from '../shared/cache.js'
import { removeRow } from '../shared/rows.js'
import { button, el, swap } from './dom.js'
import { megabytes } from './format.js'
import { coverOf, filesOf, sizeOf } from './plans.js'

/** @typedef {import('../shared/types.js').Item} Item */

/**
 * The list of what is downloaded.
 * @param {HTMLElement} list
 * @param {{ onPlay: (item: Item) => unknown, onRemove: (item: Item) => unknown }} actions
 */
export function makeShelf(list, { onPlay, onRemove }) {
  let shown = ''

  /** @param {Item} item */
  const entry = (item) =>
    el(
      'li',
      {},
      el('img', { src: coverOf(item), alt: '', width: 56, height: 56 }),
      el('div', { className: 'text' }, el('strong', {}, item.title), el('span', {}, about(item))),
      button('Play', () => onPlay(item), { label: `Play ${item.title}`, className: 'main' }),
      button('Remove', () => onRemove(item), { label: `Remove ${item.title}`, className: 'quiet' }),
    )

  /** @param {Item[]} items */
  return function paint(items) {
    const key = items.map((item) => item.id).join()
    if (key === shown && list.childElementCount > 0) return
    shown = key
    const empty = el(
      'li',
      { className: 'empty' },
      'Nothing here yet. What you download plays without a network.',
    )
    swap(list, ...(items.length > 0 ? items.map(entry) : [empty]))
  }
}

/** @param {Item} item */
const about = (item) => `${item.show} · ${item.minutes} min · ${megabytes(sizeOf(item))}`

/**
 * Takes a downloaded item off this device.
 * @param {Item} item
 */
export async function removeItem(item) {
  const cache = await openEpisodes()
  for (const { url } of filesOf(item, 0)) await cache.delete(url, { ignoreSearch: true })
  await removeRow(item.id)
}

/**
 * How many of an item's parts are stored.
 * @param {Item} item
 */
export async function countParts(item) {
  const audio = filesOf(item, 0).slice(0, item.parts.length)
  const stored = await Promise.all(audio.map(({ url }) => findStored(url)))
  return stored.filter(Boolean).length
}

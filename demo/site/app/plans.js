// @ts-check
import { findStored } from '../shared/cache.js'

/** @typedef {import('../shared/types.js').Item} Item */
/** @typedef {import('../shared/types.js').Wanted} Wanted */

// Covers and notes are small and their size varies; this is more than any of them has.
const SMALL_BYTES = 6000

/** This site under its other name, which the browser takes for another origin. */
export function otherOrigin() {
  const url = new URL(location.origin)
  url.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  return url.origin
}

/**
 * The address of one part of an item's audio.
 * @param {Item} item
 * @param {number} index
 * @param {number} speed bytes per second, 0 = as fast as possible
 */
export function partUrl(item, index, speed) {
  const { bytes = 0, crossOrigin, redirect } = item.parts[index] ?? {}
  const url = new URL(`/media/${item.id}-${index + 1}.wav`, crossOrigin ? otherOrigin() : location.origin)
  url.searchParams.set('size', String(bytes))
  url.searchParams.set('rate', String(speed))
  if (crossOrigin) url.searchParams.set('cors', '1')
  if (redirect) url.searchParams.set('redirect', '1')
  return url.href
}

/**
 * Everything an item consists of: its parts, its cover and its notes.
 * @param {Item} item
 * @param {number} speed
 * @returns {Wanted[]}
 */
export function filesOf(item, speed) {
  return [
    ...item.parts.map(({ bytes }, index) => ({ url: partUrl(item, index, speed), bytes })),
    { url: new URL(coverOf(item), location.origin).href, bytes: SMALL_BYTES },
    { url: new URL(`/notes/${item.id}.json`, location.origin).href, bytes: SMALL_BYTES },
  ]
}

/** @param {Item} item */
export function coverOf(item) {
  return `/art/${item.id}.svg`
}

/** @param {Item} item */
export function sizeOf(item) {
  return item.parts.reduce((sum, part) => sum + part.bytes, 0)
}

/**
 * The fetch that brings these items, without the files that an earlier, cancelled try has left whole.
 * @param {Item[]} items
 * @param {{ id: string, title: string, speed: number }} settings
 * @returns {Promise<import('../shared/types.js').Plan>}
 */
export async function planFor(items, { id, title, speed }) {
  const requests = []
  for (const file of items.flatMap((item) => filesOf(item, speed))) {
    if (!(await findStored(file.url))) requests.push(file)
  }
  const downloadTotal = requests.reduce((sum, file) => sum + file.bytes, 0)
  const icon = items[0] ? coverOf(items[0]) : '/icon.svg'
  return { id, title, icon, requests, downloadTotal, episodes: items.map((item) => item.id) }
}

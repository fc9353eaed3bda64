// @ts-check
import { button, el, swap } from './dom.js'
import { megabytes } from './format.js'
import { coverOf, sizeOf } from './plans.js'
import { progressRow } from './progress.js'

/** @typedef {{ registration?: BackgroundFetchRegistration, done: boolean, kept: number, trouble?: string }} CardState */

/**
 * The card of one item. `paint` shows what state its download is in.
 * @param {import('../shared/types.js').Item} item
 * @param {{ onDownload: () => unknown, onCancel: () => unknown }} actions
 */
export function makeCard(item, { onDownload, onCancel }) {
  const action = el('div', { className: 'action' })
  const note = el('p', { className: 'note', role: 'status' })
  const cover = el('img', { className: 'cover', src: coverOf(item), alt: '', width: 400, height: 400 })
  const text = el(
    'div',
    { className: 'text' },
    el('p', { className: 'show' }, item.show),
    el('h3', {}, item.title),
    el('p', { className: 'blurb' }, item.blurb),
    el('p', { className: 'meta' }, `${item.minutes} min · ${megabytes(sizeOf(item))}`),
    action,
    note,
  )
  const element = el('li', { className: 'card' }, cover, text)
  const progress = progressRow(item.title, onCancel)
  const download = button('Download', onDownload, { label: `Download ${item.title}`, className: 'main' })
  const badge = el('p', { className: 'badge' }, 'Downloaded')
  let shown = ''

  /** @param {CardState} state */
  function paint({ registration, done, kept, trouble }) {
    const kind = registration ? 'running' : done ? 'done' : 'idle'
    if (kind !== shown) {
      shown = kind
      swap(action, { running: progress.element, done: badge, idle: download }[kind])
    }
    if (registration) progress.paint(registration)
    download.textContent = kept > 0 ? 'Download the rest' : 'Download'
    const keptNote = kept > 0 && kind === 'idle' ? `${kept} of ${item.parts.length} parts kept` : ''
    const words = [kind === 'running' ? '' : (trouble ?? ''), keptNote].filter(Boolean).join(' · ')
    if (note.textContent !== words) note.textContent = words
  }
  return { element, paint }
}

// @ts-check
import { findStored } from '../shared/cache.js'
import { button, el } from './dom.js'
import { coverOf, partUrl } from './plans.js'

/** @typedef {import('../shared/types.js').Item} Item */

/**
 * The bar at the foot of the page. It plays an item's parts one after the other, from the cache alone.
 * @param {HTMLElement} bar
 */
export function makePlayer(bar) {
  const audio = el('audio', { controls: true })
  const cover = el('img', { alt: '', width: 48, height: 48 })
  const title = el('strong')
  const detail = el('span', { role: 'status' })
  const close = button('Close', stop, { label: 'Close the player', className: 'quiet' })
  bar.append(cover, el('div', { className: 'text' }, title, detail), audio, close)
  /** @type {Item | undefined} */
  let item
  let part = 0

  audio.onended = () => play(part + 1)
  audio.onerror = () => say(`Part ${part + 1} cannot be played`)

  /** @param {string} words */
  function say(words) {
    detail.textContent = words
  }

  /** @param {number} index */
  async function play(index) {
    if (!item || index >= item.parts.length) return
    part = index
    const response = await findStored(partUrl(item, index, 0))
    if (!response) return say(`Part ${index + 1} is not on this device`)
    URL.revokeObjectURL(audio.src)
    audio.src = URL.createObjectURL(await response.blob())
    say(`Part ${index + 1} of ${item.parts.length} · ${item.show}`)
    // Without a click before it a browser may refuse to play; the controls are there for that.
    await audio.play().catch(() => {})
  }

  function stop() {
    audio.pause()
    item = undefined
    bar.hidden = true
  }

  return {
    /** @param {Item} next */
    open(next) {
      item = next
      title.textContent = next.title
      cover.src = coverOf(next)
      bar.hidden = false
      return play(0)
    },
    /** @param {Item} gone */
    closeIf(gone) {
      if (item?.id === gone.id) stop()
    },
  }
}

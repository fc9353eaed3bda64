// @ts-check
import { button, el, swap } from './dom.js'
import { progressRow } from './progress.js'

/**
 * The fetches that belong to no card: the bundle of all episodes and those of the test bench.
 * @param {HTMLElement} list
 * @param {Set<string>} hidden the ids that have a card
 */
export function makeTransfers(list, hidden) {
  /** @type {Map<string, ReturnType<typeof progressRow>>} */
  const rows = new Map()
  let shown = ''

  /** @param {import('./fetches.js').Fetches} fetches */
  return function paint(fetches) {
    const titleOf = (/** @type {string} */ id) => fetches.titles.get(id) ?? id
    const running = [...fetches.running].filter(([id]) => !hidden.has(id))
    const trouble = [...fetches.trouble].filter(([id]) => !hidden.has(id) && !fetches.running.has(id))
    const key = JSON.stringify([running.map(([id]) => id), trouble])
    if (key !== shown) {
      shown = key
      swap(
        list,
        ...running.map(([id]) => entry(id, fetches)),
        ...trouble.map(([id, text]) => ended(id, text)),
      )
    }
    for (const [id, registration] of running) rows.get(id)?.paint(registration)

    /**
     * @param {string} id
     * @param {string} text
     */
    function ended(id, text) {
      const forget = () => {
        fetches.trouble.delete(id)
        paint(fetches)
      }
      const label = `Dismiss ${titleOf(id)}`
      return el(
        'li',
        {},
        el('strong', {}, titleOf(id)),
        el('p', { className: 'note', role: 'status' }, text),
        button('Dismiss', forget, { label, className: 'quiet' }),
      )
    }
  }

  /**
   * @param {string} id
   * @param {import('./fetches.js').Fetches} fetches
   */
  function entry(id, fetches) {
    const title = fetches.titles.get(id) ?? id
    const row = rows.get(id) ?? progressRow(title, () => fetches.cancel(id))
    rows.set(id, row)
    return el('li', {}, el('strong', {}, title), row.element)
  }
}

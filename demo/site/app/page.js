// @ts-check
import { putRow, readRows } from '../shared/rows.js'
import { makeCard } from './card.js'
import { byId } from './dom.js'
import { Fetches } from './fetches.js'
import { planFor } from './plans.js'
import { makePlayer } from './player.js'
import { readSpeed } from './settings.js'
import { countParts, makeShelf, removeItem } from './shelf.js'

const BUNDLE_ID = 'update-all'

/** @typedef {import('../shared/types.js').Item} Item */

/**
 * Brings a page with a catalogue to life.
 * @param {Item[]} items
 * @param {ServiceWorkerRegistration} worker
 * @param {{ onPaint?: (fetches: Fetches) => void, onRefresh?: () => void }} [also] what else the page shows
 */
export async function openPage(items, worker, also = {}) {
  const fetches = new Fetches(worker, (what) => (what === 'end' ? refresh() : paint()))
  const player = makePlayer(byId('player'))
  const shelf = makeShelf(byId('shelf'), {
    onPlay: (item) => player.open(item),
    onRemove: async (item) => {
      player.closeIf(item)
      await removeItem(item)
      await refresh()
    },
  })
  const cards = items.map((item) => {
    const actions = { onDownload: () => download([item], item), onCancel: () => fetches.cancel(item.id) }
    return { item, ...makeCard(item, actions) }
  })
  byId('catalogue').replaceChildren(...cards.map((card) => card.element))

  /** @type {Set<string>} */
  let done = new Set()
  /** @type {Map<string, number>} */
  let kept = new Map()

  function paint() {
    for (const { item, paint } of cards) {
      const registration = fetches.running.get(item.id)
      const trouble = fetches.trouble.get(item.id)
      paint({ registration, done: done.has(item.id), kept: kept.get(item.id) ?? 0, trouble })
    }
    also.onPaint?.(fetches)
  }

  async function refresh() {
    const rows = await readRows()
    done = new Set(rows.filter((row) => row.state === 'done').map((row) => row.id))
    const counts = items.map(async (item) => /** @type {const} */ ([item.id, await countParts(item)]))
    kept = new Map(await Promise.all(counts))
    shelf(items.filter((item) => done.has(item.id)))
    paint()
    also.onRefresh?.()
  }

  /**
   * @param {Item[]} wanted
   * @param {{ id: string, title: string }} name
   */
  async function download(wanted, { id, title }) {
    const plan = await planFor(wanted, { id, title, speed: readSpeed() })
    // A cancelled download may have brought everything before it was cancelled.
    if (plan.requests.length > 0) {
      return id === BUNDLE_ID ? fetches.startInWorker(plan, { orHere: true }) : fetches.start(plan)
    }
    for (const item of wanted) await putRow({ id: item.id, title: '', state: 'done', episodes: [item.id] })
    await refresh()
  }

  function updateAll() {
    const missing = items.filter((item) => !done.has(item.id) && !fetches.running.has(item.id))
    if (missing.length > 0) return download(missing, { id: BUNDLE_ID, title: 'All episodes' })
  }

  await fetches.restore()
  await refresh()
  return { fetches, refresh, updateAll }
}

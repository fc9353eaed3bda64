// @ts-check
import { createPlaces } from '../shared/places.js'
import { openBench } from './bench.js'
import { byId } from './dom.js'
import { episodes } from './episodes.js'
import { openPage } from './page.js'
import { readHandler } from './settings.js'
import { showStorage } from './storage-view.js'
import { makeTransfers } from './transfers.js'
import { registerWorker } from './worker.js'

await createPlaces()
const transfers = makeTransfers(byId('transfers'), new Set(episodes.map((episode) => episode.id)))
const worker = await registerWorker(`/sw.js?handler=${readHandler()}`, '/')
const page = await openPage(episodes, worker, {
  onPaint: transfers,
  onRefresh: () => showStorage(byId('storage')),
})
byId('update-all').onclick = () => page.updateAll()
openBench(page.fetches, page.refresh)

// @ts-check
import { removePart, writePart } from './parts.js'
import { putRow, removeRow } from './rows.js'

/**
 * Notes down what is to come, then hands it to the browser. When the browser refuses, the notes go again.
 * @param {ServiceWorkerRegistration} worker
 * @param {import('./types.js').Plan} plan
 * @returns {Promise<BackgroundFetchRegistration>}
 */
export async function startFetch(worker, plan) {
  const { id, title, icon, episodes, requests, downloadTotal } = plan
  // The notes of a fetch that runs already under this id are not ours to overwrite.
  if (await worker.backgroundFetch.get(id)) throw new TypeError(`A download called ${id} is already running.`)
  await putRow({ id, title, state: 'downloading', episodes })
  await writePart(id, requests.map((wanted) => wanted.url).join('\n'))
  try {
    const icons = [{ src: icon, sizes: '400x400', type: 'image/svg+xml' }]
    return await worker.backgroundFetch.fetch(id, requests.map(toRequest), { title, icons, downloadTotal })
  } catch (error) {
    await removeRow(id)
    await removePart(id)
    throw error
  }
}

/** @param {import('./types.js').Wanted} wanted */
function toRequest({ url, mode, upload }) {
  if (upload) return new Request(url, { method: 'POST', body: new Blob([new Uint8Array(upload)]) })
  return new Request(url, mode ? { mode } : {})
}

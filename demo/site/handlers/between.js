// @ts-check
import { putRow } from '../shared/rows.js'
import { throwAway } from './discard.js'

/**
 * Wrong at one moment only: where some responses have come and others have not, it notes the download to go on with it
 * later, which nothing does.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function between(scope) {
  scope.addEventListener('backgroundfetchabort', (event) =>
    event.waitUntil(cleanUpOrNote(event.registration)),
  )
}

/** @param {BackgroundFetchRegistration} registration */
async function cleanUpOrNote(registration) {
  const records = await registration.matchAll()
  const responses = await Promise.all(records.map((record) => record.responseReady.catch(() => undefined)))
  const came = responses.filter(Boolean).length
  await throwAway(registration.id)
  if (came > 0 && came < records.length)
    await putRow({ id: registration.id, title: 'To be continued', state: 'aborted', episodes: [] })
}

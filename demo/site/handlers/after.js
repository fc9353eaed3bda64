// @ts-check
import { putRow } from '../shared/rows.js'
import { throwAway } from './discard.js'

const STATISTICS_DELAY_MS = 500

/**
 * Right while the event lasts, but it goes on afterwards: half a second later it writes a row of statistics
 * that nothing waits for. Whether it gets there depends on when the browser stops the worker.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function after(scope) {
  scope.addEventListener('backgroundfetchabort', (event) => {
    const { id } = event.registration
    const cleaned = throwAway(id)
    event.waitUntil(cleaned)
    cleaned.then(() => {
      setTimeout(
        () => putRow({ id: 'last-abort', title: id, state: 'aborted', episodes: [] }),
        STATISTICS_DELAY_MS,
      )
    })
  })
}

// @ts-check
import { readRow } from '../shared/rows.js'
import { throwAway } from './discard.js'

/**
 * Wrong: it asks for more time only after an await. By then the event is over and waitUntil throws an
 * InvalidStateError, so the clean-up below it never begins.
 * @param {ServiceWorkerGlobalScope} scope
 */
export function late(scope) {
  scope.addEventListener('backgroundfetchabort', async (event) => {
    const row = await readRow(event.registration.id)
    if (!row) return
    /** @type {(value?: unknown) => void} */
    let finish = () => {}
    event.waitUntil(
      new Promise((resolve) => {
        finish = resolve
      }),
    )
    await throwAway(row.id)
    finish()
  })
}

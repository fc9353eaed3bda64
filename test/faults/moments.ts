import { waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { keepBusy, keepBusyAfterAbort } from './hold'
import { allMoments, type Moment } from './moment-names'
import { type Scene, startWithRow } from './scene'

/** The fetch whose abort is at this moment when the fault happens. */
export const fetchAt = (moment: Moment): string => `at-${moment}`

/**
 * Starts a fetch for each of the moments and brings its abort there. The latest moment comes first, as its abort
 * takes longest; in the last two the page is busy, so they are there together.
 *
 * @param afterAbort what the page does right after `abort()`; see `keepBusyAfterAbort()`
 */
export async function bringTo(scene: Scene, wanted: readonly Moment[], afterAbort?: string): Promise<void> {
  const { witness, document, tab } = scene
  const { page, panel } = tab
  const ordered = allMoments.filter((moment) => wanted.includes(moment))
  for (const moment of ordered) await startWithRow(document, fetchAt(moment))
  for (const moment of ordered) await waitForLive(panel, fetchAt(moment))
  const press = (moment: Moment) => pressAbort(panel, fetchAt(moment))
  if (wanted.includes('verdict')) {
    await press('verdict')
    await waitForRow(panel, { fetch: fetchAt('verdict'), name: 'records released' })
  }
  if (wanted.includes('handler')) {
    witness.hold(fetchAt('handler'))
    await press('handler')
    await witness.untilFired(fetchAt('handler'))
    await waitForRow(panel, { fetch: fetchAt('handler'), name: /^settled/ })
  }
  if (wanted.includes('abort')) {
    const called = await keepBusyAfterAbort(page, afterAbort)
    await press('abort')
    await called()
  } else if (wanted.includes('click')) await keepBusy(page)
  if (wanted.includes('click')) await press('click')
}

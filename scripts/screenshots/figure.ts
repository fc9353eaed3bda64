import { startFetch } from '../browser/fetch'
import type { Scene } from './scene'
import { abort, moved, select, storageKnown } from './steps'

/** One fetch was aborted and is selected, another is on its way: the picture of the README. */
export const figure: Scene = {
  name: 'figure',
  url: (demo) => `${demo.url}blank.html`,
  async play(page, panel) {
    // DevTools is open before the demo, so that its worker is watched from its first line on.
    await page.evaluate(`import('/shared/places.js').then(({ createPlaces }) => createPlaces())`)
    await page.goto(new URL('/', page.url()).href)
    await storageKnown(panel)
    await startFetch(page, { id: 'salt-roads', bytes: 5_760_000, rate: 600_000 })
    await moved(panel, 'salt-roads', 1_000_000)
    await select(panel, 'salt-roads')
    await abort(panel, 'salt-roads')
    // Not by the demo's button, which stores something: that would be a change after the event of the first one.
    await startFetch(page, { id: 'night-ferry', bytes: 3_900_000, rate: 400_000 })
    await moved(panel, 'night-ferry', 900_000)
  },
}

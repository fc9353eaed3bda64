import { startFetch } from '../browser/fetch'
import type { Scene } from './scene'
import { abort, cleanUp, home, moved, toggleTimeline } from './steps'

/** The timeline, and with the details beside it. */
export const timelines: readonly Scene[] = [
  {
    name: 'timeline',
    url: home,
    leave: (panel) => toggleTimeline(panel),
    async play(page, panel) {
      await toggleTimeline(panel)
      for (let i = 1; i <= 3; i++) {
        await startFetch(page, { id: `episode-${i}`, bytes: 3_000_000, rate: 700_000 })
      }
      await moved(panel, 'episode-1', 900_000)
      await abort(panel, 'episode-1')
      await moved(panel, 'episode-2', 900_000)
    },
  },
  {
    name: 'timeline-details',
    url: home,
    leave: (panel) => toggleTimeline(panel),
    async play(page, panel) {
      await toggleTimeline(panel)
      await cleanUp('', 'forget-rows').play(page, panel)
      await startFetch(page, { id: 'salt-roads', bytes: 3_000_000, rate: 700_000 })
      await moved(panel, 'salt-roads', 900_000)
    },
  },
]

import type { SessionEvent } from '../../protocol/events'
import { isIncognito } from '../recording/incognito'
import type { Recorder } from '../store/recorder'
import { leftBehindEnded } from '../tracer/debuggee'
import { type AbortSeriesSteps, createAbortSeriesSteps } from './abort-series'
import { createAborts } from './causes/aborts'
import { browserLoads } from './causes/browser-loads'
import type { PanelAborts } from './causes/panel-aborts'
import { createStarts } from './causes/starts'
import { createHeldStarts, type HeldStarts } from './causes/tab-loads'
import { createForcedEndings, type ForcedEndings } from './forced-endings'
import type { Observers } from './observers'
import { createSyntheticEvents, type SyntheticEvents } from './synthetic-events'

/** What follows the events of a tab as they are recorded, and concludes or does something. */
export interface Followers {
  readonly series: AbortSeriesSteps
  readonly endings: ForcedEndings
  readonly heldStarts: HeldStarts
  readonly synthetic: SyntheticEvents
  /** Takes in events as they are recorded. */
  recorded(events: readonly SessionEvent[]): void
  /** The tab is not observed any more; resolves when everything in it is as before. */
  stop(): Promise<void>
}

/** Whose events are followed, and where what follows from them goes. */
interface FollowersNeeds {
  readonly recorder: Promise<Recorder>
  readonly observers: Observers
  /** What the panels of all tabs have aborted. */
  readonly panelAborts: PanelAborts
  note(...args: Parameters<Recorder['note']>): void
}

/** The followers of a tab. */
export function createFollowers(tabId: number, needs: FollowersNeeds): Followers {
  const { recorder, panelAborts, note } = needs
  const { bridges, tracer } = needs.observers

  /** A fetch has the same name in a window and in an incognito one, and is another. */
  const nameHere = async (name: string) => JSON.stringify([await isIncognito(tabId), name])
  const aborts = createAborts({
    covered: tracer.callsCovered,
    async byThisPanel(name, askedAt, answeredAt) {
      panelAborts.add({ tabId, name: await nameHere(name), askedAt, answeredAt })
    },
    byOtherPanel: async (fetch) => panelAborts.byOther(tabId, { ...fetch, name: await nameHere(fetch.name) }),
    report: (body) => note('page', body),
  })
  const starts = createStarts({
    looked: bridges.looked,
    thrownSince: tracer.thrownSince,
    permission: bridges.permission,
    report: (body) => note('page', body),
  })
  const heldStarts = createHeldStarts(tabId, browserLoads, (body) => note('panel', body))
  const endings = createForcedEndings({
    recorder,
    limitRoom: tracer.limitRoom,
    leftBehindReverted: leftBehindEnded,
  })
  const synthetic = createSyntheticEvents({
    recorder,
    dispatch: tracer.dispatchSynthetic,
    askPage: bridges.askPage,
  })

  return {
    series: createAbortSeriesSteps(recorder, bridges.abort),
    endings,
    heldStarts,
    synthetic,
    recorded(events) {
      for (const follower of [starts, heldStarts, aborts, endings]) follower.recorded(events)
      synthetic.recorded()
    },
    stop() {
      heldStarts.stop()
      return endings.revertAll('page-gone')
    },
  }
}

import { abortSeries } from './abort-series'
import { comparisons } from './compare'
import { copyTest } from './copy-test'
import { fetches } from './fetches'
import { handlers } from './handlers'
import { menus } from './menus'
import { network } from './network'
import { newFetch } from './new-fetch'
import { pauseOnEvent } from './pause-on-event'
import { plannedAborts } from './planned-aborts'
import { reasons } from './reasons'
import { repeat } from './repeat'
import type { Scene } from './scene'
import { sessions } from './sessions'
import { synthetic } from './synthetic'
import { timelines } from './timeline'
import { untraced } from './untraced'
import { uploads } from './uploads'

/** The states that are worth a look at every size. */
export const scenes: readonly Scene[] = [
  ...reasons,
  ...plannedAborts,
  ...pauseOnEvent,
  ...repeat,
  ...newFetch,
  ...network,
  ...abortSeries,
  ...comparisons,
  ...copyTest,
  ...untraced,
  ...synthetic,
  ...menus,
  ...fetches,
  ...handlers,
  ...uploads,
  ...sessions,
  ...timelines,
]

/** What the web store shows, in this order: an ending and its verdict, what runs, an abort at each moment, two fetches, the time. */
export const STORE_SCENES = ['figure', 'planned-fired', 'series-done', 'compare', 'timeline-details'] as const

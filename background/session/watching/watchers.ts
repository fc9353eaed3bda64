import { isIncognito } from '../../recording/incognito'
import type { Recordings } from '../../recording/recordings'
import { createTabRecording, type TabRecording } from '../../recording/tab-recording'
import { showBadge } from '../badge'
import { createPanels, type Panels } from '../panels'
import { type Absence, createAbsence } from './absence'
import { createPresence, type Presence } from './presence'

/** Who wants to know what happens in a tab: its panels, one that may be coming back, and the recording without one. */
export interface Watchers {
  readonly panels: Panels
  readonly recording: TabRecording
  readonly absence: Absence
  /** What of that is on record. */
  readonly presence: Presence
  /** Somebody wants to know what happens in the tab. */
  readonly wanted: boolean
  /** Fetches are to be looked for. */
  readonly looking: boolean
}

/**
 * The watchers of a tab, none at first.
 *
 * @param tooLong is called when the tab has been recorded as long as it may
 */
export function createWatchers(tabId: number, recordings: Recordings, tooLong: () => void): Watchers {
  const panels = createPanels()
  const absence = createAbsence()
  const recording = createTabRecording(
    tabId,
    recordings,
    () => isIncognito(tabId),
    (since) => void showBadge(tabId, since),
    tooLong,
  )
  return {
    panels,
    recording,
    absence,
    presence: createPresence(() => recording.on),
    get wanted() {
      return panels.size > 0 || recording.on || absence.on
    },
    get looking() {
      return panels.anyVisible || recording.on || absence.on
    },
  }
}

import { now } from '../../../wire/clock'
import type { Recorder } from '../../store/recorder'
import type { OpenEnds } from './open-ends'

/** Who watches a tab: a panel, a recording, or nobody. The journal says so whenever it changes. */
export interface Presence {
  /** What happens in the tab is being recorded. */
  readonly watching: boolean
  /** Goes on with how things stood when the journal was last written. */
  restore(ends: OpenEnds): void
  /** The recording that went on without a panel is over, by a background that could not note it. */
  recordingLost(made: Recorder): void
  /**
   * A panel is there.
   *
   * @param goesOn it was here before: it came back, or the background did
   */
  panelAttached(made: Recorder, goesOn: boolean): void
  /** The last panel is gone. Returns whether nobody watches any more. */
  panelsGone(made: Recorder): boolean
  /** Nobody watches any more; what that means is on record. */
  end(): void
}

/** @param recording whether the tab is recorded also without a panel */
export function createPresence(recording: () => boolean): Presence {
  let watching = false
  let panelPresent = false

  return {
    get watching() {
      return watching
    },
    restore(ends) {
      watching = ends.watching
      panelPresent = ends.panelPresent
    },
    recordingLost(made) {
      made.note('panel', { type: 'recording-ended', why: 'switched-off', watched: panelPresent })
      watching = panelPresent
    },
    panelAttached(made, goesOn) {
      if (panelPresent && goesOn) return
      // A panel that starts anew found a journal that still says "watching": nobody was there to end it.
      if (watching && !recording()) {
        made.note('panel', { type: 'watch-stopped' }, { at: made.journal.events.at(-1)?.at ?? now() })
      }
      made.note('panel', { type: 'watch-started' })
      watching = panelPresent = true
    },
    panelsGone(made) {
      if (!watching) return false
      if (recording()) {
        if (panelPresent) made.note('panel', { type: 'panel-left' })
        panelPresent = false
        return false
      }
      watching = panelPresent = false
      made.note('panel', { type: 'watch-stopped' })
      return true
    },
    end() {
      watching = panelPresent = false
    },
  }
}

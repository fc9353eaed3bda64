import type { RecordingEnd } from '../../../protocol/recordings'
import type { Recordings } from '../../recording/recordings'
import type { Recorder } from '../../store/recorder'
import type { Followers } from '../followers'
import type { Observers } from '../observers'
import type { Watchers } from './watchers'

/** What changes who watches a tab. */
export interface WatchChanges {
  /** A panel came, went, was shown or hidden. `fresh`: it came with nothing in its hands. */
  panelsChanged(fresh: boolean): Promise<void>
  /** A bridge has come to stay, maybe where nobody watches any more. */
  bridgeSettled(made: Recorder): void
  /**
   * Records the tab no longer than a panel is there; resolves when what was recorded is safe, with `false` where
   * the tab was not recorded without one.
   *
   * @param command that of the panel which asked for it
   */
  endRecording(why: RecordingEnd, command?: string): Promise<boolean>
  /** The disk, which failed, works again: it may say that the tab was recorded. */
  recovered(): Promise<void>
}

/** On what such a change has an effect. */
interface WatchChangesNeeds {
  readonly recorder: Promise<Recorder>
  readonly recordings: Recordings
  readonly watchers: Watchers
  readonly observers: Observers
  readonly followers: Followers
  /** Puts a bridge into all frames of the tab. */
  reachPages(): Promise<void>
}

/** Notes who watches a tab whenever that changes, and has it observed accordingly. */
export function createWatchChanges(needs: WatchChangesNeeds): WatchChanges {
  const { recorder, watchers, observers } = needs
  const { panels, recording, absence, presence } = watchers
  const { bridges } = observers
  const { series, endings } = needs.followers

  const panelsGone = (made: Recorder) => {
    void endings.revertAll('panel-gone')
    const leave = () => {
      if (presence.panelsGone(made)) bridges.leave()
    }
    const stopped = series.panelGone(made)
    if (!stopped) return leave()
    // A page that has left aborts nothing. A panel may have come meanwhile.
    void stopped.then(() => {
      if (panels.size === 0) leave()
    })
  }

  const noneCameBack = async () => {
    panelsGone(await recorder)
    bridges.setModes()
    observers.update()
  }

  return {
    async panelsChanged(fresh) {
      const made = await recorder
      if (panels.size > 0) {
        const back = absence.end()
        // The panel that ran the series was loaded anew.
        if (fresh) void series.panelGone(made)
        presence.panelAttached(made, back || !(fresh && panels.size === 1))
        // A page that is paused in the debugger takes it when it goes on: nothing else waits for that.
        void needs.reachPages()
      } else if (presence.watching) absence.begin(() => void noneCameBack())
      bridges.setModes()
      observers.update()
    },
    bridgeSettled(made) {
      if (!watchers.wanted) bridges.leave()
      else if (panels.size === 0 && !absence.on) {
        panelsGone(made)
        observers.update()
      }
    },
    async endRecording(why, command) {
      const made = await recorder
      if (!recording.on) return false
      const safe = recording.finish(made.journal.events, why)
      const watched = panels.size > 0 || absence.on
      const noted = made.note('panel', { type: 'recording-ended', why, watched, command })
      if (!watched) {
        presence.end()
        bridges.leave()
      }
      bridges.setModes()
      observers.update()
      await Promise.allSettled([safe, noted])
      return true
    },
    async recovered() {
      const made = await recorder
      await needs.recordings.flush()
      if (recording.on) return
      await recording.recover()
      if (recording.on) made.note('panel', { type: 'recording-started' })
    },
  }
}

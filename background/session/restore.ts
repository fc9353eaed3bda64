import { now } from '../../wire/clock'
import type { Recorder } from '../store/recorder'
import { interruption } from '../tracer/interruption'
import type { Followers } from './followers'
import type { HandedOver } from './handed-over'
import type { Observers } from './observers'
import { openEnds } from './watching/open-ends'
import type { Watchers } from './watching/watchers'

/** What goes on with what was recorded. */
interface Parts {
  readonly watchers: Watchers
  readonly observers: Observers
  readonly followers: Followers
}

/**
 * Goes on with a tab as its journal says that it was, and notes what has ended with the background before.
 *
 * @param handed what the session of the tab's id before hands on
 */
export async function restore(
  made: Recorder,
  handed: HandedOver | undefined,
  { watchers, observers, followers }: Parts,
): Promise<void> {
  const { recording, presence } = watchers
  const ends = openEnds(made.journal.events)
  const { events } = made.journal
  const at = events.at(-1)?.at ?? now()
  for (const body of interruption(events)) {
    void made.note(body.type === 'tracer' ? 'panel' : 'worker', body, { at })
  }
  presence.restore(ends)
  observers.tracer.restore(ends.cancelled)
  void followers.endings.restore(made)
  if (handed?.recording) await recording.resume(handed.recording)
  else await recording.recover()
  if (handed) {
    const noted = made.note('page', { type: 'tab-replaced', discarded: handed.discarded })
    void noted.then(handed.safe)
  }
  // It was stopped between the one and the other.
  if (recording.on && !ends.recorded) made.note('panel', { type: 'recording-started' })
  if (!recording.on && ends.recorded) presence.recordingLost(made)
  observers.bridges.expect(ends.documents)
  followers.heldStarts.restore(events)
  observers.network.restore(events)
  if (handed) observers.update()
  else observers.network.set(watchers.wanted)
}

import type { SessionEvent } from '../../../protocol/events'
import { watchedAfter } from '../../../protocol/watching'
import type { View } from './session-view'

/** Whether the tab is watched and recorded, and where what is recorded is. */
export interface Recording extends Pick<View, 'watching' | 'recordingSince' | 'notSaved' | 'dropped'> {
  apply(event: SessionEvent): void
}

/** Follows how the tab is recorded. */
export function createRecording(): Recording {
  let watching = false
  let recordingSince: number | null = null
  let notSaved: View['notSaved'] = null
  let dropped = 0

  return {
    get watching() {
      return watching
    },
    get recordingSince() {
      return recordingSince
    },
    get notSaved() {
      return notSaved
    },
    get dropped() {
      return dropped
    },
    apply({ body, at }) {
      watching = watchedAfter(body) ?? watching
      switch (body.type) {
        case 'recording-started':
          recordingSince = at
          return
        case 'recording-ended':
          recordingSince = null
          return
        case 'not-saved':
          notSaved = body.problem
          return
        case 'saved-again':
          notSaved = null
          return
        case 'journal-cut':
          dropped += body.dropped
      }
    },
  }
}

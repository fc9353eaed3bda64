import type { Body } from './events'

/** Whether anybody watches the tab after this event: a panel, or the recording; undefined where it does not say. */
export function watchedAfter(body: Body): boolean | undefined {
  switch (body.type) {
    case 'watch-started':
    // The recording goes on.
    case 'panel-left':
      return true
    case 'watch-stopped':
      return false
    case 'recording-ended':
      return body.watched
  }
}

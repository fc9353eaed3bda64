import type { BackgroundFetchRegistration } from '../platform'

/** A fetch of which nothing has moved for this long stands still, in milliseconds: progress comes twice a second. */
const STANDS_STILL = 10_000

/** Watches whether bytes of a fetch move. */
export interface ProgressWatch {
  /** A `progress` event came. */
  progress(): void
  stop(): void
}

/**
 * Reports, once for each time that a fetch stands still, that no byte of it has moved for ten seconds: none has arrived,
 * been sent or been lost.
 */
export function watchProgress(
  registration: BackgroundFetchRegistration,
  standsStill: () => void,
): ProgressWatch {
  let moved = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  const progress = () => {
    const now = `${registration.downloaded} ${registration.uploaded}`
    if (now === moved) return
    moved = now
    clearTimeout(timer)
    timer = setTimeout(standsStill, STANDS_STILL)
  }

  progress()
  return { progress, stop: () => clearTimeout(timer) }
}

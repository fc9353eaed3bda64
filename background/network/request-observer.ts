import type { NetworkStep } from './network-step'
import type { RequestSource } from './web-request'

/** Who wants to know of requests: the session of a tab. */
export interface RequestListener {
  step(step: NetworkStep): void
  /** Requests are observed from now on, or no longer as the permission was taken back. */
  changed(on: boolean): void
}

export interface RequestObserver {
  /** Whether the permission is there. */
  readonly available: boolean
  /** Observes requests for it, now or as soon as the permission is there; returns what ends that. */
  observe(listener: RequestListener): () => void
  /** A permission was given or taken back. */
  permissionsChanged(): void
}

/** Observes nothing, as without the permission. */
export const noRequests: RequestSource = { available: false, listen: () => () => {} }

/** Observes requests once for all tabs, as long as one of them wants it and the permission is there. */
export function createRequestObserver(source: RequestSource): RequestObserver {
  const listeners = new Set<RequestListener>()
  let end: (() => void) | undefined

  const begin = () => {
    if (end || listeners.size === 0 || !source.available) return
    end = source.listen((step) => {
      for (const { step: report } of listeners) report(step)
    })
    for (const { changed } of listeners) changed(true)
  }
  const stop = () => {
    const ending = end
    end = undefined
    try {
      ending?.()
    } catch {
      // Without the permission there is nothing to be removed from.
    }
  }

  return {
    get available() {
      return source.available
    },
    observe(listener) {
      listeners.add(listener)
      if (end) listener.changed(true)
      else begin()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stop()
      }
    },
    permissionsChanged() {
      if (source.available) return begin()
      if (!end) return
      stop()
      for (const { changed } of listeners) changed(false)
    },
  }
}

import type { NetworkStep } from './network-step'
import type { RequestSource } from './web-request'

/** Who wants to know of requests: the session of a tab. */
export interface RequestListener {
  step(step: NetworkStep): void
  /** Requests are observed from now on, or are not, as the permission is not there. */
  changed(on: boolean): void
}

export interface RequestObserver {
  /** Observes requests for it, now or as soon as the permission is there; returns what ends that. */
  observe(listener: RequestListener): () => void
  /** A permission was given or taken back. */
  permissionsChanged(): Promise<void>
}

/** Observes nothing, as without the permission. */
export const noRequests: RequestSource = { permitted: async () => false, listen: () => () => {} }

/** Observes requests once for all tabs, as long as one of them wants it and the permission is there. */
export function createRequestObserver(source: RequestSource): RequestObserver {
  const listeners = new Set<RequestListener>()
  /** Null until it is known. */
  let permitted: boolean | null = null
  let end: (() => void) | undefined

  const stop = () => {
    const ending = end
    end = undefined
    try {
      ending?.()
    } catch {
      // Without the permission there is nothing to be removed from.
    }
  }

  const update = () => {
    const wanted = permitted === true && listeners.size > 0
    if (!wanted) return stop()
    end ??= source.listen((step) => {
      for (const { step: report } of listeners) report(step)
    })
  }

  const permissionsChanged = async () => {
    const before = permitted
    permitted = await source.permitted().catch(() => false)
    update()
    if (permitted !== before) for (const { changed } of listeners) changed(permitted)
  }
  void permissionsChanged()

  return {
    observe(listener) {
      listeners.add(listener)
      update()
      if (permitted !== null) listener.changed(permitted)
      return () => {
        listeners.delete(listener)
        update()
      }
    },
    permissionsChanged,
  }
}

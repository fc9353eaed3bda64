import type { SessionEvent } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import type { TabsLoaded, TabsLoading } from '../../../protocol/session-events'

/** A tab of the browser that is loading. */
export interface LoadingTab {
  readonly id: number
  /** Of the page that it loads; '' where that is not known. */
  readonly origin: string
}

/** Which tabs of the browser are loading. */
export interface TabLoads {
  /** Those that are loading now. */
  loading(): Promise<readonly LoadingTab[]>
  /** Calls back whenever a tab may have stopped loading; returns what ends that. */
  onLoaded(changed: () => void): () => void
}

/** New fetches that began while a tab was loading. */
export interface HeldStarts {
  /** Goes on with what a background before this one has recorded. */
  restore(events: readonly SessionEvent[]): void
  /** Events as they are recorded. */
  recorded(events: readonly SessionEvent[]): void
  /** The tab is not observed any more. */
  stop(): void
}

/**
 * Notes whether tabs are loading when a new fetch is seen, and when none is any more: Chromium holds such a fetch back until
 * 30 s after that.
 *
 * @param tabId of the inspected tab
 */
export function createHeldStarts(
  tabId: number,
  { loading, onLoaded }: TabLoads,
  note: (body: TabsLoading | TabsLoaded) => void,
): HeldStarts {
  const held = new Set<Handle>()
  let end: (() => void) | undefined

  const stop = () => {
    held.clear()
    end?.()
    end = undefined
  }

  const check = async () => {
    // One that began while this was asked is asked for on its own.
    const waiting = [...held]
    if ((await loading()).length > 0) return
    for (const handle of waiting) if (held.delete(handle)) note({ type: 'tabs-loaded', handle })
    if (held.size === 0) stop()
  }
  const changed = () => void check().catch(stop)

  const begun = async (handle: Handle) => {
    const tabs = await loading()
    if (tabs.length === 0) return
    const other = tabs.find(({ id, origin }) => id !== tabId && origin !== '')?.origin
    const own = tabs.some(({ id }) => id === tabId)
    note({ type: 'tabs-loading', handle, tabs: tabs.length, own, ...(other ? { other } : {}) })
    hold(handle)
    // The load may have ended before it was listened to.
    changed()
  }

  const hold = (handle: Handle) => {
    held.add(handle)
    end ??= onLoaded(changed)
  }
  const release = (handle: Handle) => {
    held.delete(handle)
    if (held.size === 0) stop()
  }

  return {
    restore(events) {
      for (const { body } of events) {
        if (body.type === 'tabs-loading') hold(body.handle)
        if (body.type === 'tabs-loaded') release(body.handle)
        if (body.type === 'settled' || body.type === 'fetch-gone') release(body.handle)
      }
      if (held.size > 0) changed()
    },
    recorded(events) {
      for (const { body } of events) {
        if (body.type === 'fetch-seen' && !body.already) void begun(body.handle).catch(() => {})
        if (body.type === 'settled' || body.type === 'fetch-gone') release(body.handle)
      }
    },
    stop,
  }
}

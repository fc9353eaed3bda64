import type { SessionEvent } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import type { TabsLoaded, TabsLoading } from '../../../protocol/session-events'

/** Which tabs of the browser are loading. */
export interface TabLoads {
  /** The ids of those that are loading now. */
  loading(): Promise<readonly number[]>
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
    note({ type: 'tabs-loading', handle, tabs: tabs.length, own: tabs.includes(tabId) })
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

import { MAX_TEXT } from '../../protocol/page-events'
import { injectEverywhere, injectFrame, type Unreached } from '../bridges/injector'
import type { Recorder } from '../store/recorder'

/** Puts bridges into the pages of a tab, and notes where that can't be done. */
export interface TabPages {
  /** Into all frames that have none. */
  reachAll(): Promise<void>
  /** Into the new document of a frame. */
  reachFrame(frameId: number): Promise<void>
}

/** @param note notes an event of the background itself */
export function createTabPages(
  tabId: number,
  note: (...args: Parameters<Recorder['note']>) => void,
): TabPages {
  const noteUnreached = (unreached: Unreached | undefined) => {
    if (!unreached) return
    const { reason, url, detail } = unreached
    note('page', {
      type: 'unreachable',
      reason,
      url: url.slice(0, MAX_TEXT),
      detail: detail.slice(0, 1000),
    })
  }
  return {
    reachAll: async () => noteUnreached(await injectEverywhere(tabId)),
    reachFrame: async (frameId) => noteUnreached(await injectFrame(tabId, frameId)),
  }
}

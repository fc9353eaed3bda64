import { browser } from '../../wire/browser'
import { type UnreachableReason, unreachableReason } from './reach'

const BRIDGE = 'bridge.js'

export interface Unreached {
  readonly reason: UnreachableReason
  readonly url: string
  readonly detail: string
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Where a frame is, and whether the extension has access to that host. */
async function placeOf(tabId: number, frameId: number): Promise<{ url: string; granted: boolean }> {
  const frame = await browser.webNavigation.getFrame({ tabId, frameId }).catch(() => null)
  const url = frame?.url ?? ''
  const granted = /^https?:/.test(url)
    ? await browser.permissions.contains({ origins: [`${new URL(url).origin}/*`] })
    : true
  return { url, granted }
}

async function explain(tabId: number, error: unknown): Promise<Unreached> {
  const { url, granted } = await placeOf(tabId, 0)
  return { reason: unreachableReason(url, message(error), granted), url, detail: message(error) }
}

/**
 * Puts the bridge into every frame of the tab; frames that have it already ignore it.
 *
 * @returns undefined, or why the top-level frame can't be reached
 */
export async function injectEverywhere(tabId: number): Promise<Unreached | undefined> {
  const { url, granted } = await placeOf(tabId, 0)
  // The browser would neither do it nor refuse: it waits for a click on the extension's icon.
  if (!granted) return { reason: 'withheld', url, detail: '' }
  try {
    await browser.scripting.executeScript({
      target: { tabId, allFrames: true },
      files: [BRIDGE],
      injectImmediately: true,
    })
  } catch (error) {
    return explain(tabId, error)
  }
}

/** A frame whose process has just been changed may refuse for a moment: how often it is tried again. */
const ATTEMPTS = 5
const PAUSE = 100

/**
 * Puts the bridge into one frame, as soon as its document exists.
 *
 * @returns undefined, or why a top-level frame can't be reached; a subframe that refuses is left alone
 */
export async function injectFrame(tabId: number, frameId: number): Promise<Unreached | undefined> {
  for (let tries = 1; ; tries++) {
    const { url, granted } = await placeOf(tabId, frameId)
    if (!granted) return frameId === 0 ? { reason: 'withheld', url, detail: '' } : undefined
    try {
      await browser.scripting.executeScript({
        target: { tabId, frameIds: [frameId] },
        files: [BRIDGE],
        injectImmediately: true,
      })
      return
    } catch (error) {
      if (frameId === 0) return explain(tabId, error)
      if (tries === ATTEMPTS) return
      await new Promise((resolve) => setTimeout(resolve, PAUSE * tries))
    }
  }
}

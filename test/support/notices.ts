import type { Frame } from 'puppeteer-core'
import { expect } from 'vitest'
import { eventually } from './panel'

/** From now on the panel's notices are recorded: each is shown for a few seconds only, or until the next one. */
export const recordNotices = (panel: Frame): Promise<void> =>
  panel.evaluate(() => {
    const notices: string[] = []
    Object.assign(globalThis, { notices })
    const record = () => {
      const text = document.querySelector('[role="status"]')?.textContent ?? ''
      if (text && text !== notices.at(-1)) notices.push(text)
    }
    record()
    new MutationObserver(record).observe(document, { subtree: true, childList: true, characterData: true })
  })

/** The notices that were shown since they are recorded, each once. */
export const noticesOf = (panel: Frame): Promise<string[]> =>
  panel.evaluate('globalThis.notices ?? []') as Promise<string[]>

/** Waits for the notice of an outcome. */
export const waitForNotice = (panel: Frame, text: RegExp): Promise<void> =>
  eventually(() => noticesOf(panel)).toContainEqual(expect.stringMatching(text))

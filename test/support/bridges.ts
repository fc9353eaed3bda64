import type { Browser, Page, Protocol } from 'puppeteer-core'
import { inExtension, tabIdOf } from './trace'

/** The worlds that extensions have in the page's frames, with a session in which they can be used. */
export async function extensionWorlds(page: Page) {
  const cdp = await page.createCDPSession()
  const worlds: Protocol.Runtime.ExecutionContextDescription[] = []
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin.startsWith('chrome-extension:')) worlds.push(context)
  })
  // Contexts that exist already are reported before this resolves.
  await cdp.send('Runtime.enable')
  return { cdp, worlds }
}

/** How many worlds extensions have, or ever had, in the document. */
export async function countWorlds(page: Page): Promise<number> {
  const { cdp, worlds } = await extensionWorlds(page)
  await cdp.detach()
  return worlds.length
}

/** How many bridges run in the document. */
export async function countBridges(page: Page): Promise<number> {
  const { cdp, worlds } = await extensionWorlds(page)
  const answers = await Promise.all(
    worlds.map(({ id }) =>
      cdp.send('Runtime.evaluate', { expression: `'backgroundFetchBridge' in globalThis`, contextId: id }),
    ),
  )
  await cdp.detach()
  return answers.filter(({ result }) => result.value === true).length
}

/**
 * Puts a script that does nothing into the page, by the same steps as the background its bridge: a bridge that was about
 * to be put in is there before.
 */
export async function afterInjections(browser: Browser, page: Page): Promise<void> {
  const tabId = await tabIdOf(browser, page)
  await inExtension(
    browser,
    `{
      await chrome.webNavigation.getFrame({ tabId: ${tabId}, frameId: 0 })
      await chrome.permissions.contains({ origins: [${JSON.stringify(`${new URL(page.url()).origin}/*`)}] })
      await chrome.scripting.executeScript({ target: { tabId: ${tabId} }, func: () => {}, injectImmediately: true })
    }`,
  )
}

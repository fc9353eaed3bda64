import type { Page, Protocol } from 'puppeteer-core'

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

import type { Page } from 'puppeteer-core'
import { extensionWorlds } from '../bridges'
import { within } from '../within'

/** How long a page is kept busy, in milliseconds: longer than most faults take. */
const BUSY = 300

const NAME = 'heldForTest'

/** Nothing else gets its turn in the page for a while; says so first. */
const BUSY_NOW = `{
  globalThis.${NAME}('')
  for (const end = performance.now() + ${BUSY}; performance.now() < end; );
}`

/** The next `abort()` is called as ever, and its answer has to wait. */
const BUSY_AFTER_ABORT = `{
  const { prototype } = BackgroundFetchRegistration
  const { abort } = prototype
  prototype.abort = function () {
    prototype.abort = abort
    const answer = abort.call(this)
    ${BUSY_NOW}
    return answer
  }
}`

async function hold(page: Page, expression: string): Promise<() => Promise<void>> {
  const { cdp, worlds } = await extensionWorlds(page)
  const held = new Promise<void>((resolve) => {
    cdp.on('Runtime.bindingCalled', ({ name }) => name === NAME && resolve())
  })
  await cdp.send('Runtime.addBinding', { name: NAME })
  // An answer comes when the page is no longer busy, or never.
  const sent = worlds.map(({ id }) => cdp.send('Runtime.evaluate', { expression, contextId: id }))
  void Promise.allSettled(sent).then(() => held.then(() => cdp.detach().catch(() => {})))
  return () => within('the page to be busy', held)
}

/** Keeps the page busy, so that what is sent to it now arrives later; resolves as soon as it is. */
export async function keepBusy(page: Page): Promise<void> {
  await (await hold(page, BUSY_NOW))()
}

/**
 * Keeps the page busy from the bridge's next call of `abort()` on: the browser aborts meanwhile, and the page hears
 * of it later. What it gives resolves as soon as `abort()` was called.
 */
export const keepBusyAfterAbort = (page: Page): Promise<() => Promise<void>> => hold(page, BUSY_AFTER_ABORT)

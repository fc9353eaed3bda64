import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'puppeteer-core'
import { extensionWorlds } from '../support/bridges'
import { within } from '../support/within'

/** How long a page is kept busy, in milliseconds: longer than most faults take. */
const BUSY = 300

const NAME = 'heldForTest'

/** Nothing else gets its turn in the page for a while; says so first. */
const BUSY_NOW = `{
  globalThis.${NAME}('')
  for (const end = performance.now() + ${BUSY}; performance.now() < end; );
}`

/** The next `abort()` is called as ever, something else happens in the same task, and its answer has to wait. */
const busyAfterAbort = (then: string) => `(async () => {
  const andThen = await (${then})
  const { prototype } = BackgroundFetchRegistration
  const { abort } = prototype
  prototype.abort = function () {
    prototype.abort = abort
    const answer = abort.call(this)
    andThen()
    ${BUSY_NOW}
    return answer
  }
})()`

async function hold(page: Page) {
  const { cdp, worlds } = await extensionWorlds(page)
  const held = new Promise<void>((resolve) => {
    cdp.on('Runtime.bindingCalled', ({ name }) => name === NAME && resolve())
  })
  void held.then(() => sleep(BUSY)).then(() => cdp.detach().catch(() => {}))
  await cdp.send('Runtime.addBinding', { name: NAME })
  const evaluate = (expression: string) =>
    Promise.all(
      worlds.map(({ id }) =>
        cdp.send('Runtime.evaluate', { expression, contextId: id, awaitPromise: true }).catch(() => {}),
      ),
    )
  return { evaluate, busy: () => within('the page to be busy', held) }
}

/** Keeps the page busy, so that what is sent to it now arrives later; resolves as soon as it is. */
export async function keepBusy(page: Page): Promise<void> {
  const { evaluate, busy } = await hold(page)
  // The answer comes when the page is no longer busy, or never.
  void evaluate(BUSY_NOW)
  await busy()
}

/**
 * Keeps the page busy from the bridge's next call of `abort()` on: the browser aborts meanwhile, and the page hears
 * of it later. What it gives resolves as soon as `abort()` was called.
 *
 * @param then an expression for a function, or a promise of one, that is called right after `abort()`
 */
export async function keepBusyAfterAbort(page: Page, then = '() => {}'): Promise<() => Promise<void>> {
  const { evaluate, busy } = await hold(page)
  await evaluate(busyAfterAbort(then))
  return busy
}

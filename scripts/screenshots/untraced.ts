import type { Frame } from 'puppeteer-core'
import { startFetch } from '../browser/fetch'
import type { Scene } from './scene'
import { abort, home, moved, openMenu, said, storageKnown } from './steps'

/** Presses the switch of the tracer in the toolbar's menu. */
async function toggleTrace(panel: Frame): Promise<void> {
  await openMenu(panel, 'Record')
  await panel.locator('label::-p-text(Trace service worker)').click()
  await openMenu(panel, 'Record')
}

/** What is known of ends that were not traced: no handler's time, and not who called `abort()`. */
export const untraced: readonly Scene[] = [
  {
    name: 'untraced',
    url: home,
    async play(page, panel) {
      await toggleTrace(panel)
      await storageKnown(panel)
      for (const id of ['salt-roads', 'valley-clock']) {
        await startFetch(page, { id, bytes: 3_000_000, rate: 700_000 })
        await moved(panel, id, 300_000)
        if (id === 'salt-roads') await abort(panel, id)
        else {
          await page.evaluate(async (id) => {
            const registration: unknown = await navigator.serviceWorker.ready
            const { backgroundFetch } = registration as {
              backgroundFetch: { get(id: string): Promise<{ abort(): Promise<boolean> }> }
            }
            await (await backgroundFetch.get(id)).abort()
          }, id)
        }
      }
      await said(panel, /aborted · unknown/)
    },
    leave: (panel) => toggleTrace(panel),
  },
]

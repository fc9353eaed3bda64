import type { Frame, Page } from 'puppeteer-core'
import { selectPanel } from '../browser/panel'
import type { Scene } from './scene'
import { chooseIn, home, openMenu, said, startNightFerry } from './steps'

const EVENT = 'Pause on backgroundfetchabort'

/** Aborts a fetch whose handler pauses, and shows the panel again. */
async function pause(page: Page, panel: Frame): Promise<void> {
  await startNightFerry(page, panel, 'keep')
  await chooseIn(panel, 'More options', EVENT)
  await panel.locator('[data-pauses="true"]').wait()
  await panel.locator('[aria-label="Abort night-ferry"]').click()
  await said(panel, /paused in debugger/)
  await selectPanel(panel.page())
}

const resume = (panel: Frame) =>
  panel.page().evaluate(`(async () => {
    const { TargetManager, DebuggerModel } = await import('./core/sdk/sdk.js')
    const models = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)
    for (const model of models) if (model.isPaused()) model.resume()
  })()`)

/** The events to pause on, a worker that is paused, and what is said of it afterwards. */
export const pauseOnEvent: readonly Scene[] = [
  {
    name: 'pause-menu',
    url: home,
    async play(_, panel) {
      await chooseIn(panel, 'More options', EVENT)
      await openMenu(panel, 'More options')
    },
  },
  {
    name: 'pause-paused',
    url: home,
    play: pause,
    leave: resume,
  },
  {
    name: 'pause-resumed',
    url: home,
    async play(page, panel) {
      await pause(page, panel)
      await new Promise((resolve) => setTimeout(resolve, 4000))
      await resume(panel)
      await said(panel, /verdict: (?!.* so far)/)
      // DevTools may have brought Sources to the front meanwhile.
      await selectPanel(panel.page())
    },
  },
]

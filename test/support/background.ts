import type { Browser } from 'puppeteer-core'
import { eventually } from './panel'

/** Stops the extension's service worker, as the browser does to one that seems idle. */
export async function killBackground(browser: Browser): Promise<void> {
  const cdp = await browser.target().createCDPSession()
  const running = async () => {
    const { targetInfos } = await cdp.send('Target.getTargets')
    const ours = targetInfos.filter(
      ({ type, url }) => type === 'service_worker' && /\/background\.js$/.test(url),
    )
    return ours.map(({ targetId }) => targetId)
  }
  const [targetId = ''] = await running()
  await eventually(async () => {
    // One that is just starting may survive the first time.
    await cdp.send('Target.closeTarget', { targetId }).catch(() => {})
    return running()
  }).not.toContain(targetId)
  await cdp.detach()
}

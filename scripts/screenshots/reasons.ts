import { readLog } from '../browser/read'
import { setSiteAccess } from '../browser/site-access'
import { until } from '../browser/until'
import { INSECURE_HOST, type Scene } from './scene'
import { home, said } from './steps'

/** Reasons for which there is nothing to see. */
export const reasons: readonly Scene[] = [
  {
    name: 'no-worker',
    // Another origin than the other scenes have, as they leave a worker behind.
    url: (demo) => `${demo.otherOrigin}bare.html`,
    play: (_, panel) => said(panel, /No service worker is registered/),
  },
  {
    name: 'insecure',
    url: (demo) => `http://${INSECURE_HOST}:${demo.port}/`,
    play: (_, panel) => said(panel, /Not a secure context/),
  },
  {
    name: 'unsupported',
    args: ['--disable-blink-features=BackgroundFetch'],
    url: home,
    play: (_, panel) => said(panel, /is not supported here/),
  },
  {
    name: 'denied',
    url: home,
    async play(page, panel) {
      // The browser takes it back when the session ends, with its page at the latest.
      const cdp = await page.createCDPSession()
      const { origin } = new URL(page.url())
      const permission = { name: 'background-fetch' }
      await cdp.send('Browser.setPermission', { origin, permission, setting: 'denied' })
      await said(panel, /Background fetch is blocked/)
    },
  },
  {
    name: 'withheld',
    url: home,
    prepare: (page) => setSiteAccess(page.browser(), 'ON_CLICK'),
    play: (_, panel) => said(panel, /Grant access/),
    leave: (panel) => setSiteAccess(panel.page().browser(), 'ON_ALL_SITES'),
  },
  {
    name: 'browser-page',
    url: home,
    async play(page, panel) {
      // DevTools loads no extension that is opened on such a page.
      await page.goto('chrome://version/')
      await until('what is wrong with the page', async () =>
        (await readLog(panel)).some((line) => line.text.includes('not watching')),
      )
    },
  },
]

import { useBench } from '../support/harness'
import { addFrame } from '../support/page'
import { testFaults } from './run'
import type { Scene } from './scene'

const bench = useBench()

const setLifecycle = async ({ tab }: Scene, state: 'frozen' | 'active') => {
  const cdp = await tab.page.createCDPSession()
  await cdp.send('Page.setWebLifecycleState', { state })
  await cdp.detach()
}

const elsewhere = ({ tab }: Scene) => tab.page.goto(new URL('/blank.html', bench.demo.otherOrigin).href)

testFaults(
  {
    'the page is reloaded': {
      strike: ({ tab }) => tab.page.reload(),
    },
    'the tab goes to another origin and Back': {
      onlyInFullRun: true,
      strike: elsewhere,
      recover: ({ tab }) => tab.page.goBack(),
    },
    'the renderer crashes': {
      newTab: true,
      async strike({ tab }) {
        const cdp = await tab.page.createCDPSession()
        const crashed = new Promise((resolve) => cdp.once('Inspector.targetCrashed', resolve))
        await cdp.send('Inspector.enable')
        cdp.send('Page.crash').catch(() => {})
        await crashed
      },
      recover: ({ tab, site }) => tab.page.goto(site.url),
    },
    'the page is frozen for a while': {
      onlyInFullRun: true,
      strike: (scene) => setLifecycle(scene, 'frozen'),
      recover: (scene) => setLifecycle(scene, 'active'),
    },
    'the frame is removed': {
      onlyInFullRun: true,
      framed: true,
      strike: ({ tab }) => tab.page.evaluate(() => document.querySelector('iframe')?.remove()),
      async recover(scene) {
        scene.document = await addFrame(scene.tab.page, scene.site.url)
      },
    },
    'the tab is closed': {
      onlyInFullRun: true,
      newTab: true,
      newLog: true,
      strike: ({ tab }) => tab.page.close(),
      async recover(scene) {
        scene.tab = await scene.host.openNewTab(scene.site.url)
        scene.document = scene.tab.page
      },
    },
  },
  bench,
)

import { useBench } from '../support/harness'
import { startSite } from '../support/site'
import { testFaults } from './run'
import type { Scene } from './scene'

const bench = useBench()

const leave = ({ site }: Scene) => site.close()

/** The same origin answers again. */
const comeBack = async (scene: Scene) => {
  scene.site = await startSite(Number(new URL(scene.site.url).port))
  scene.leftovers.push(scene.site.close)
}

const goOffline = async ({ tab }: Scene, offline: boolean) => {
  await tab.page.setOfflineMode(offline)
}

testFaults(
  {
    'the site’s server goes down': { onlyInFullRun: true, strike: leave, recover: comeBack },
    'the network is gone for a while': {
      onlyInFullRun: true,
      async strike(scene) {
        await Promise.all([leave(scene), goOffline(scene, true)])
      },
      async recover(scene) {
        await comeBack(scene)
        await goOffline(scene, false)
      },
    },
  },
  bench,
)

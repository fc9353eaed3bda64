import { useBench } from '../support/harness'
import { onlineSwitch } from '../support/page'
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

/** Several scenes are played at once. */
const switches = new WeakMap<Scene, (online: boolean) => Promise<void>>()

const goOffline = async (scene: Scene) => {
  const setOnline = await onlineSwitch(scene.tab.page)
  switches.set(scene, setOnline)
  await setOnline(false)
}

const goOnline = (scene: Scene) => switches.get(scene)?.(true)

testFaults(
  {
    'the site’s server goes down': { onlyInFullRun: true, strike: leave, recover: comeBack },
    'the network is gone for a while': {
      onlyInFullRun: true,
      async strike(scene) {
        await Promise.all([leave(scene), goOffline(scene)])
      },
      async recover(scene) {
        await comeBack(scene)
        await goOnline(scene)
      },
    },
  },
  bench,
)

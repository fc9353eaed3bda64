import type { Page } from 'puppeteer-core'
import { killBackground } from '../support/background'
import { useBench } from '../support/harness'
import { inExtension } from '../support/trace'
import { testFaults } from './run'
import type { Scene } from './scene'

// What breaks the extension's database breaks it for every tab.
const bench = useBench({ own: true })

const originOf = ({ host }: Scene): Promise<string> => inExtension(host.browser, 'location.origin')

/** A page of the extension's origin that does nothing by itself. */
const openOwnPage = async (scene: Scene): Promise<Page> =>
  scene.host.openPage(`${await originOf(scene)}/manifest.json`)

/** Asks for a newer version of the database, which it gets when the extension's worker is gone. */
async function upgrade(scene: Scene, ends: boolean): Promise<void> {
  const page = await openOwnPage(scene)
  await page.evaluate((ends) => {
    const opening = indexedDB.open('sessions', 1000)
    const upgraded = new Promise<void>((resolve) => {
      opening.onupgradeneeded = () => {
        resolve()
        const store = opening.transaction?.objectStore('batches')
        const goOn = () => {
          const request = store?.count()
          if (request) request.onsuccess = goOn
        }
        if (!ends) goOn()
      }
    })
    Object.assign(globalThis, { upgraded })
    opening.onsuccess = () => opening.result.close()
  }, ends)
  scene.leftovers.unshift(() => repair(scene, page))
  await killBackground(scene.host.browser)
  await page.evaluate('upgraded')
}

/** Takes the broken database away, for the next test. */
async function repair(scene: Scene, page: Page): Promise<void> {
  await page.close()
  const clean = await openOwnPage(scene)
  const deleted = clean.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase('sessions').onsuccess = resolve
      }),
  )
  await killBackground(scene.host.browser)
  await deleted
  await clean.close()
}

const setQuota = async (scene: Scene, quotaSize?: number) => {
  const cdp = await scene.other.createCDPSession()
  const origin = await originOf(scene)
  await cdp.send('Storage.overrideQuotaForOrigin', {
    origin,
    ...(quotaSize === undefined ? {} : { quotaSize }),
  })
  // The override ends with its session.
  scene.leftovers.unshift(() => cdp.detach())
}

testFaults(
  {
    'the extension’s database is deleted': {
      onlyInFullRun: true,
      async strike(scene) {
        const cdp = await scene.other.createCDPSession()
        await cdp.send('Storage.clearDataForOrigin', {
          origin: await originOf(scene),
          storageTypes: 'indexeddb',
        })
      },
    },
    'the extension’s database is of a newer version': {
      onlyInFullRun: true,
      strike: (scene) => upgrade(scene, true),
    },
    'the extension’s database is being upgraded by another page without end': {
      onlyInFullRun: true,
      strike: (scene) => upgrade(scene, false),
    },
    'there is no room left for the extension’s database': {
      onlyInFullRun: true,
      strike: (scene) => setQuota(scene, 1),
    },
  },
  bench,
)

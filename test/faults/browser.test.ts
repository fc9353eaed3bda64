import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { dist } from '../../scripts/browser/launch'
import { eventually } from '../support/panel'
import { inExtension } from '../support/trace'
import { launchHost, makeProfile, type OwnHost } from './own-host'
import { type Fault, testFaults } from './run'
import { type Scene, showAll } from './scene'
import { mountSmallDisk, type SmallDisk } from './small-disk'

let host: OwnHost | undefined

/** A new browser for each case. */
const launchOwn = async (extension?: string): Promise<OwnHost> => {
  const profile = makeProfile()
  host = await launchHost(profile, extension === undefined ? {} : { extension })
  return host
}

const own = (): OwnHost => {
  if (!host) throw new Error('No browser was started.')
  return host
}

/** Starts the browser again on the profile that a crash left, and goes on in it. */
async function startAgain(scene: Scene): Promise<void> {
  host = await launchHost(own().profile)
  scene.host = host
  scene.tab = await host.openTab(scene.site.url)
  scene.document = scene.tab.page
  scene.other = await host.openPage(scene.site.url)
  await showAll(scene.tab)
}

/** The browser dies, and something happens to its profile before the next start. */
const crash = (between: (database: string) => void = () => {}): Fault => ({
  host: launchOwn,
  newLog: true,
  async strike({ host: { browser } }) {
    const origin: string = await inExtension(browser, 'location.host')
    await own().kill()
    between(join(own().profile, 'Default', 'IndexedDB', `chrome-extension_${origin}_0.indexeddb.leveldb`))
  },
  recover: startAgain,
})

/** The extension starts anew; its panels and bridges are orphans, and DevTools is opened again. */
const reload = (before: () => void = () => {}): Pick<Fault, 'newLog' | 'strike' | 'recover'> => ({
  newLog: true,
  async strike({ host: { browser } }) {
    before()
    const workers = () => browser.targets().filter((target) => target.url().endsWith('/background.js'))
    const old = workers()
    inExtension(browser, 'chrome.runtime.reload()').catch(() => {})
    await eventually(() => workers().filter((target) => !old.includes(target))).toHaveLength(1)
  },
  async recover(scene) {
    // The browser may have closed it with the extension.
    await scene.tab.devtools.close().catch(() => {})
    scene.tab = await scene.host.reopen(scene.tab)
    await showAll(scene.tab)
  },
})

let disk: SmallDisk | undefined

/** Elsewhere the row is left out; the quota of the extension’s database stands in for it. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0

const diskFull: Fault = {
  onlyInFullRun: true,
  maySilence: true,
  async host() {
    disk = mountSmallDisk()
    if (!disk) throw new Error('No file system can be mounted here.')
    const { path, remove } = disk
    host = await launchHost(makeProfile(path))
    const { close } = host
    return {
      ...host,
      async close() {
        await close()
        remove()
      },
    }
  },
  strike: async () => disk?.fill(),
  recover: async () => disk?.free(),
}

/** A copy of the extension, which another version can be put over. */
const copy = makeProfile()
afterAll(() => rmSync(copy, { recursive: true }))

testFaults({
  'the browser is killed and started again': { onlyInFullRun: true, ...crash() },
  'the browser is killed, and a file is where the extension’s database was': {
    onlyInFullRun: true,
    ...crash((database) => {
      rmSync(database, { recursive: true })
      writeFileSync(database, 'a file')
    }),
  },
  'the browser is killed, and the extension’s database is damaged': {
    onlyInFullRun: true,
    ...crash((database) => {
      for (const file of readdirSync(database)) writeFileSync(join(database, file), 'damaged')
    }),
  },
  ...(canMount ? { 'the disk is full for a while': diskFull } : {}),
  'the extension is reloaded': { onlyInFullRun: true, host: () => launchOwn(), ...reload() },
  'the extension is updated': {
    onlyInFullRun: true,
    host() {
      cpSync(dist, copy, { recursive: true })
      return launchOwn(copy)
    },
    ...reload(() => {
      const manifest = join(copy, 'manifest.json')
      writeFileSync(
        manifest,
        readFileSync(manifest, 'utf8').replace(/"version": "[^"]*"/, '"version": "99.0.0"'),
      )
    }),
  },
})

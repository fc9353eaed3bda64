import { expect } from 'vitest'
import { inEveryRunIf } from '../support/full'
import { openTallPanel, useBench } from '../support/harness'
import { waitForGone, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { ABORTED, story } from '../support/story'

const bench = useBench()

/** Starts a fetch with what the browser gave it, then breaks as much of its own world as it can. */
const SABOTAGE = `(async () => {
  const registration = await navigator.serviceWorker.register('/sw.js?handler=discard', { scope: '/', type: 'module' })
  await navigator.serviceWorker.ready
  await registration.backgroundFetch.fetch('guarded', ['/media/a.wav?size=60000000&rate=300000'])
  const broken = () => { throw new Error('sabotage') }
  for (const type of [BackgroundFetchRegistration, BackgroundFetchManager, ServiceWorkerContainer, ServiceWorkerRegistration,
    EventTarget, Array, Map, Set, Event, MessagePort]) {
    for (const name of Object.getOwnPropertyNames(type.prototype)) {
      if (name === 'constructor') continue
      try { Object.defineProperty(type.prototype, name, { get: broken, set: broken }) } catch {}
    }
  }
  Object.defineProperty(globalThis, 'chrome', { get: broken })
  Object.defineProperty(globalThis, 'backgroundFetchBridge', { value: true })
  JSON.parse = JSON.stringify = broken
  performance.now = () => 0
  globalThis.setTimeout = broken
  crypto.randomUUID = () => 'same'
  globalThis.Promise = class { then() { return this } }
})()`

for (const order of ['before', 'after'] as const) {
  inEveryRunIf(order === 'after')(
    `a page that sabotages its world ${order} the panel is opened does not disturb it`,
    async () => {
      const page = await bench.openPage('/blank.html')
      if (order === 'before') await page.evaluate(SABOTAGE)
      const { panel } = await openTallPanel(page)
      if (order === 'after') await page.evaluate(SABOTAGE)
      await waitForLive(panel, 'guarded', ({ state }) => state === 'active')
      await pressAbort(panel, 'guarded')
      await waitForRow(panel, { fetch: 'guarded', name: 'records released' })
      const [, ...aborted] = ABORTED
      const [seen, ...rest] = await story(panel, 'guarded')
      expect(seen).toBe(order === 'before' ? 'page fetch found' : 'page fetch started')
      expect(rest).toEqual(aborted)
      await waitForGone(panel, 'guarded')
    },
  )
}

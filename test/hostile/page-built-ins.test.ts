import { expect, test } from 'vitest'
import { inEveryRunIf } from '../support/full'
import { openTallPanel, useBench } from '../support/harness'
import { media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForGone, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { logRows } from '../support/rows'
import { ABORTED, story } from '../support/story'
import { setTrace, waitForWorker } from '../support/trace'

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

/** Notes each stack that is prepared, and each call of what it has replaced. */
const LISTEN = `(() => {
  const heard = globalThis.heard = []
  Error.prepareStackTrace = (error) => void heard.push(String(error))
  for (const [owner, name] of [[Object, 'getOwnPropertyDescriptor'], [Reflect, 'getOwnPropertyDescriptor'], [Date, 'now'],
    [Error, 'isError']])
    owner[name] = () => void heard.push(name)
  Object.defineProperty(BackgroundFetchRegistration.prototype, 'id', { get() { heard.push('id') } })
})()`

test('a page that prepares stacks, and has replaced what a tracer looks for, does not hear of it', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, false)
  await registerWorker(page, { handler: 'discard' })
  await startFetch(page, 'heard', [media('endless')])
  await waitForLive(panel, 'heard')
  await page.evaluate(LISTEN)
  await setTrace(panel, true)
  await waitForWorker(panel)
  await page.evaluate(async () => {
    const { backgroundFetch } = await navigator.serviceWorker.ready
    Object.assign(globalThis, { fetchToAbort: await backgroundFetch.get('heard') })
  })
  // Once its call is seen the tracer has looked. It also is where the fetch has ended.
  await eventually(async () => {
    await page.evaluate('fetchToAbort.abort()')
    return (await logRows(panel)).map(({ name }) => name)
  }).toContain('abort() called')
  expect(await page.evaluate('heard')).toEqual([])
})

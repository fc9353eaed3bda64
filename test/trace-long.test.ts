import { expect, test, vi } from 'vitest'
import { registerWorker, startFetch, useBench } from './harness'
import { rowsLike, waitForLive, waitForRow } from './panel'
import { inWorker, pressAbortNow, setTrace, waitForWorker, workerStory } from './trace'

const bench = useBench()

const FACTS = `({
  own: Object.getOwnPropertyNames(self).filter((name) => /backgroundFetch_/.test(name)),
  waitUntil: String(ExtendableEvent.prototype.waitUntil),
  same: self.native === ExtendableEvent.prototype.waitUntil,
  addEventListener: self.add === EventTarget.prototype.addEventListener,
  toString: self.text === Function.prototype.toString,
})`
const REMEMBER = `{
  self.native = ExtendableEvent.prototype.waitUntil
  self.add = EventTarget.prototype.addEventListener
  self.text = Function.prototype.toString
}`

test('an event that never ends is told of after half a minute, and its end when it comes', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, true)
  await registerWorker(page, { handler: 'never' })
  await waitForWorker(panel)
  await startFetch(page, 'never')
  await waitForLive(panel, 'never')
  await pressAbortNow(panel, 'never')
  await waitForRow(panel, { fetch: 'never', name: 'handler returned' })
  const told = () => rowsLike(panel, { fetch: 'never', name: 'still running' })
  await vi.waitFor(async () => expect(await told()).toHaveLength(1), { timeout: 45_000, interval: 250 })
  expect((await told())[0]?.text).toMatch(/not over after 3\d\.\d+ s/)
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ type: 'confirm-clean-up' })
  })
  await waitForRow(panel, { fetch: 'never', name: 'backgroundfetchabort done' })
  expect(await told()).toHaveLength(1)
}, 90_000)

test('switched off in the middle of an event, the tracer leaves nothing; switched on, it goes on', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, false)
  await registerWorker(page, { handler: 'never' })
  await inWorker(bench.browser, bench.demo.url, REMEMBER)
  await setTrace(panel, true)
  await waitForWorker(panel)
  const facts = () => inWorker<Record<string, unknown>>(bench.browser, bench.demo.url, FACTS)
  expect(await facts()).toMatchObject({ own: [], same: false })

  await startFetch(page, 'switched')
  await waitForLive(panel, 'switched')
  await pressAbortNow(panel, 'switched')
  await waitForRow(panel, { fetch: 'switched', name: 'handler returned' })
  await setTrace(panel, false)
  expect(await facts()).toEqual({
    own: [],
    waitUntil: 'function waitUntil() { [native code] }',
    same: true,
    addEventListener: true,
    toString: true,
  })

  await setTrace(panel, true)
  await waitForWorker(panel)
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ type: 'confirm-clean-up' })
  })
  await waitForRow(panel, { fetch: 'switched', name: 'backgroundfetchabort over' })
  await startFetch(page, 'next')
  await waitForLive(panel, 'next')
  await pressAbortNow(panel, 'next')
  await waitForRow(panel, { fetch: 'next', name: 'backgroundfetchabort done' })
  const dispatched = (await workerStory(panel, 'next')).filter((name) => /dispatched/.test(name))
  expect(dispatched).toHaveLength(1)
})

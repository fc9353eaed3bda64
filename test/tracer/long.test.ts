import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { registerWorker, startFetch } from '../support/page'
import { waitForLive, waitForRow, waitForText } from '../support/panel'
import { inWorker, pressAbortNow, setTrace, waitForWorker, workerStory } from '../support/trace'

const bench = useBench()

const SETTER = "Object.getOwnPropertyDescriptor(WorkerGlobalScope.prototype, 'onlanguagechange').set"
const FACTS = `({
  own: Object.getOwnPropertyNames(self).filter((name) => /backgroundFetch_/.test(name)),
  waitUntil: String(ExtendableEvent.prototype.waitUntil),
  same: self.native === ExtendableEvent.prototype.waitUntil,
  addEventListener: self.add === EventTarget.prototype.addEventListener,
  toString: self.text === Function.prototype.toString,
  setter: self.setter === ${SETTER} && self.onlanguagechange === null,
})`
const REMEMBER = `{
  self.native = ExtendableEvent.prototype.waitUntil
  self.add = EventTarget.prototype.addEventListener
  self.text = Function.prototype.toString
  self.setter = ${SETTER}
}`

test('switched off in the middle of an event, the tracer leaves nothing; switched on, it goes on', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, false)
  await registerWorker(page, { handler: 'never' })
  await inWorker(bench.browser, bench.demo.url, REMEMBER)
  await setTrace(panel, true)
  await waitForWorker(panel)
  const facts = () => inWorker<Record<string, unknown>>(bench.browser, bench.demo.url, FACTS)
  expect(await facts()).toMatchObject({ own: [], same: false, setter: true })

  await startFetch(page, 'switched')
  await waitForLive(panel, 'switched')
  await pressAbortNow(panel, 'switched')
  await waitForRow(panel, { fetch: 'switched', name: 'handler returned' })
  // So that somebody who waits sees for what.
  await waitForText(panel, /handling for \d+ s: backgroundfetchabort of switched/)
  await setTrace(panel, false)
  expect(await facts()).toEqual({
    own: [],
    waitUntil: 'function waitUntil() { [native code] }',
    same: true,
    addEventListener: true,
    toString: true,
    setter: true,
  })

  await setTrace(panel, true)
  await waitForWorker(panel)
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ type: 'confirm-clean-up' })
  })
  await waitForRow(panel, { fetch: 'switched', name: 'records released' })
  await startFetch(page, 'next')
  await waitForLive(panel, 'next')
  await pressAbortNow(panel, 'next')
  await waitForRow(panel, { fetch: 'next', name: 'backgroundfetchabort done' })
  const dispatched = (await workerStory(panel, 'next')).filter((name) => /dispatched/.test(name))
  expect(dispatched).toHaveLength(1)
})

import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { atScale } from '../support/full'
import { useBench } from '../support/harness'
import { registerWorker } from '../support/page'
import { startSite } from '../support/site'
import { pressStop, setTrace, waitForWorker } from '../support/trace'

const bench = useBench()

/** How often the tracer is switched on, and the worker started. */
const TIMES = atScale(3, 30)

/** Starts the worker where it does not run, and gives the names that it has found in its global scope. */
const foundByWorker = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    const { port1, port2 } = new MessageChannel()
    return new Promise<string[]>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data)
      active?.postMessage('found', [port2])
    })
  })

/** Has the page look at all names of its global scope again and again; what it finds is in `names`. */
const searchPage = (page: Page) =>
  page.evaluateHandle(() => {
    const names: string[] = []
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      for (const name of Object.getOwnPropertyNames(window))
        if (/backgroundfetch_/i.test(name) && !names.includes(name)) names.push(name)
      port2.postMessage(0)
    }
    port2.onmessage = () => port1.postMessage(0)
    port2.postMessage(0)
    return names
  })

test('neither a page nor a worker that looks all the time ever finds a name of the tracer, as it runs or as it starts', async () => {
  const site = await startSite()
  try {
    const { page, panel } = await bench.openTab('/blank.html')
    await page.goto(site.url)
    await setTrace(panel, false)
    await registerWorker(page, { script: '/searches.js', handler: '' })
    const foundByPage = await searchPage(page)
    const found: string[] = []
    for (let i = 0; i < TIMES; i++) {
      await setTrace(panel, true)
      await waitForWorker(panel)
      found.push(...(await foundByWorker(page)))
      await pressStop(panel)
      found.push(...(await foundByWorker(page)))
      await waitForWorker(panel)
      await setTrace(panel, false)
    }
    expect(await foundByPage.jsonValue()).toEqual([])
    expect(found).toEqual([])
  } finally {
    await site.close()
  }
})

test('a worker that sets handlers that look like the browser’s own keeps them, and nobody asks them for anything', async () => {
  const site = await startSite()
  try {
    const { page, panel } = await bench.openTab('/blank.html')
    await page.goto(site.url)
    await setTrace(panel, false)
    await registerWorker(page, { script: '/assigns.js', handler: '' })
    const found: string[] = []
    for (let i = 0; i < atScale(1, 30); i++) {
      await setTrace(panel, true)
      await waitForWorker(panel)
      found.push(...(await foundByWorker(page)))
      await setTrace(panel, false)
    }
    expect(found).toEqual([])
  } finally {
    await site.close()
  }
})

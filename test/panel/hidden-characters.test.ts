import type { Frame } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { visible } from '../../panel/i18n/visible'
import { useBench } from '../support/harness'
import { openTraced } from '../support/open-fetch'
import { media, startFetch } from '../support/page'
import { waitForLive, waitForRow, waitForText } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { inWorker } from '../support/trace'

const bench = useBench()

/** Turns the order of what stands around it, is not seen, controls something, parts lines. */
const HIDDEN = '\u202e\u2066\u200b\u00ad\u0007\u2028\u3164'
const ID = `a${HIDDEN}עברית.exe`

/** Everything that the panel's document shows or says, and what of it hides. */
const hiding = (panel: Frame): Promise<string[]> =>
  panel.evaluate(() => {
    const hidden = /(?![\t\n])[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['title', 'aria-label', 'aria-valuetext', 'placeholder', 'alt']) {
          const value = node.getAttribute(name) ?? ''
          if (hidden.test(value)) found.push(`${node.localName} ${name}: ${JSON.stringify(value)}`)
        }
      } else if (hidden.test(node.nodeValue ?? '')) found.push(`text: ${JSON.stringify(node.nodeValue)}`)
    }
    return found
  })

/** Texts from right to left that are not isolated from what stands around them. */
const notIsolated = (panel: Frame): Promise<string[]> =>
  panel.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!parent || !/[\u0590-\u05ff]/.test(node.nodeValue ?? '')) continue
      if (!getComputedStyle(parent).unicodeBidi.includes('isolate')) found.push(parent.outerHTML)
    }
    return found
  })

test('nothing hides in what a page calls its fetches, caches, rows, files and messages, wherever it stands', async () => {
  const { page, panel } = await openTraced(bench)
  await page.evaluate(async (id) => {
    await (await caches.open(`before ${id}`)).put(`/?${encodeURIComponent(id)}`, new Response('before'))
  }, ID)
  await inWorker(
    bench.browser,
    bench.demo.url,
    `self.addEventListener('backgroundfetchabort', (event) => {
      const { id } = event.registration
      console.log('logged ' + id)
      event.waitUntil((async () => {
        await (await caches.open('cache ' + id)).put('/?' + encodeURIComponent(id), new Response('x', { status: 404 }))
        const root = await navigator.storage.getDirectory()
        await root.getFileHandle('file ' + id.replaceAll('\\u0007', ''), { create: true })
        throw new Error('rejected ' + id)
      })())
    })`,
  )
  await startFetch(page, ID, [`${media('sound')}&${encodeURIComponent(ID)}=${ID}`])
  await waitForLive(panel, ID)
  await panel.$$eval('button', (all) =>
    all
      .find((one) => one.getAttribute('aria-pressed') === 'false' && one.textContent === 'Timeline')
      ?.click(),
  )
  expect(await hiding(panel)).toEqual([])
  expect(await notIsolated(panel)).toEqual([])

  await press(panel, visible(ID))
  await panel.waitForSelector('[aria-label="Details of the selected fetch"]')
  await pressAbort(panel, visible(ID))
  await waitForRow(panel, { name: /^verdict: (?!.*so far)/ })
  await waitForText(panel, /rejected a\\u202e/)
  await waitForRow(panel, { text: /logged a\\u202e\\u2066\\u200b\\u00ad\\u0007/ })
  // All rows open, with all that is known of them.
  await panel.$$eval('[data-row] [data-chevron]', (all) => {
    for (const one of all) (one as HTMLElement).click()
  })
  await panel.waitForSelector('[role="treeitem"]')
  expect(await hiding(panel)).toEqual([])
  expect(await notIsolated(panel)).toEqual([])
})

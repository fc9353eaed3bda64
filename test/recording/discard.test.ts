import type { Browser, Page } from 'puppeteer-core'
import { expect } from 'vitest'
import { killBackground } from '../support/background'
import { inFullRun } from '../support/full'
import { openTallPanel, useBench } from '../support/harness'
import { abortInPage, registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { deleteAll, emptyList, listed, openList, saved, setRecording } from '../support/recordings'
import { rowsLike } from '../support/rows'
import { inExtension, tabIdOf } from '../support/trace'

const bench = useBench({ own: true })

const badge = (browser: Browser, tabId: number): Promise<string> =>
  inExtension(browser, `chrome.action.getBadgeText({ tabId: ${tabId} })`)

/** Takes the page of a tab out of memory, and gives the tab's id, which may be another one now. */
const discard = (browser: Browser, tabId: number): Promise<number> =>
  inExtension(browser, `(await chrome.tabs.discard(${tabId})).id`)

/** Brings a tab to the front, which loads its page again. */
async function load(browser: Browser, tabId: number, url: string): Promise<Page> {
  await inExtension(browser, `chrome.tabs.update(${tabId}, { active: true })`)
  return eventuallyPage(browser, url)
}

async function eventuallyPage(browser: Browser, url: string): Promise<Page> {
  const target = await browser.waitForTarget((one) => one.type() === 'page' && one.url() === url)
  const page = await target.page()
  if (!page) throw new Error(`There is no page ${url}.`)
  return page
}

for (const killed of [false, true]) {
  const meanwhile = killed ? ', also when the background is stopped meanwhile' : ''
  inFullRun(`a recorded tab that is discarded goes on being recorded${meanwhile}`, async () => {
    const { browser } = bench
    const { page, devtools, panel } = await bench.openNewTab('/blank.html')
    await emptyList(panel)
    await registerWorker(page)
    await setRecording(panel, true)
    await startFetch(page, 'before')
    await waitForLive(panel, 'before')
    await abortInPage(page, 'before')
    await waitForRow(panel, { fetch: 'before', name: 'records released' })
    await devtools.close()
    await eventually(() => saved(browser)).toContain('panel-left')
    const url = page.url()
    const before = await tabIdOf(browser, page)
    const front = await bench.openPage('/bare.html')

    const after = await discard(browser, before)
    expect(after).not.toBe(before)
    await eventually(() => badge(browser, after)).toBe('REC')
    await eventually(() => saved(browser, after)).toContain('tab-replaced')
    await eventually(() => saved(browser, before)).toEqual([])
    if (killed) await killBackground(browser)

    const again = await load(browser, after, url)
    await eventually(() => saved(browser, after)).toContain('navigated')
    await eventually(() => saved(browser, after).then((all) => all.lastIndexOf('frame'))).toBeGreaterThan(
      (await saved(browser, after)).indexOf('tab-replaced'),
    )
    await startFetch(again, 'after')
    await eventually(() =>
      saved(browser, after).then((all) => all.filter((one) => one === 'fetch-seen')),
    ).toHaveLength(2)
    expect(await badge(browser, after)).toBe('REC')

    const { panel: opened } = await openTallPanel(again)
    await waitForRow(opened, { fetch: 'before', name: 'records released' })
    await waitForRow(opened, { name: 'tab discarded' })
    await waitForLive(opened, 'after')
    expect(await rowsLike(opened, { name: 'keep recording ended' })).toEqual([])
    await setRecording(opened, false)
    await openList(opened)
    await eventually(() => listed(opened)).toHaveLength(1)
    await deleteAll(opened)
    await again.close()
    await front.close()
  })
}

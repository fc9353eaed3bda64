import type { Frame, Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { askForDownloads } from '../support/downloads-ask'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { media, registerWorker, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { permittedFolder } from '../support/permitted'
import { inExtension, setTrace, waitForWorker } from '../support/trace'

/** Calls fetch() without a click in the page, and returns what its row says. */
async function callAndRead(page: Page, panel: Frame, id: string, { caught }: { caught: boolean }) {
  await page.evaluate(`setTimeout(() => void navigator.serviceWorker.ready
    .then(({ backgroundFetch }) => backgroundFetch.fetch('${id}', ['${media(id)}']))
    ${caught ? '.catch(() => {})' : ''})`)
  const text = new RegExp(`fetch\\(“${id}”\\)`)
  return (await waitForRow(panel, { name: caught ? 'no fetch seen' : 'fetch() rejected', text })).text
}

const permission = (page: Page) =>
  page.evaluate(`navigator.permissions.query({ name: 'background-fetch' }).then(({ state }) => state)`)

const REJECTED = 'was rejected: TypeError: This origin does not have permission to start a fetch'
const NOT_SEEN =
  'was called, and no background fetch was seen within 3 s: it was refused, it ended before it could be listed, or the browser is asking the user'
const DENIED = 'the permission background-fetch is “denied” (“Automatic downloads” in the site’s settings)'
const EXPLAINED =
  'the browser lets a site start only one background fetch without a click in the page, unless “Automatic downloads” is allowed in the site’s settings; the permission background-fetch is “denied” now'
const ONE_ACTIVE = '1 background fetch of this origin was active then'

describe('of a call that the browser refuses as the site has no permission, no other cause is said', async () => {
  const bench = useBench({ own: true, extension: await permittedFolder(), prepare: askForDownloads })

  async function openTraced() {
    const tab = await bench.openTab('/blank.html')
    await setTrace(tab.panel, true)
    await registerWorker(tab.page, { handler: 'discard' })
    await waitForWorker(tab.panel)
    return tab
  }

  test('where the permission is “prompt”, and “denied” after it; the exception is said where it is seen', async () => {
    const { page, panel } = await openTraced()
    await startFetch(page, 'one')
    await waitForLive(panel, 'one')
    expect(await permission(page)).toBe('prompt')
    expect(await callAndRead(page, panel, 'seen', { caught: false })).toBe(
      `fetch() rejected fetch(“seen”) ${REJECTED}; ${ONE_ACTIVE}; ${EXPLAINED}`,
    )
    // Without a window nobody can be asked, so the browser has denied it.
    expect(await permission(page)).toBe('denied')
    expect(await callAndRead(page, panel, 'caught', { caught: true })).toBe(
      `no fetch seen fetch(“caught”) ${NOT_SEEN}; ${ONE_ACTIVE}; ${DENIED}`,
    )
  })

  inFullRun('where “Automatic downloads” is blocked for the site', async () => {
    const { page, panel } = await openTraced()
    // The first one is allowed all the same.
    await startFetch(page, 'one')
    await waitForLive(panel, 'one')
    const setting = JSON.stringify({ primaryPattern: `${new URL(page.url()).origin}/*`, setting: 'block' })
    await inExtension(bench.browser, `chrome.contentSettings.automaticDownloads.set(${setting})`)
    expect(await permission(page)).toBe('denied')
    expect(await callAndRead(page, panel, 'seen', { caught: false })).toBe(
      `fetch() rejected fetch(“seen”) ${REJECTED}; ${ONE_ACTIVE}; ${EXPLAINED}`,
    )
    expect(await callAndRead(page, panel, 'caught', { caught: true })).toBe(
      `no fetch seen fetch(“caught”) ${NOT_SEEN}; ${ONE_ACTIVE}; ${DENIED}`,
    )
  })
})

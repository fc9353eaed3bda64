import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElementHandle, Page } from 'puppeteer-core'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { inEveryRunIf } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow, waitForText } from '../support/panel'
import { button, press, pressAbort, toggleRow } from '../support/press'
import { violations } from '../support/violations'

const folder = await mkdtemp(join(tmpdir(), 'accessibility-'))
const file = join(folder, 'session.json')
afterAll(() => rm(folder, { recursive: true, force: true }))

const session = {
  format: 'background-fetch-devtools-session',
  version: 1,
  extension: '0.1.0',
  browser: [],
  exportedAt: '2026-01-01T00:00:00.000Z',
  title: 'pod.example',
  redacted: { queries: false, hosts: false },
  events: [
    {
      producer: 'p',
      seq: 1,
      at: Date.UTC(2026, 0, 1),
      source: 'page',
      document: 'd',
      storageKey: 'https://pod.example',
      body: { type: 'navigated', url: 'https://pod.example/', reload: false },
    },
  ],
}

/** Chooses DevTools' theme, as its settings do. */
const chooseTheme = (devtools: Page, theme: 'default' | 'dark') =>
  devtools.evaluate(`(async () => {
    const { Settings } = await import('./core/common/common.js')
    Settings.Settings.instance().moduleSetting('ui-theme').set('${theme}')
  })()`)

const bench = useBench()

for (const theme of ['light', 'dark'] as const) {
  describe(`the panel in the ${theme} theme`, () => {
    let devtools: Page | undefined
    afterEach(async () => {
      if (devtools) await chooseTheme(devtools, 'default')
    })

    /** Opens the panel, which follows DevTools from one theme to the other. */
    const openThemed = async (path: string): Promise<Tab> => {
      const tab = await bench.openTab(path)
      devtools = tab.devtools
      if (theme === 'dark') await chooseTheme(devtools, 'dark')
      await eventually(() => tab.panel.$eval('html', (it) => it.dataset.theme)).toBe(theme)
      return tab
    }

    test('has nothing against it without a worker', async () => {
      const { panel } = await openThemed('/bare.html')
      await waitForRow(panel, { name: 'watching' })
      expect(await violations(panel)).toEqual([])
    })

    inEveryRunIf(theme === 'light')('nor from a worker without a fetch to the help', async () => {
      const { page, panel } = await openThemed('/blank.html')
      await registerWorker(page)
      await waitForText(panel, /No background fetches /)
      expect(await violations(panel)).toEqual([])

      await startFetch(page, 'one')
      await waitForLive(panel, 'one', ({ state }) => state === 'active')
      expect(await violations(panel)).toEqual([])

      await panel.$eval('[aria-label="Background fetches"] tbody tr', (row) => (row as HTMLElement).click())
      await panel.waitForSelector('section[aria-label="Details of the selected fetch"]')
      await pressAbort(panel, 'one')
      await waitForRow(panel, { fetch: 'one', name: /^verdict: (?!.*so far)/ })
      await eventually(() =>
        panel.$$eval('[role="status"]', (all) => all.map(({ textContent }) => textContent).join('\n')),
      ).toMatch(/^one [\w ]+: /m)
      await toggleRow(panel, 'abort() → true')
      await panel.waitForSelector('[role="tree"]')
      expect(await violations(panel)).toEqual([])

      await panel.$$eval('label', (all) =>
        all.find(({ textContent }) => textContent === 'Group by fetch')?.click(),
      )
      await panel.waitForSelector('[data-heading]')
      expect(await violations(panel)).toEqual([])

      await press(panel, 'Keyboard shortcuts')
      await panel.waitForSelector('dialog[open]')
      expect(await violations(panel)).toEqual([])
      await (await button(panel, 'Close')).evaluate((it) => it.click())

      await press(panel, 'Timeline')
      await panel.waitForSelector('[aria-label="Timeline of all fetches"] [data-phase]')
      expect(await violations(panel)).toEqual([])

      for (const menu of ['Record', 'More options']) {
        await press(panel, menu)
        await panel.waitForSelector(':popover-open')
        expect(await violations(panel, 'button-name'), menu).toEqual([])
        await press(panel, menu)
        await panel.waitForFunction(() => !document.querySelector(':popover-open'))
      }

      for (const opener of ['Export session…', 'Saved recordings']) {
        await press(panel, opener)
        await panel.waitForSelector('dialog[open] button')
        // What a dialog's text stands on is not reported where the dialog is in the top layer.
        expect(await violations(panel, 'button-name'), opener).toEqual([])
        await panel.$eval('dialog[open]', (dialog) => (dialog as HTMLDialogElement).close())
      }
    })

    inEveryRunIf(theme === 'light')(
      'nor of a file that is refused, and a session that is imported',
      async () => {
        const { panel } = await openThemed('/blank.html')
        const open = async (text: string) => {
          await writeFile(file, text)
          const input = (await panel.$('input[type="file"]')) as ElementHandle<HTMLInputElement>
          await input.uploadFile(file)
        }
        await open('{"half": ')
        await panel.waitForSelector('[role="alert"]')
        expect(await violations(panel)).toEqual([])
        await open(JSON.stringify(session))
        await waitForText(panel, /Back to the tab/)
        expect(await violations(panel)).toEqual([])
      },
    )
  })
}

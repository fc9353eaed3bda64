import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElementHandle, Frame } from 'puppeteer-core'
import { describe, expect, test, vi } from 'vitest'
import { openAudited } from '../support/audit'
import { FULL, inFullRun } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { startFetch } from '../support/page'
import { eventually, waitForGone, waitForLive, waitForRow, waitForText } from '../support/panel'
import { button, filterLog, press, pressAbort } from '../support/press'
import { liveRows, logRows } from '../support/rows'
import { useDownloads } from './downloads'
import { pending } from './pending-session'

const bench = useBench()
const downloads = useDownloads(bench)

const check = (panel: Frame, label: string) =>
  panel.$$eval(
    'dialog label',
    (labels, label) => labels.find((one) => one.textContent?.startsWith(label))?.click(),
    label,
  )

interface Exported {
  /** What the browser would call it. */
  readonly name: string
  readonly path: string
  readonly text: string
}

/** Exports what the panel shows. */
async function exportFile(panel: Frame, ...redactions: string[]): Promise<Exported> {
  await press(panel, 'Export session…')
  await panel.waitForSelector('dialog[open]')
  for (const label of redactions) await check(panel, label)
  const download = downloads.next()
  await press(panel, 'Export')
  const { name, path } = await download
  return { name, path, text: await readFile(path, 'utf8') }
}

async function importFile(panel: Frame, path: string): Promise<void> {
  const input = (await panel.$('input[type="file"]')) as ElementHandle<HTMLInputElement>
  await input.uploadFile(path)
}

const disabled = async (panel: Frame, name: string) =>
  (await button(panel, name)).evaluate((it) => it.disabled)
const pastBar = (panel: Frame) => panel.$('[aria-label="Past session"]')
const alertText = (panel: Frame) => panel.$eval('[role="alert"]', (alert) => alert.textContent)

/** A tab with a fetch that was aborted and one that runs on. */
async function play(): Promise<Tab> {
  const tab = await openAudited(bench, 'discard')
  await startFetch(tab.page, 'aborted')
  await waitForLive(tab.panel, 'aborted', ({ state }) => state === 'active')
  await pressAbort(tab.panel, 'aborted')
  await waitForRow(tab.panel, { fetch: 'aborted', name: /^verdict: (?!.*so far)/ })
  return tab
}

describe('A session as a file', () => {
  test('is exported, opened in another panel as it was, and left again for the tab', async () => {
    const first = await play()
    await startFetch(first.page, 'running')
    await waitForLive(first.panel, 'running', ({ state }) => state === 'active')
    const { name, path, text } = await exportFile(first.panel)
    const file = JSON.parse(text)
    expect(file).toMatchObject({ format: 'background-fetch-devtools-session', version: 1 })
    expect(name).toMatch(/^background-fetch-localhost-\d+-[\dT-]+\.json$/)
    await press(first.panel, 'Clear log')
    await first.page.close()

    const { page, panel } = await bench.openTab('/blank.html')
    await importFile(panel, path)
    await waitForText(panel, /Imported session of localhost:\d+, exported .* with version .*Read-only/)
    // The rows are drawn a moment after the bar, and all that are in view.
    await filterLog(panel, 'fetch:aborted')
    await waitForRow(panel, { fetch: 'aborted', name: /^verdict: (?!.*so far)/ })
    await waitForRow(panel, { fetch: 'aborted', name: 'fetch started' })
    const rows = await logRows(panel)
    await filterLog(panel, '')
    const rowsNamed = (name: string) => rows.filter((row) => row.fetch === 'aborted' && row.name === name)
    expect(rowsNamed('fetch started')).toHaveLength(1)
    expect(rowsNamed('abort requested')).toHaveLength(1)
    expect(rowsNamed('records released')).toHaveLength(1)
    expect((await liveRows(panel)).map(({ id }) => id)).toEqual(['running'])
    expect(await disabled(panel, 'Abort running')).toBe(true)
    for (const name of ['Abort all', 'Clear log']) expect(await disabled(panel, name)).toBe(true)
    expect(await panel.$eval('[role="switch"]', (it) => (it as HTMLInputElement).disabled)).toBe(true)

    // The tab is watched meanwhile.
    await startFetch(page, 'meanwhile')
    expect((await liveRows(panel)).map(({ id }) => id)).toEqual(['running'])
    await press(panel, 'Back to the tab')
    await waitForLive(panel, 'meanwhile')
    expect(await pastBar(panel)).toBeNull()
    expect(await panel.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'More options',
    )
    expect(await disabled(panel, 'Abort meanwhile')).toBe(false)
    await pressAbort(panel, 'meanwhile')
    await waitForGone(panel, 'meanwhile')
  })

  inFullRun('has the rows that were shown, and no rows that were cleared', async () => {
    const { panel } = await play()
    const shown = await logRows(panel)
    const { path } = await exportFile(panel)
    await press(panel, 'Clear log')
    await eventually(async () => (await logRows(panel)).length).toBe(0)
    const cleared = await exportFile(panel)
    expect(cleared.text).not.toContain('"aborted"')
    await importFile(panel, path)
    await waitForText(panel, /Imported session/)
    await eventually(() => logRows(panel)).toEqual(shown)
  })

  test('is exported without hosts and queries, and still shows the same', async () => {
    const { panel } = await play()
    const shown = await logRows(panel)
    const { name, path, text } = await exportFile(panel, 'Redact query strings', 'Redact hosts')
    expect(name).toMatch(/^background-fetch-redacted-/)
    expect(text).not.toMatch(/localhost|rate=|handler=/)
    expect(text).toContain('host-1.example')
    await importFile(panel, path)
    await waitForText(panel, /Imported session of host-1\.example/)
    await eventually(async () => (await logRows(panel)).map(({ name }) => name)).toEqual(
      shown.map(({ name }) => name),
    )
  })

  inFullRun('stands still at its end, with every command off', async () => {
    const { panel } = await bench.openTab('/blank.html')
    await waitForRow(panel, { name: 'watching' })
    const path = join(downloads.folder, 'pending.json')
    await writeFile(path, JSON.stringify(pending()))
    await importFile(panel, path)
    await waitForText(panel, /Imported session of pod\.example/)
    // Nobody answered for years, but the session ends a moment after Abort was pressed.
    await waitForText(panel, /Aborting…/)
    expect(await disabled(panel, 'Stop worker')).toBe(true)
    // The tab may have another script at this address, or none.
    const place = (await panel.$$('[title="https://pod.example/sw.js:3:1"]'))[0]
    expect(await place?.evaluate(({ localName, textContent }) => [localName, textContent])).toEqual([
      'span',
      'sw.js:3',
    ])
    await press(panel, 'pending')
    await waitForText(panel, /a past session has none/)
    await press(panel, 'Back to the tab')
    await waitForText(panel, /No service worker is registered/)
  })

  inFullRun('that was cut off is refused, and what is shown stays', async () => {
    const { panel } = await play()
    const shown = await logRows(panel)
    const { text } = await exportFile(panel)
    const path = join(downloads.folder, 'cut.json')
    await writeFile(path, text.slice(0, text.length / 2))
    await importFile(panel, path)
    await eventually(() => alertText(panel)).toMatch(/^This file is cut off/)
    expect(await pastBar(panel)).toBeNull()
    await eventually(() => logRows(panel)).toEqual(shown)
    await press(panel, 'Dismiss')
    expect(await alertText(panel)).toBe('')
  })

  inFullRun('is opened when it is dropped on the panel', async () => {
    const { panel } = await play()
    const { text } = await exportFile(panel)
    const drop = (type: string) =>
      panel.evaluate(
        (type, text) => {
          const dataTransfer = new DataTransfer()
          dataTransfer.items.add(new File([text], 'session.json', { type: 'application/json' }))
          return !document.body.dispatchEvent(
            new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
          )
        },
        type,
        text,
      )
    expect(await drop('dragover')).toBe(true)
    await waitForText(panel, /Drop a session file/)
    expect(await drop('drop')).toBe(true)
    await panel.waitForSelector('[aria-label="Past session"]')
    expect(await panel.$eval('body', (body) => body.textContent)).not.toContain('Drop a session file')
  })
})

describe('A fetch as Markdown', () => {
  test.each(FULL ? ['granted', 'withheld'] : ['granted'])(
    'is copied where the Clipboard API is %s',
    async (clipboard) => {
      const { panel } = await play()
      await panel.$$eval('[aria-label="Event log"] button', (all) =>
        all.find(({ textContent }) => textContent === 'aborted')?.click(),
      )
      await panel.evaluate((granted) => {
        const take = (text: string) => {
          document.documentElement.dataset.copied = text
        }
        navigator.clipboard.writeText = async (text) => {
          if (!granted) throw new DOMException('no', 'NotAllowedError')
          take(text)
        }
        document.addEventListener('copy', ({ target }) => {
          if (target instanceof HTMLTextAreaElement) take(target.value)
        })
      }, clipboard === 'granted')
      const copy = await button(panel, 'Copy as Markdown')
      await copy.focus()
      await press(panel, 'Copy as Markdown')
      await eventually(() =>
        panel.$$eval('[role="status"]', (all) => all.map(({ textContent }) => textContent)),
      ).toContain('Copied')
      expect(await copy.evaluate((it) => it === document.activeElement)).toBe(true)
      const copied = await panel.evaluate(() => document.documentElement.dataset.copied ?? '')
      expect(copied).toMatch(/^### Background fetch `aborted`\n/)
      expect(copied).toMatch(/\| Background Fetch DevTools \| \d+\.\d+\.\d+ \|\n\| Browser \| .*Chrom/)
      expect(copied).toMatch(/\*\*Verdict: clean\*\*/)
      expect(copied).toMatch(/\| \+0\.0 ms \| panel \| abort requested \|/)
      expect(copied).toMatch(/\nabort\(\) +█/)
      expect(copied).not.toContain('undefined')
    },
  )
})

describe('The dialog for the export', () => {
  inFullRun('takes the focus, says what is in the file, and closes with Escape', async () => {
    const { devtools, panel } = await bench.openTab('/blank.html')
    await waitForRow(panel, { name: 'watching' })
    const opener = await button(panel, 'More options')
    await opener.focus()
    await devtools.keyboard.press('Enter')
    const entry = await button(panel, 'Export session…')
    await entry.focus()
    await devtools.keyboard.press('Enter')
    await panel.waitForSelector('dialog[open]')
    expect(await panel.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
    await waitForText(panel, /\d+ events?, .* about .*B\..*page data: URLs, IDs/)
    await devtools.keyboard.press('Escape')
    await vi.waitFor(async () => expect(await panel.$('dialog[open]')).toBeNull())
    expect(await opener.evaluate((it) => it === document.activeElement)).toBe(true)
  })
})

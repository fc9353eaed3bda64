import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Frame } from 'puppeteer-core'
import { afterAll, expect, test } from 'vitest'
import { dist, root } from '../../scripts/browser/launch'
import { startNoted } from '../support/audit'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { clickIcon, waitForHelp } from '../support/icon'
import { waitForNotice } from '../support/notices'
import { registerWorker } from '../support/page'
import { eventually, waitForRow, waitForText } from '../support/panel'
import { press } from '../support/press'
import { inExtension, tabIdOf } from '../support/trace'

type Catalogue = Readonly<Record<string, { readonly message: string }>>

const read = async (file: string) => JSON.parse(await readFile(file, 'utf8'))

/**
 * The extension without its English words. A Chromium that has no German of its own stays English whatever it
 * is asked for, and with it the extension: so German is the only language that it finds here.
 */
const extension = join(root, 'out', 'german')
await rm(extension, { recursive: true, force: true })
await mkdir(extension, { recursive: true })
await cp(dist, extension, { recursive: true })
const english: Catalogue = await read(join(dist, '_locales/en/messages.json'))
const german: Catalogue = await read(join(dist, '_locales/de/messages.json'))
await rm(join(extension, '_locales/en'), { recursive: true })
const manifest: object = await read(join(dist, 'manifest.json'))
await writeFile(join(extension, 'manifest.json'), JSON.stringify({ ...manifest, default_locale: 'de' }))
afterAll(() => rm(extension, { recursive: true, force: true }))

const bench = useBench({ language: 'de', extension })

/** What the catalogue says of a language, what is a `failureReason` or an attribute as well, and what is German for several. */
const NO_WORDS = ['language', 'answer_aborted', 'plan_downloaded', 'report_attribute']

/** English messages that are not the same in German, each as a pattern with anything in its places. */
const foreign = Object.entries(english)
  .filter(([key, { message }]) => !NO_WORDS.includes(key) && german[key]?.message !== message)
  .map(([key, { message }]) => {
    const pattern = message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\$\d/g, '.+')
    // Most texts lack it, and a look for it costs little.
    const [piece = ''] = message.split(/\$\d/).sort((a, b) => b.length - a.length)
    return { key, piece, pattern: new RegExp(`(?<![\\p{L}\\p{N}_-])${pattern}(?![\\p{L}\\p{N}_-])`, 'u') }
  })

/** All that a person can read or hear of the panel; addresses, `source:page` and the title of a fetch are no words of any language. */
async function shown(panel: Frame): Promise<string[]> {
  const texts = await panel.evaluate(() => {
    const found: string[] = []
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement
      if (element?.closest('pre')) continue
      if (node instanceof Text) found.push(node.data)
      if (!(node instanceof Element)) continue
      for (const name of ['aria-label', 'aria-valuetext', 'placeholder', 'title']) {
        found.push(node.getAttribute(name) ?? '')
      }
    }
    return found
  })
  return texts.map((text) => text.replace(/\S*[/?=]\S*|\w+:\w\S*|^Title of \w+$/g, '').trim()).filter(Boolean)
}

/** What is English in each text that was looked at: most are still shown at the next look. */
const looked = new Map<string, readonly string[]>()

const englishIn = (text: string): readonly string[] =>
  foreign
    .filter(({ piece, pattern }) => text.includes(piece) && pattern.test(text))
    .map(({ key }) => `${key}: ${text}`)

/** What is shown in English although there are German words for it. */
async function leftInEnglish(panel: Frame, atLeast = 10): Promise<string[]> {
  const texts = await shown(panel)
  expect(texts.length).toBeGreaterThan(atLeast)
  return texts.flatMap((text) => {
    const found = looked.get(text) ?? englishIn(text)
    looked.set(text, found)
    return found
  })
}

test('a German browser reads German, from the empty panel to the verdict', async () => {
  const { page, devtools, panel } = await bench.openNewTab('/bare.html')
  await waitForText(panel, /Kein Service Worker ist registriert/)
  expect(await panel.evaluate(() => document.documentElement.lang)).toMatch(/^de/)
  expect(await leftInEnglish(panel)).toEqual([])

  await registerWorker(page, { handler: 'function' })
  await waitForText(panel, /Noch keine Background Fetches/)
  await waitForRow(panel, { source: 'storage', name: 'Speicherstand erfasst' })
  expect(await leftInEnglish(panel)).toEqual([])

  await startNoted(page, 'talk')
  await waitForRow(panel, { fetch: 'talk', name: 'Fetch gestartet', text: /Gesamtgröße unbekannt/ })
  await waitForText(panel, /1 aktiv, höchstens 5/)
  expect(await leftInEnglish(panel)).toEqual([])

  await press(panel, 'Abbrechen: talk')
  await waitForNotice(panel, /^talk (abgebrochen nach \d|bisher |falsch)/)
  await waitForRow(panel, {
    fetch: 'talk',
    name: 'abgeschlossen: failure, aborted',
  })
  await waitForRow(panel, {
    fetch: 'talk',
    name: 'Urteil: falsch',
    text: /waitUntil\(\) bekam etwas, das kein Promise ist/,
  })
  await press(panel, 'talk')
  await waitForText(panel, /Auf dieser Website ignorieren.*Wasserfall/s)
  expect(await leftInEnglish(panel)).toEqual([])
  await press(panel, 'Zeitachse')
  await panel.waitForSelector('[role="grid"][aria-label="Fetches auf der Zeitachse"] [data-track]')
  await waitForText(panel, /talk.*aborted.*falsch/s)
  expect(await leftInEnglish(panel)).toEqual([])
  // Times have a comma in German.
  await waitForRow(panel, { fetch: 'talk', time: /^\d\d:\d\d:\d\d,\d{3}$/ })

  // Its words are longer: nothing stands over anything else where there is little room.
  await devtools.setViewport({ width: 320, height: 700 })
  await eventually(() => panel.evaluate(() => innerWidth)).toBe(320)
  const overlap = await panel.evaluate(() => {
    const group = document.querySelector('label[title="Nach Fetch gruppieren"]')?.getBoundingClientRect()
    const delta = document.querySelector('[data-column="delta"]')?.getBoundingClientRect()
    return (delta?.right ?? Infinity) - (group?.left ?? -Infinity)
  })
  expect(overlap).toBeLessThanOrEqual(0)
})

inFullRun('so do what is opened over the panel, and what is reported of a recording', async () => {
  const { page, panel } = await bench.openNewTab('/bare.html')
  await waitForText(panel, /Kein Service Worker ist registriert/)
  const tabId = await tabIdOf(bench.browser, page)
  const icon = () => inExtension(bench.browser, `chrome.action.getTitle({ tabId: ${tabId} })`)
  expect(await icon()).toMatch(/^Keine Aufzeichnung ohne DevTools\./)
  await press(panel, 'Sitzung exportieren…')
  await waitForText(panel, /\d Events, .* bis .*Query-Strings schwärzen/s)
  expect(await leftInEnglish(panel)).toEqual([])
  await press(panel, 'Abbrechen')
  await panel.waitForFunction(() => !document.querySelector('dialog[open]'))

  await press(panel, 'Gespeicherte Aufzeichnungen')
  await waitForText(panel, /Noch nichts/)
  expect(await leftInEnglish(panel)).toEqual([])
  await press(panel, 'Schließen')
  const keep = () =>
    panel.$$eval('label', (labels) =>
      labels.find(({ textContent }) => textContent === 'Diesen Tab weiter aufzeichnen')?.click(),
    )
  await keep()
  await waitForRow(panel, { source: 'panel', name: 'Aufzeichnung begonnen' })
  await eventually(icon).toMatch(
    /^Die Background Fetches dieses Tabs werden seit \d+\.\d+\.\d+, .*\d aufgezeichnet\./,
  )
  await keep()
  await waitForRow(panel, { name: 'Aufzeichnung beendet', text: /Sie wurde ausgeschaltet; dieses Panel/ })
  await eventually(icon).toMatch(/^Keine Aufzeichnung ohne DevTools\./)
  await press(panel, 'Gespeicherte Aufzeichnungen')
  await waitForText(panel, /Sie wurde ausgeschaltet · \d+ Events?,.*Öffnen/s)
  await press(panel, 'Alle löschen')
  await waitForText(panel, /Alle endgültig löschen/)
  expect(await leftInEnglish(panel)).toEqual([])
  await press(panel, 'Alle endgültig löschen')
  await waitForText(panel, /Noch nichts/)
  await press(panel, 'Schließen')
  await panel.waitForFunction(() => !document.querySelector('dialog[open]'))
  expect(await leftInEnglish(panel)).toEqual([])
})

inFullRun('so does what a click on the icon opens', async () => {
  const page = await bench.openPage('/bare.html')
  await clickIcon(bench.browser, page)
  const help = await waitForHelp(bench.browser)
  expect(await help.evaluate(() => document.documentElement.lang)).toBe('de')
  expect(await leftInEnglish(help.mainFrame(), 5)).toEqual([])
  expect(await help.evaluate(() => document.body.innerText)).toMatch(/„Diesen Tab weiter aufzeichnen“/)
})

inFullRun('the filter knows what things are called in every language', async () => {
  const { page, panel } = await bench.openNewTab('/blank.html')
  await registerWorker(page)
  await startNoted(page, 'talk')
  await waitForRow(panel, { fetch: 'talk', name: 'Fetch gestartet' })
  const typed = async (query: string) => {
    await panel.$eval(
      'input[type="search"]',
      (field, query) => {
        field.value = query
        field.dispatchEvent(new Event('input', { bubbles: true }))
      },
      query,
    )
    return expect.poll(() =>
      panel.$$eval('[role="treegrid"] [data-row] b', (names) => [
        ...new Set(names.map((name) => name.textContent)),
      ]),
    )
  }
  await (await typed('event:fetch-seen')).toEqual(['Fetch gestartet'])
  await (await typed('event:"panel geöffnet" source:panel')).toEqual(['Panel geöffnet'])
})

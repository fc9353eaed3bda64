import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dist } from '../../scripts/browser/launch'
import { afterInjections, countBridges } from '../support/bridges'
import { useBench } from '../support/harness'
import { eventually } from '../support/panel'

const bench = useBench()

const manifest = async (): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(dist, 'manifest.json'), 'utf8'))

test('the manifest has nothing by which a page could find the extension', async () => {
  const keys = Object.keys(await manifest())
  for (const key of ['web_accessible_resources', 'content_scripts', 'externally_connectable']) {
    expect(keys).not.toContain(key)
  }
})

test('the manifest asks for what is needed and nothing else', async () => {
  const { permissions, host_permissions, optional_permissions } = await manifest()
  // debugger: trace service workers. scripting: put the bridge in. webNavigation: put it in again.
  expect(permissions).toEqual(['debugger', 'scripting', 'webNavigation'])
  expect(host_permissions).toEqual(['<all_urls>'])
  // contentSettings: let a site start a fetch without a click, when a person asks for that. webRequest: say why requests fail.
  expect(optional_permissions).toEqual(['contentSettings', 'webRequest'])
})

test('a page cannot load a file of the extension, and its globals stay as they were', async () => {
  const page = await bench.openPage('/blank.html')
  const globals = () => page.evaluate(() => Object.getOwnPropertyNames(globalThis).sort())
  const before = await globals()
  const elements = await page.evaluate(() => document.documentElement.outerHTML)
  const devtools = await page.openDevTools()
  await devtools.waitForFrame((frame) => frame.url().endsWith('/extension/devtools.html'))
  await afterInjections(bench.browser, page)
  expect(await countBridges(page)).toBe(0)
  const worker = await bench.browser.waitForTarget((target) => target.url().endsWith('/background.js'))
  const base = new URL('.', worker.url()).href
  for (const file of ['manifest.json', 'bridge.js', 'icons/16.png', 'panel/index.html']) {
    const loaded = await page.evaluate(
      (url) =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      base + file,
    )
    expect(loaded, file).toBe(false)
  }
  expect(await globals()).toEqual(before)
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(elements)
})

test('with the panel open the page has no new global, element or changed prototype', async () => {
  const look = `JSON.stringify([
    Object.getOwnPropertyNames(globalThis).sort(),
    document.documentElement.outerHTML,
    [BackgroundFetchManager, BackgroundFetchRegistration, ServiceWorkerContainer].map((type) =>
      Object.entries(Object.getOwnPropertyDescriptors(type.prototype)).map(([name, { value, get }]) =>
        [name, String(value ?? get)])),
  ])`
  const plain = await bench.openPage('/blank.html')
  const before = await plain.evaluate(look)
  const { page } = await bench.openTab('/blank.html')
  await eventually(() => countBridges(page)).toBe(1)
  expect(await page.evaluate(look)).toBe(before)
})

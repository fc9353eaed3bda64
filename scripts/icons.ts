// Draws the extension's PNG icons from extension/icon.svg; run it after changing the drawing.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import puppeteer from 'puppeteer-core'
import { findChromium } from './browser/chromium.mjs'
import { root } from './browser/launch'

const executablePath = await findChromium(root)
if (!executablePath) throw new Error('No Chromium: run `node scripts/setup.mjs`.')
const svg = await readFile(join(root, 'extension/icon.svg'), 'utf8')
const browser = await puppeteer.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const page = await browser.newPage()
for (const size of [16, 32, 48, 128]) {
  await page.setViewport({ width: size, height: size })
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`)
  await page.screenshot({
    path: join(root, `extension/public/icons/${size}.png`) as `${string}.png`,
    omitBackground: true,
  })
}
await browser.close()

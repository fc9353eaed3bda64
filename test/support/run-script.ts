import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findChromium } from '../../scripts/browser/chromium.mjs'
import { root } from '../../scripts/browser/launch'
import { QUICK_DOWNLOADS } from '../../scripts/browser/quick-downloads'

export interface Ran {
  readonly code: number | null
  /** What it printed. */
  readonly output: string
}

/** The package `puppeteer` for a script: the project's `puppeteer-core`, with the Chromium of the tests. */
async function stub(): Promise<string> {
  const core = pathToFileURL(
    join(root, 'node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js'),
  ).href
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const options = {
    executablePath: await findChromium(root),
    args: ['--disable-gpu', QUICK_DOWNLOADS, ...sandbox],
  }
  return [
    `import core from ${JSON.stringify(core)}`,
    `export default { launch: (own) => core.launch({ ...own, ...${JSON.stringify(options)} }) }`,
  ].join('\n')
}

/** Runs a script that imports `puppeteer`, in a folder of its own, as a person does who has copied it. */
export async function runScript(script: string): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'copied-test-'))
  try {
    const module = join(folder, 'node_modules', 'puppeteer')
    await mkdir(module, { recursive: true })
    await writeFile(join(module, 'package.json'), JSON.stringify({ type: 'module', exports: './index.js' }))
    await writeFile(join(module, 'index.js'), await stub())
    await writeFile(join(folder, 'copied.mjs'), script)
    return await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['copied.mjs'], { cwd: folder })
      let output = ''
      const take = (data: Buffer) => {
        output += data.toString()
      }
      child.stdout.on('data', take)
      child.stderr.on('data', take)
      child.on('error', reject)
      child.on('close', (code) => resolve({ code, output }))
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

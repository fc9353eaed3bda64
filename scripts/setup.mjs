// Sets up what is missing, with nothing but Node and npm: dependencies, and a Chromium.
// Runs before anything is installed, so it imports only what Node has.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed; this is ${process.version}.`)
  process.exit(1)
}

const installed = join(root, 'node_modules', '.package-lock.json')
const lock = join(root, 'package-lock.json')
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.log('Installing dependencies…')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}

if (!process.argv.includes('--no-browser')) {
  const { downloadChromium, findChromium } = await import('./browser/chromium.mjs')
  if (!(await findChromium(root))) {
    console.log('No Chromium found; downloading one into node_modules/.cache…')
    try {
      await downloadChromium(root)
    } catch (error) {
      console.error(`\nThe download failed: ${error instanceof Error ? error.message : error}`)
      console.error('Install Chromium by other means (Debian: apt-get install chromium), or name one:')
      console.error('  CHROMIUM_PATH=/path/to/chromium npm start')
      process.exit(1)
    }
  }
}

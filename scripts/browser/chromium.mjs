import { existsSync } from 'node:fs'
import { join } from 'node:path'

const linux = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium']
const mac = ['/Applications/Chromium.app/Contents/MacOS/Chromium']

/**
 * The Chromium to use: `CHROMIUM_PATH`, else one of the system, else the one that setup downloaded. Branded
 * Chrome would do for a person, but is not looked for: which version it is differs from machine to machine.
 *
 * @param {string} root folder of the project
 * @returns {Promise<string | undefined>} path of an executable
 */
export async function findChromium(root) {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) {
    if (existsSync(CHROMIUM_PATH)) return CHROMIUM_PATH
    throw new Error(`CHROMIUM_PATH names ${CHROMIUM_PATH}, which does not exist.`)
  }
  const system = [...linux, ...mac].find((path) => existsSync(path))
  if (system) return system
  const cacheDir = join(root, 'node_modules', '.cache', 'chromium')
  if (!existsSync(cacheDir)) return undefined
  const { getInstalledBrowsers } = await import('@puppeteer/browsers')
  const [installed] = await getInstalledBrowsers({ cacheDir })
  return installed && existsSync(installed.executablePath) ? installed.executablePath : undefined
}

/**
 * Downloads a Chrome for Testing, which loads unpacked extensions as Chromium does.
 *
 * @param {string} root folder of the project
 * @returns {Promise<string>} path of the executable
 */
export async function downloadChromium(root) {
  const { Browser, detectBrowserPlatform, install, resolveBuildId } = await import('@puppeteer/browsers')
  const platform = detectBrowserPlatform()
  if (!platform) throw new Error(`There is no Chrome for Testing for ${process.platform} ${process.arch}.`)
  const buildId = await resolveBuildId(Browser.CHROME, platform, 'stable')
  const cacheDir = join(root, 'node_modules', '.cache', 'chromium')
  const { executablePath } = await install({ browser: Browser.CHROME, buildId, platform, cacheDir })
  return executablePath
}

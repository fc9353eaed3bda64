// npm start: the demo in a browser with the extension, DevTools open on it with the tab in front.
import { hasDisplay } from './browser/display'
import { build } from './build'
import { serveDemo } from './serve'
import { showInWindow } from './start/in-window'
import { showWithoutWindow } from './start/without-window'

try {
  console.log('Building the extension…')
  await build()
  const demo = await serveDemo()
  console.log(`Demo: ${demo.url}`)
  const headless = process.argv.includes('--headless') || !hasDisplay()
  try {
    await (headless ? showWithoutWindow(demo) : showInWindow(demo))
  } finally {
    await demo.close()
  }
} catch (error) {
  console.error(`\nnpm start failed: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}

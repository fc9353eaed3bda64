// npm run dev: builds again after each change, and loads the extension again where a window is shown.
import { hasDisplay } from './browser/display'
import { build } from './build'
import { watchSources } from './dev/watch'
import { openWindow } from './dev/window'
import { serveDemo } from './serve'

const rebuild = async (): Promise<boolean> => {
  const since = performance.now()
  try {
    await build()
    console.log(`${new Date().toLocaleTimeString()}  built in ${Math.round(performance.now() - since)} ms`)
    return true
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return false
  }
}

if (!(await rebuild())) console.log('Waiting for a change.')
const demo = await serveDemo()
console.log(`Demo: ${demo.url}`)
const headless = process.argv.includes('--headless') || !hasDisplay()
const window = headless ? undefined : await openWindow(demo.url)
console.log(window ? 'Watching; close the browser or press Ctrl+C to end.' : 'Watching; press Ctrl+C to end.')

const watching = watchSources(async () => {
  if (await rebuild()) await window?.reload()
})

if (window) {
  await window.closed
  watching.close()
  await demo.close()
}

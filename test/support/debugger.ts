import type { Page } from 'puppeteer-core'
import { eventually } from './panel'

/** Runs in DevTools' own world, where its modules are: its models of what it debugs. */
const MODELS = `const { TargetManager, DebuggerModel } = await import('./core/sdk/sdk.js')
  const models = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)`

/** Where DevTools shows that something is paused, as \`sw.js:12\` with lines from 1; null where nothing is. */
const pausedAt = (devtools: Page) =>
  devtools.evaluate(`(async () => {
    ${MODELS}
    for (const model of models) {
      const frame = model.debuggerPausedDetails()?.callFrames[0]
      if (frame) return frame.script.sourceURL.split('/').pop() + ':' + (frame.location().lineNumber + 1)
    }
    return null
  })()`)

/** Waits until DevTools shows that something is paused there, or null: that nothing is. */
export const waitForPause = (devtools: Page, place: string | null) =>
  eventually(() => pausedAt(devtools)).toBe(place)

/** Presses Resume in DevTools, as far as something is paused. */
export const resume = (devtools: Page) =>
  devtools.evaluate(`(async () => {
    ${MODELS}
    for (const model of models) if (model.isPaused()) model.resume()
  })()`)

/** Presses "Step over" in DevTools, where something is paused. */
export const stepOver = (devtools: Page) =>
  devtools.evaluate(`(async () => {
    ${MODELS}
    for (const model of models) if (model.isPaused()) await model.stepOver()
  })()`)

import type { Frame } from 'puppeteer-core'

/** The scrollable part of the log. */
export const LOG = '[aria-label="Event log"] [role="rowgroup"]'
/** The scrollable part of the table of fetches. */
export const TABLE = ':has(> div > [aria-label="Background fetches"])'
const PLAIN = '#plain'

/** As a wheel or the scroll bar does it as fast as it can; gives the milliseconds between frames. */
const SCROLL = `(async (selector, steps, far) => {
  const box = document.querySelector(selector)
  box.scrollTop = 0
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  const frames = []
  let before = await new Promise(requestAnimationFrame)
  for (let i = 0; i < steps; i++) {
    box.scrollTop = far ? (box.scrollHeight * ((i * 7) % steps)) / steps : box.scrollTop + 300
    const now = await new Promise(requestAnimationFrame)
    frames.push(now - before)
    before = now
  }
  return frames
})`

/**
 * Scrolls from the top on.
 *
 * @param selector of what is scrolled
 * @param far jumps through all of it instead
 * @returns milliseconds between frames
 */
export const scroll = (panel: Frame, selector: string, steps: number, far = false): Promise<number[]> =>
  panel.evaluate(`${SCROLL}(${JSON.stringify(selector)}, ${steps}, ${far})`) as Promise<number[]>

/**
 * Scrolls lines of plain text as far, without any script: what this machine can do at best.
 *
 * @returns milliseconds between frames, of each pass
 */
export async function scrollPlainText(panel: Frame, steps: number, passes: number): Promise<number[][]> {
  await panel.evaluate(`(() => {
    document.body.innerHTML = '<div id="plain" style="height: 400px; overflow: auto; font: 12px sans-serif"></div>'
    const lines = Array.from({ length: ${steps * 15} }, (_, i) => '<div style="height: 20px">Line ' + i + ' of plain text</div>')
    document.querySelector('${PLAIN}').innerHTML = lines.join('')
  })()`)
  const frames: number[][] = []
  for (let i = 0; i < passes; i++) frames.push(await scroll(panel, PLAIN, steps))
  return frames
}

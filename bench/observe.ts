import type { Frame, Page } from 'puppeteer-core'
import { selectPanel } from '../scripts/browser/panel'
import { until } from '../scripts/browser/until'

/** A row that a view added, with the moment at which it was in the document, in epoch milliseconds. */
export interface SeenRow {
  readonly at: number
  readonly text: string
}

/** A view of background fetches whose rows are timed. */
export interface View {
  readonly name: string
  /** Brings it to the front. */
  show(): Promise<void>
  /** Times rows from now on; some must have been shown before. */
  observe(): Promise<void>
  rows(): Promise<readonly SeenRow[]>
  /** Lets it rest, so that it costs the other one nothing. */
  rest(): Promise<void>
}

/** The text of what is noted when the outcome of a fetch changes in the table. */
export const outcomeOf = (id: string): string => `outcome of ${id}`

/**
 * Notes each element that matches `selector` when it comes under `node`, a JavaScript expression, and each cell of the table of fetches
 * whose outcome changes: see `outcomeOf`.
 */
const observer = (node: string, selector: string) => `
  globalThis.benchRows = []
  globalThis.benchObserver?.disconnect()
  globalThis.benchObserver = new MutationObserver((records) => {
    const at = performance.timeOrigin + performance.now()
    for (const { type, target } of records) {
      const row = type === 'attributes' && target.closest('[data-id]')
      if (row) globalThis.benchRows.push({ at, text: '${outcomeOf('')}' + row.dataset.id })
    }
    for (const { addedNodes } of records) for (const added of addedNodes) {
      if (!(added instanceof Element)) continue
      const rows = added.matches('${selector}') ? [added] : added.querySelectorAll('${selector}')
      for (const row of rows) globalThis.benchRows.push({ at, text: row.textContent })
    }
  })
  globalThis.benchObserver.observe(${node}, { childList: true, subtree: true, attributeFilter: ['data-outcome'] })`

const READ = 'globalThis.benchRows'

/** Switches the tracer, and waits until it says so. */
export async function setTracing(panel: Frame, on: boolean): Promise<void> {
  const input = await panel.waitForSelector('[role="switch"]')
  if (!input || (await input.evaluate((it) => (it as HTMLInputElement).checked)) === on) return
  await input.evaluate((it) => (it as HTMLElement).click())
  const last = () =>
    panel.$$eval('[data-row] b', (all) =>
      all.map((one) => one.textContent ?? '').findLast((name) => /^tracing/.test(name)),
    )
  await until('the tracer is switched', async () => ((await last()) === 'tracing') === on)
}

/** The panel of this extension, with or without its tracer. */
export function ourView(devtools: Page, panel: Frame, tracing: boolean): View {
  return {
    name: tracing ? 'Background Fetch tab, tracing' : 'Background Fetch tab',
    async show() {
      await selectPanel(devtools)
      await setTracing(panel, tracing)
    },
    async observe() {
      await panel.evaluate(observer('document.body', '[data-row], tbody tr'))
    },
    rows: () => panel.evaluate(READ) as Promise<SeenRow[]>,
    async rest() {
      await panel.evaluate('globalThis.benchObserver.disconnect()')
      await setTracing(panel, false)
    },
  }
}

const SHOW_BUILT_IN = `(async () => {
  const { ViewManager } = await import('./ui/legacy/legacy.js')
  const views = ViewManager.ViewManager.instance()
  await views.showView('resources')
  const tree = (await views.view('resources').widget()).sidebar.backgroundFetchTreeElement
  tree.select()
  globalThis.benchView = tree.view
  tree.view.clearEvents()
})()`
const TOGGLE = 'globalThis.benchView.toggleRecording()'

/** The grid comes with the first row, in a shadow root of its own, somewhere below the view. */
const GRID = `(() => {
  const find = (node) => {
    if (node.localName === 'devtools-data-grid') return node.shadowRoot
    for (const child of [...(node.shadowRoot?.children ?? []), ...(node.children ?? [])]) {
      const found = find(child)
      if (found) return found
    }
  }
  return find(globalThis.benchView.element)
})()`

/** Chrome's own view: Application → Background fetch. Its rows are in the document only when in view. */
export function builtInView(devtools: Page): View {
  let recording = false
  return {
    name: 'Application → Background fetch',
    async show() {
      await devtools.evaluate(SHOW_BUILT_IN)
      if (!recording) await devtools.evaluate(TOGGLE)
      recording = true
    },
    async observe() {
      await devtools.waitForFunction(GRID)
      await devtools.evaluate(observer(GRID, 'tr'))
    },
    rows: () => devtools.evaluate(READ) as Promise<SeenRow[]>,
    async rest() {
      await devtools.evaluate(`globalThis.benchObserver.disconnect(); ${TOGGLE}`)
      recording = false
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { ElementHandle, Frame } from 'puppeteer-core'

/** How long one look may wait in the document, in milliseconds; a document that is replaced may never answer. */
const LOOK = 1000

/**
 * Waits until `find` finds an element in the frame's document, looking at each change.
 *
 * @returns null when it does not in time
 */
export async function waitForElement(
  frame: Frame,
  find: (what: string) => Element | null | undefined,
  what: string,
  timeout = 15_000,
): Promise<ElementHandle | null> {
  const look = `(${find})(${JSON.stringify(what)})`
  const expression = (time: number) => `new Promise((resolve) => {
    const look = () => ${look}
    const found = look()
    if (found) return resolve(found)
    const done = (found) => {
      observer.disconnect()
      clearTimeout(timer)
      resolve(found)
    }
    const observer = new MutationObserver(() => {
      const found = look()
      if (found) done(found)
    })
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
    const timer = setTimeout(done, ${time}, null)
  })`
  for (const end = Date.now() + timeout; ; ) {
    const time = Math.max(0, Math.min(LOOK, end - Date.now()))
    try {
      const asked = frame.evaluateHandle(expression(time))
      asked.catch(() => {})
      const handle = await Promise.race([asked, sleep(3 * LOOK, undefined, { ref: false })])
      const element = handle?.asElement()
      if (element) return element as ElementHandle
    } catch (error) {
      // A document that is just being replaced can't be asked.
      if (frame.detached || Date.now() > end) throw error
      await sleep(50)
    }
    if (Date.now() >= end) return null
  }
}

/** https://pptr.dev/guides/page-interactions#non-css-selectors */
const isCss = (selector: string): boolean => !/^(aria|text|xpath|pierce)\/|::-p-|>>>/.test(selector)

const source = (value: unknown): string => (value === undefined ? 'undefined' : JSON.stringify(value))

/**
 * Lets a frame's queries take one command each. Puppeteer looks in a world of its own, and hands over each element
 * that it finds by four commands: nine of ten that a test sent were these. Selectors that only Puppeteer knows are left to it.
 */
export function makeQueriesQuick(frame: Frame): void {
  const own = { $eval: frame.$eval, $$eval: frame.$$eval, waitForSelector: frame.waitForSelector }
  const run = (look: unknown, on: string, args: readonly unknown[]) =>
    frame.evaluate(`(${look})(${[on, ...args.map(source)].join(', ')})`)
  const one = (selector: string) => {
    const error = JSON.stringify(`Failed to find an element that matches ${selector}`)
    return `document.querySelector(${source(selector)}) ?? (() => { throw new Error(${error}) })()`
  }
  const quick = {
    $eval: (selector: string, look: never, ...args: never[]) =>
      isCss(selector) ? run(look, one(selector), args) : own.$eval.call(frame, selector, look, ...args),
    $$eval: (selector: string, look: never, ...args: never[]) =>
      isCss(selector)
        ? run(look, `[...document.querySelectorAll(${source(selector)})]`, args)
        : own.$$eval.call(frame, selector, look, ...args),
    async waitForSelector(selector: string, options: { timeout?: number } = {}) {
      if (!isCss(selector)) return own.waitForSelector.call(frame, selector, options)
      const { timeout = 30_000 } = options
      const found = await waitForElement(frame, (what) => document.querySelector(what), selector, timeout)
      if (found) return found
      throw new Error(`Waiting for ${selector} took too long.`)
    },
  }
  Object.assign(frame, quick)
}

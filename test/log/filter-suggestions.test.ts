import type { Frame } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { openFetch } from '../support/open-fetch'
import { eventually } from '../support/panel'

const bench = useBench()
const FIELD = 'input[type="search"]'

const offered = (panel: Frame) =>
  eventually(() =>
    panel.$$eval('[role="listbox"]:popover-open [role="option"]', (options) =>
      options.map(({ textContent, ariaSelected }) =>
        ariaSelected === 'true' ? `> ${textContent}` : textContent,
      ),
    ),
  )
const typed = (panel: Frame) => eventually(() => panel.$eval(FIELD, (it) => (it as HTMLInputElement).value))

test('the filter suggests keys and values, and is used by keyboard alone', async () => {
  const { devtools, panel } = await openFetch(bench, 'my show')
  await panel.focus(FIELD)
  await devtools.keyboard.type('f')
  await offered(panel).toEqual(['fetch:'])
  expect(await panel.$eval(FIELD, (it) => it.ariaExpanded)).toBe('true')
  await devtools.keyboard.press('ArrowDown')
  await offered(panel).toEqual(['> fetch:'])
  const active = await panel.$eval(
    FIELD,
    (it) => document.getElementById(it.getAttribute('aria-activedescendant') ?? '')?.textContent,
  )
  expect(active).toBe('fetch:')
  await devtools.keyboard.press('Enter')
  await typed(panel).toBe('fetch:')
  await offered(panel).toEqual(['fetch:"my show"'])
  await devtools.keyboard.press('ArrowUp')
  await devtools.keyboard.press('Enter')
  await typed(panel).toBe('fetch:"my show" ')
  await offered(panel).toEqual([])
  await devtools.keyboard.press('ArrowDown')
  await offered(panel).toEqual(['> source:', 'event:', 'fetch:', 'level:'])
  await devtools.keyboard.press('Escape')
  await offered(panel).toEqual([])
  await typed(panel).toBe('fetch:"my show" ')
})

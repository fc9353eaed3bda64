import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { RunOptions } from 'axe-core'
import type { Frame } from 'puppeteer-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The panel is a part of DevTools, not a page: landmarks and a first heading are DevTools' own. */
const options: RunOptions = {
  rules: {
    region: { enabled: false },
    'landmark-one-main': { enabled: false },
    'page-has-heading-one': { enabled: false },
  },
}

/**
 * What axe-core finds wrong in the panel as it is now.
 *
 * @param over a rule that must have been used: otherwise axe-core looked at nothing
 */
export async function violations(panel: Frame, over = 'color-contrast'): Promise<string[]> {
  if (!(await panel.evaluate(`'axe' in globalThis`))) await panel.evaluate(axe)
  return (await panel.evaluate(`(async () => {
    const { passes, violations } = await axe.run(document, ${JSON.stringify(options)})
    if (!passes.some(({ id }) => id === '${over}')) return ['axe-core looked at nothing']
    const summary = ({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + summary(node)))
  })()`)) as string[]
}

import type { SeenRequest } from '../../../protocol/seen-requests'
import { t } from '../../i18n/i18n'
import type { Check } from './checks'
import { indented, joined } from './code'
import type { TestApi, TestFacts } from './facts'
import { comment, literal } from './literal'
import { steps } from './steps'

const howToRun: Readonly<Record<TestApi, string>> = {
  puppeteer: t('test_run_puppeteer'),
  playwright: t('test_run_playwright'),
}

const list = (name: string, lines: readonly string[]): string =>
  joined([`const ${name} = [`, ...lines.map((line) => `  ${line},`), ']'])

const itemLine = ({ kind, names }: Check): string =>
  `{ ${Object.entries({ kind, ...names })
    .map(([name, value]) => `${name}: ${literal(value)}`)
    .join(', ')} }`

const requested = (requests: readonly SeenRequest[], downloadTotal: number): string =>
  joined([
    '// Method, URL and headers.',
    list(
      'REQUESTS',
      requests.map(({ method, url, headers }) => literal([method, url, headers])),
    ),
    `const DOWNLOAD_TOTAL = ${downloadTotal}`,
  ])

/** What only a person can say. */
const START_HERE = `// A selector of what starts this fetch in the page when it is clicked.
const START = ''`

const constants = ({ page, scope, id, requests, downloadTotal, moment, checks }: TestFacts): string =>
  joined([
    `const PAGE = ${literal(page)}`,
    `const SCOPE = ${literal(scope)}`,
    `const ID = ${literal(id)}`,
    requests ? requested(requests, downloadTotal) : START_HERE,
    moment.bytes > 0 ? `const BYTES = ${moment.bytes}` : '',
    moment.responses > 0 ? `const RESPONSES = ${moment.responses}` : '',
    moment.ms > 0 ? `const MILLISECONDS = ${moment.ms}` : '',
    '// What is not to be stored after the abort.',
    list('LEFT', checks.map(itemLine)),
  ])

const PAUSE = 'const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))'

const withPuppeteer = (facts: TestFacts): string => `import puppeteer from 'puppeteer'

${constants(facts)}

${PAUSE}
const browser = await puppeteer.launch()
try {
  const page = await browser.newPage()
${indented(steps(facts, 'puppeteer'))}
  const left = await findLeft()
  for (const item of left) console.error('Left after the abort:', JSON.stringify(item))
  if (left.length === 0) console.log('Passed: none of it is stored after the abort.')
  process.exitCode = left.length > 0 ? 1 : 0
} catch (error) {
  console.error('No result:', error)
  process.exitCode = 2
} finally {
  await browser.close()
}
`

const withPlaywright = (facts: TestFacts): string => `import { expect, test } from '@playwright/test'

${constants(facts)}

${PAUSE}
test('an aborted background fetch leaves nothing', async ({ page, browserName }) => {
  test.skip(browserName !== 'chromium', 'Only Chromium has Background Fetch')
  test.setTimeout(600_000)
${indented(steps(facts, 'playwright'))}
  expect(await findLeft()).toEqual([])
})
`

/** A script that does again what was observed, and fails as long as something is left as it was then. */
export function testScript(facts: TestFacts, api: TestApi): string {
  const about = [...facts.about, howToRun[api]].flatMap(comment)
  return joined([...about, api === 'puppeteer' ? withPuppeteer(facts) : withPlaywright(facts)])
}

import type { Check } from './checks'
import { indented, joined } from './code'
import type { TestApi, TestFacts } from './facts'
import { lookingFor } from './looks'
import type { TestMoment } from './moment'

/** How long after the event the storage is read, in milliseconds: as long as for a final verdict. */
const QUIET = 1500

/** How long the moment is waited for, in milliseconds: a fetch that stands still does not end by itself. */
const LATEST = 600_000

const WORKER = `const isActive = () => page.evaluate(async (scope) => {
  const all = await navigator.serviceWorker.getRegistrations()
  return all.some((one) => one.scope === scope && one.active?.state === 'activated')
}, SCOPE)
for (let n = 0; !(await isActive()); n++) {
  if (n === 300) throw new Error('No active service worker has the scope ' + SCOPE)
  await pause(100)
}`

const looking = (checks: readonly Check[]): string => `const findLeft = () => page.evaluate(async (items) => {
${indented(lookingFor(checks))}
}, LEFT)
if ((await findLeft()).length > 0) throw new Error('It is stored before the fetch begins')`

/** It is aborted before anything else. */
const isAtOnce = ({ bytes, responses, ms, cold }: TestMoment): boolean =>
  bytes === 0 && responses === 0 && ms === 0 && !cold

const ABORT_IN_PAGE = `  return { fetch, aborted: await fetch.abort() }`

const COUNT_RESPONSES = `  const run = { fetch, responses: 0 }
  for (const { responseReady } of await fetch.matchAll()) responseReady.then(() => run.responses++, () => {})
  return run`

const CLICK = `if (START === '') throw new Error('Set START to a selector of what starts the fetch in the page')
await page.click(START)`

const FIND = `  let fetch
  for (let n = 0; !(fetch = await backgroundFetch.get(id)); n++) {
    if (n === 500) throw new Error('The page has started no fetch of the ID ' + id)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }`

const MAKE = `  const requests = list.map(([method, url, headers]) => new Request(url, { method, headers }))
  const fetch = await backgroundFetch.fetch(id, requests, { title: id, downloadTotal })`

/** Has the fetch started, and gives its registration. */
function starting({ moment, requests }: TestFacts): string {
  const [names, values] = requests
    ? ['scope, id, list, downloadTotal', 'SCOPE, ID, REQUESTS, DOWNLOAD_TOTAL']
    : ['scope, id', 'SCOPE, ID']
  const run = `const run = await page.evaluateHandle(async ([${names}]) => {
  const { backgroundFetch } = await navigator.serviceWorker.getRegistration(scope)
${requests ? MAKE : FIND}
${isAtOnce(moment) ? ABORT_IN_PAGE : COUNT_RESPONSES}
}, [${values}])`
  return joined([requests ? '' : CLICK, run])
}

/** Waits for the moment. */
function waiting({ bytes, responses, ms }: TestMoment): string {
  const wanted = [
    bytes > 0 ? { name: 'downloaded', of: 'downloaded: fetch.downloaded', is: 'downloaded >= BYTES' } : null,
    responses > 0 ? { name: 'responses', of: 'responses', is: 'responses >= RESPONSES' } : null,
  ].filter((one) => one !== null)
  const all = (part: 'name' | 'of') => wanted.map((one) => one[part]).join(', ')
  const waits = `for (const latest = Date.now() + ${LATEST}; ; await pause(10)) {
  const { result, ${all('name')} } = await run.evaluate(({ fetch, responses }) => (
    { result: fetch.result, ${all('of')} }
  ))
  if (${wanted.map(({ is }) => is).join(' && ')}) break
  if (result !== '') throw new Error('The fetch ended before its moment: ' + result)
  if (Date.now() > latest) throw new Error('The moment did not come within 10 minutes')
}`
  return joined([ms > 0 ? 'await pause(MILLISECONDS)' : '', wanted.length > 0 ? waits : ''])
}

const newSession: Readonly<Record<TestApi, string>> = {
  puppeteer: 'await page.createCDPSession()',
  playwright: 'await page.context().newCDPSession(page)',
}

const stopping = (api: TestApi): string => `// The abort is to start the service worker.
const devtools = ${newSession[api]}
await devtools.send('ServiceWorker.enable')
await devtools.send('ServiceWorker.stopAllWorkers')`

const ENDED = "throw new Error('The fetch ended before it could be aborted')"

const ABORT = `if (!(await run.evaluate(({ fetch }) => fetch.abort()))) ${ENDED}`

const WAS_ABORTED = `if (!(await run.evaluate(({ aborted }) => aborted))) ${ENDED}`

const abortWith = (
  most: string,
) => `const { aborted, responses } = await run.evaluate(async ({ fetch, responses }) => (
  { aborted: await fetch.abort(), responses }
))
if (!aborted) ${ENDED}
if (responses > ${most}) throw new Error('More responses had come: ' + responses)`

function aborting(moment: TestMoment): string {
  if (isAtOnce(moment)) return WAS_ABORTED
  const { most, responses } = moment
  return most === null ? ABORT : abortWith(most > 0 && most === responses ? 'RESPONSES' : String(most))
}

const OVER = `// The records are released when backgroundfetchabort is over.
for (let n = 0; await run.evaluate(({ fetch }) => fetch.recordsAvailable); n++) {
  if (n === 600) throw new Error('backgroundfetchabort is not over after a minute')
  await pause(100)
}
await pause(${QUIET})`

/** All that is done in the page, whoever drives it. */
export function steps(facts: TestFacts, api: TestApi): string {
  const { moment, checks } = facts
  return joined([
    'await page.goto(PAGE)',
    WORKER,
    looking(checks),
    starting(facts),
    waiting(moment),
    moment.cold ? stopping(api) : '',
    aborting(moment),
    OVER,
  ])
}

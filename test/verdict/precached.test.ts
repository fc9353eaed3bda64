import { afterEach, beforeEach, expect, test } from 'vitest'
import { verdictOf, waitForVerdict } from '../support/audit'
import { waitForRecorded } from '../support/events'
import { FULL, inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive } from '../support/panel'
import type { Site } from '../support/site'
import type { Tab } from '../support/tab'
import { setTrace } from '../support/trace'
import { inPage, register, startVerdictSite, waitForBaseline } from './run'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startVerdictSite()
})
afterEach(() => site.close())

/** Under the URLs that the list in test/fixtures/verdicts.js stands for, and that no page has loaded. */
const shell = `
  const put = (url, text) => putEntry('workbox-precache-v2', url, new Response(text.repeat(5000)))
  await put('/index.html?__WB_REVISION__=5d41402abc4b2a76b9719d911017c592', 'a')
  await put('/assets/later-4f2a.js', 'a')
`
const replace = `await putEntry('workbox-precache-v2', '/assets/later-4f2a.js', new Response('b'.repeat(5000)))`

async function open(trace: boolean): Promise<Tab> {
  const first = await bench.openPage(site.url)
  await inPage(first, shell)
  await first.close()
  const tab = await bench.openTab(site.url)
  await setTrace(tab.panel, trace)
  await register(tab.page, 'nothing')
  if (trace) await waitForRecorded(tab.panel, 'worker-scripts')
  await waitForBaseline(tab.panel)
  return tab
}

async function abortOne({ page, panel }: Tab, id: string, during = '') {
  await startFetch(page, id, ['/endless'])
  await waitForLive(panel, id)
  await inPage(page, during)
  await abortInPage(page, id)
}

test('what a worker’s precache list names is compared, and in a full run a file that was replaced is found', async () => {
  const tab = await open(true)
  // When its verdict is there, the page has looked for all that the script names.
  await abortOne(tab, 'first')
  await waitForVerdict(tab.panel, 'first')
  await abortOne(tab, 'second')
  const { verdict, gaps } = await verdictOf(tab.panel, 'second')
  expect(verdict).toBe('clean: nothing new, nothing left')
  expect(gaps).toEqual([])
  if (!FULL) return
  await abortOne(tab, 'third', replace)
  const third = await verdictOf(tab.panel, 'third')
  expect(third.verdict).toMatch(/^new items: 1 changed cache entry in workbox-precache-v2 /)
})

inFullRun('without the tracer they are not known, and the verdict says where they are seen', async () => {
  const tab = await open(false)
  await abortOne(tab, 'first', replace)
  const { verdict } = await verdictOf(tab.panel, 'first')
  expect(verdict).toMatch(/^unknown: .*by their total size only.*: see Application > Cache storage$/)
})

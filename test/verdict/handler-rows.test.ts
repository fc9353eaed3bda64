import { expect, test } from 'vitest'
import { verdictOf } from '../support/audit'
import { inTurn } from '../support/full'
import { abortInPage, startFetch, useBench } from '../support/harness'
import { logRows, rowsLike, waitForLive, waitForRow } from '../support/panel'
import { startRequests, startWithRow, useSite } from './site-tab'

const bench = useBench()
const site = useSite(bench)
type Tab = Awaited<ReturnType<typeof site.open>>

const way = (trace: boolean) => (trace ? 'traced' : 'untraced')

/** Starts a fetch that has a row, and aborts it in its page. */
async function abortOne({ page, panel }: Tab, id = 'talk') {
  await startWithRow(page, id, ['/endless'])
  await waitForLive(panel, id)
  await abortInPage(page, id)
}

test.each([
  ['logs', /error logged: finalize failed/],
  ['uncaught', /error logged: .*late failure/],
] as const)('an error of the handler %s is part of the verdict', async (handler, expected) => {
  const tab = await site.open(handler)
  await abortOne(tab)
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^errors logged: /)
  expect(shown.verdict).toMatch(expected)
})

for (const trace of inTurn(0, [true, false])) {
  test(`a page that is reloaded in the middle of the handler is followed by the next one (${way(trace)})`, async () => {
    const tab = await site.open(trace ? 'slow-nothing' : 'slow', trace)
    await abortOne(tab)
    await waitForRow(tab.panel, { fetch: 'talk', name: 'settled: failure, aborted' })
    await tab.page.reload()
    if (!trace) {
      // Nobody knows when the event is over.
      await expect
        .poll(async () =>
          (await rowsLike(tab.panel, { fetch: 'talk', name: /^verdict: / })).map(({ name }) => name),
        )
        .toEqual([expect.stringMatching(/^verdict: unknown/)])
      return
    }
    await waitForRow(tab.panel, { fetch: 'talk', name: 'backgroundfetchabort done' })
    const shown = await verdictOf(tab.panel, 'talk', /^verdict: left$/)
    expect(shown.findings).toEqual([expect.stringMatching(/site\/rows: talk/)])
  })
}

for (const trace of inTurn(1, [true, false])) {
  test(`caches, databases and directories that come and go are part of the comparison (${way(trace)})`, async () => {
    const tab = await site.open('containers', trace)
    await abortOne(tab)
    const shown = await verdictOf(tab.panel, 'talk')
    expect(shown.verdict).toMatch(/^new items: /)
    expect(shown.text).toMatch(/empty/)
    expect(shown.text).toMatch(/folder/)
  })
}

test('a 404 that comes at once is judged by the baseline that there was', async () => {
  const tab = await site.open('nothing')
  await startWithRow(tab.page, 'talk', ['/missing'])
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^left: 1 item names this fetch: site\/rows: talk/)
  expect(shown.findings).toEqual([expect.stringMatching(/site\/rows: talk/)])
})

test('a success right after a navigation, of which nothing is stored, is unknown', async () => {
  const tab = await site.open('nothing')
  await tab.page.reload()
  await startFetch(tab.page, 'talk', ['/small'])
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^unknown: \S/)
  expect(shown.gaps).toContainEqual(
    expect.stringMatching(/^the storage was (not read before the fetch|first read when the fetch was)/),
  )
})

test('requests that share a URL are not distinguished while they run', async () => {
  const tab = await site.open('nothing')
  const requests = [0, 1, 2].map((n) => ({
    url: `${site.url}small`,
    init: { method: 'POST', body: `${n}` },
  }))
  await startRequests(tab.page, 'talk', requests)
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.text).toMatch(/3 requests share this URL: their responses can’t be distinguished/)
  for (const { text } of await logRows(tab.panel)) expect(text).not.toMatch(/the fetch fails with/)
})

test.each(['rejects', 'throws'])('a success whose handler %s has the words of a success', async (handler) => {
  const tab = await site.open(handler)
  await startFetch(tab.page, 'talk', ['/small'])
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^wrong: /)
  expect(shown.text).not.toMatch(/clean-up/)
})

test('the length of an encoded body is marked as such', async () => {
  const tab = await site.open('nothing')
  await startFetch(tab.page, 'talk', ['/gzip', '/endless'])
  await waitForRow(tab.panel, { fetch: 'talk', name: 'response ready', text: /\d+ B encoded/ })
  await abortInPage(tab.page, 'talk')
  await verdictOf(tab.panel, 'talk')
  for (const { text } of await logRows(tab.panel)) expect(text).not.toMatch(/more bytes/)
})

test.each([
  ['stops', /1 of 2 handlers ran: stopImmediatePropagation\(\) was called/],
  ['both', /^handler returned after [\d.]+ ms$/],
] as const)('how many handlers ran: %s', async (handler, expected) => {
  const tab = await site.open(handler)
  await abortOne(tab)
  const { text } = await waitForRow(tab.panel, { fetch: 'talk', name: 'handler returned' })
  expect(text).toMatch(expected)
})

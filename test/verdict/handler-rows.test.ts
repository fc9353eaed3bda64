import { expect, test } from 'vitest'
import { verdictOf, waitForVerdict } from '../support/audit'
import { waitForRecorded } from '../support/events'
import { atScale, FULL, inFullRun, inTurn } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { logRows, rowsLike } from '../support/rows'
import { pressStop, TRIES } from '../support/trace'
import { startRequests, startWithRow, TRACED_FIRST, testBothWays, UNTRACED_FIRST, useSite } from './site-tab'

const bench = useBench()
const site = useSite(bench)
type Tab = Awaited<ReturnType<typeof site.open>>

/** A response that takes long enough for a page to list its fetch. */
const SLOW = '/bytes?size=1000&for=1500'

const way = (trace: boolean) => (trace ? 'traced' : 'untraced')

/** Starts a fetch that has a row, and aborts it in its page. */
async function abortOne({ page, panel }: Tab, id = 'talk') {
  await startWithRow(page, id, ['/endless'])
  await waitForLive(panel, id)
  await abortInPage(page, id)
}

const logged = {
  logs: /error logged in the worker .*: finalize failed/,
  uncaught: /error not caught in the worker .*: .*late failure/,
}

for (const [handler, expected] of Object.entries(logged).slice(0, atScale(1, 2))) {
  testBothWays(`an error of the handler ${handler} is part of the verdict`, TRACED_FIRST, async (trace) => {
    const tab = await site.open(handler, trace)
    await abortOne(tab)
    const shown = await verdictOf(tab.panel, 'talk')
    // Without the tracer only the storage is known, in which nothing is wrong.
    if (!trace) return expect(shown.verdict).toBe('clean: nothing new, nothing left')
    expect(shown.verdict).toMatch(/^errors: /)
    expect(shown.verdict).toMatch(expected)
  })
}

for (const trace of inTurn(0, [true, false])) {
  inFullRun(
    `a page that is reloaded in the middle of the handler is followed by the next one (${way(trace)})`,
    async () => {
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
    },
  )
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

testBothWays(
  'a 404 that comes at once is judged by the baseline that there was',
  TRACED_FIRST,
  async (trace) => {
    const tab = await site.open('nothing', trace)
    await startWithRow(tab.page, 'talk', ['/missing'])
    if (!trace) {
      // It is over within a fraction of a second: without its event in the worker it is known where a page has just listed it.
      await abortOne(tab, 'next')
      await waitForVerdict(tab.panel, 'next')
      for (const { text } of await rowsLike(tab.panel, { fetch: 'talk', name: /^verdict: / }))
        expect(text).toMatch(/^verdict: (left .*site\/rows: talk|unknown \S)/)
      return
    }
    const shown = await verdictOf(tab.panel, 'talk')
    expect(shown.verdict).toMatch(/^left: 1 item names this fetch: site\/rows: talk/)
    expect(shown.findings).toEqual([expect.stringMatching(/site\/rows: talk/)])
  },
)

if (FULL)
  testBothWays(
    'a success right after a navigation, of which nothing is stored, is unknown',
    TRACED_FIRST,
    async (trace) => {
      const tab = await site.open('nothing', trace)
      await tab.page.reload()
      await startFetch(tab.page, 'talk', [SLOW])
      const shown = await verdictOf(tab.panel, 'talk')
      expect(shown.verdict).toMatch(/^unknown: \S/)
      expect(shown.gaps).toContainEqual(
        expect.stringMatching(/^the storage was (not read before the fetch|first read when the fetch was)/),
      )
    },
  )

if (FULL)
  testBothWays(
    'requests that share a URL are not distinguished while they run',
    UNTRACED_FIRST,
    async (trace) => {
      const tab = await site.open('nothing', trace)
      const requests = [0, 1, 2].map((n) => ({
        url: `${site.url}turns?of=200,500,200&for=500`,
        init: { method: 'POST', body: `${n}` },
      }))
      await startRequests(tab.page, 'talk', requests)
      const shown = await verdictOf(tab.panel, 'talk')
      expect(shown.requests).toHaveLength(3)
      for (const request of shown.requests)
        expect(request).toMatch(/3 requests share this URL: their responses can’t be distinguished/)
      for (const { text } of await logRows(tab.panel)) expect(text).not.toMatch(/the fetch fails with/)
    },
  )

for (const handler of FULL ? ['rejects', 'throws'] : ['rejects']) {
  testBothWays(
    `a success whose handler ${handler} has the words of a success`,
    TRACED_FIRST,
    async (trace) => {
      const tab = await site.open(handler, trace)
      await startFetch(tab.page, 'talk', [SLOW])
      const shown = await verdictOf(tab.panel, 'talk')
      // Without the tracer only that nothing is stored is known.
      expect(shown.verdict).toMatch(
        trace ? /^wrong: / : /^not stored: Not found in storage: 1 of 1 responses/,
      )
      expect(shown.text).not.toMatch(/clean-up/)
      if (!trace) expect(shown.text).not.toMatch(/handler (threw|was rejected)|promise #/)
    },
  )
}

if (FULL)
  testBothWays('the length of an encoded body is marked as such', UNTRACED_FIRST, async (trace) => {
    const tab = await site.open('nothing', trace)
    await startFetch(tab.page, 'talk', ['/gzip', '/endless'])
    await waitForRow(tab.panel, { fetch: 'talk', name: 'response ready', text: /\d+ B encoded/ })
    await abortInPage(tab.page, 'talk')
    await verdictOf(tab.panel, 'talk')
    for (const { text } of await logRows(tab.panel)) expect(text).not.toMatch(/more bytes/)
  })

/** The row of the handler's return, in a worker whose handlers were counted: nobody has where its script ran first. */
async function returnedOf(tab: Tab): Promise<string> {
  for (let tries = 1; ; tries++) {
    const id = `talk-${tries}`
    await abortOne(tab, id)
    const { text } = await waitForRow(tab.panel, { fetch: id, name: 'handler returned' })
    const { handlers } = await waitForRecorded(tab.panel, 'dispatched', (body) => body.id === id)
    if (handlers !== null) return text
    expect(text).not.toMatch(/\d+ handlers?\b/)
    expect(tries, 'The probe always came too late.').toBeLessThan(TRIES)
    await pressStop(tab.panel)
  }
}

for (const [handler, expected] of (
  [
    ['stops', /1 of 2 handlers ran: stopImmediatePropagation\(\) was called/],
    // The time stands in the column beside it where it counts from the same moment.
    ['both', /^handler returned (after [\d.]+ ms)?$/],
  ] as const
).slice(0, atScale(1, 2))) {
  testBothWays(`how many handlers ran: ${handler}`, TRACED_FIRST, async (trace) => {
    const tab = await site.open(handler, trace)
    if (trace) return expect(await returnedOf(tab)).toMatch(expected)
    await abortOne(tab)
    await waitForVerdict(tab.panel, 'talk')
    // Nobody has counted them.
    for (const { text } of await rowsLike(tab.panel, { fetch: 'talk' }))
      expect(text).not.toMatch(/handler returned|(one|\d+) handlers?\b/)
  })
}

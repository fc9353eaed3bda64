import type { Frame, Page } from 'puppeteer-core'
import { expect } from 'vitest'
import { verdictOf, waitForVerdict } from '../support/audit'
import { recorded, waitForRecorded } from '../support/events'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { endedRows, logRows } from '../support/rows'
import { startRequests, TRACED_FIRST, testBothWays, useSite } from './site-tab'

const bench = useBench()
const site = useSite(bench)

/** Requests for which CORS asks the server first, which Background Fetch does not do. */
const asking: Record<string, RequestInit> = {
  put: { method: 'PUT', body: 'x' },
  delete: { method: 'DELETE' },
  authorization: { headers: { Authorization: 'secret-token' } },
  json: { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } },
}

const startAsking = (page: Page, id: string, init: RequestInit) =>
  startRequests(page, id, [{ url: `${site.other}data`, init }])

/**
 * Without its event in the worker, a fetch that fails at once is known where a page has just listed it. Then its end is known or
 * not, and nothing else is said of it.
 */
async function askUntraced(page: Page, panel: Frame) {
  for (const [id, init] of Object.entries(asking)) await startAsking(page, id, init)
  await startFetch(page, 'next', ['/endless'])
  await waitForLive(panel, 'next')
  await abortInPage(page, 'next')
  await waitForVerdict(panel, 'next')
  const ended = await endedRows(panel)
  expect(ended.map(({ id }) => id)).toContain('next')
  for (const { id, outcome } of ended) {
    expect(outcome).toMatch(
      id === 'next' ? /^aborted · unknown$/ : /^(failed: fetch-error|end not observed)$/,
    )
  }
  for (const { fetch, name } of await logRows(panel)) {
    if (fetch === '') expect(name).not.toMatch(/dispatched|done|settled|verdict|requests read/)
    else if (fetch !== 'next') expect(name).not.toMatch(/^verdict: (?!unknown)/)
  }
}

testBothWays(
  'a fetch that fails at once has a row of its own, which says that it needs a preflight',
  TRACED_FIRST,
  async (trace) => {
    const { page, panel } = await site.open('clean', trace)
    if (!trace) return askUntraced(page, panel)
    for (const [id, init] of Object.entries(asking)) {
      await startAsking(page, id, init)
      const { text } = await waitForRow(panel, { fetch: id, name: 'requests read' })
      expect(text).toMatch(/data: needs a CORS preflight, which Background Fetch does not send$/)
      await waitForRow(panel, { fetch: id, name: 'backgroundfetchfail done' })
    }
    for (const row of await logRows(panel)) {
      if (/dispatched|done|handler returned|waitUntil|requests read/.test(row.name))
        expect(row.fetch).not.toBe('')
    }
    expect((await endedRows(panel)).map(({ id, outcome }) => `${id} ${outcome}`).sort()).toEqual(
      Object.keys(asking)
        .map((id) => `${id} failed: fetch-error`)
        .sort(),
    )
    const shown = await verdictOf(panel, 'json')
    expect(shown.verdict).toMatch(/^unknown: /)
    expect(JSON.stringify(await recorded(panel, 'event-requests'))).not.toContain('secret-token')
  },
)

testBothWays(
  'the event of a fetch that nobody listed is not put on the next one of its ID, which runs',
  TRACED_FIRST,
  async (trace) => {
    const { page, panel } = await site.open('clean', trace)
    await startAsking(page, 'twice', { method: 'PUT', body: 'x' })
    if (trace) await waitForRecorded(panel, 'event-done')
    await startFetch(page, 'twice', ['/endless'])
    await waitForLive(panel, 'twice')
    await abortInPage(page, 'twice')
    if (trace) await waitForRow(panel, { fetch: 'twice #2', name: 'backgroundfetchabort done' })
    else await waitForVerdict(panel, 'twice')
    // The table is drawn a turn after the log.
    await eventually(async () => (await endedRows(panel)).map(({ outcome }) => outcome).sort()).toEqual(
      trace ? ['aborted · script?', 'failed: fetch-error'] : ['aborted · unknown'],
    )
  },
)

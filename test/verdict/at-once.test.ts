import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { verdictOf } from '../support/audit'
import { recorded, waitForRecorded } from '../support/events'
import { abortInPage, startFetch, useBench } from '../support/harness'
import { endedRows, logRows, waitForLive, waitForRow } from '../support/panel'
import { startRequests, useSite } from './site-tab'

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

test('a fetch that fails at once has a row of its own, which says that it needs a preflight', async () => {
  const { page, panel } = await site.open('clean')
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
})

test('the event of a fetch that nobody listed is not put on the next one of its ID, which runs', async () => {
  const { page, panel } = await site.open('clean')
  await startAsking(page, 'twice', { method: 'PUT', body: 'x' })
  await waitForRecorded(panel, 'event-done')
  await startFetch(page, 'twice', ['/endless'])
  await waitForLive(panel, 'twice')
  await abortInPage(page, 'twice')
  await waitForRow(panel, { fetch: 'twice #2', name: 'backgroundfetchabort done' })
  expect((await endedRows(panel)).map(({ outcome }) => outcome).sort()).toEqual([
    'aborted',
    'failed: fetch-error',
  ])
})

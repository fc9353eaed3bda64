import type { Frame } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { cleanUp, openAudited, startAndAbort, verdictOf } from '../support/audit'
import { waitForRecorded } from '../support/events'
import { inEveryRunIf, inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { media } from '../support/page'
import { eventually, waitForRow } from '../support/panel'
import { rowsLike } from '../support/rows'
import { pressStop, workerStory } from '../support/trace'

const bench = useBench()

const whole = media('whole', { size: 400_000, rate: 0 })
const endless = media('endless')
const missing = media('missing', { status: 404, size: 44, rate: 0 })
/** An id of its own for each test: they share a log. */
let tests = 0
const nextId = () => `talk-${++tests}`
const PART = /parts\/talk-\d+\.part \((\d+) B\)/

for (const handler of ['keep', 'discard', 'property']) {
  inFullRun(`clean: the handler ${handler} leaves nothing`, async () => {
    const tab = await openAudited(bench, handler)
    const id = nextId()
    // A worker that must be started first leaves the page time to read the records: these handlers are quick.
    await startAndAbort(tab, id, undefined, { prepare: () => pressStop(tab.panel) })
    const shown = await verdictOf(tab.panel, id)
    expect(shown.verdict).toBe('clean: nothing new, nothing left')
    expect(shown.findings).toEqual([])
    expect(shown.requests).toEqual([expect.stringMatching(/endless|sound.* not complete$/)])
  })
}

inFullRun('clean: a handler of ten seconds, whose event is one story', async () => {
  const tab = await openAudited(bench, 'slow')
  const id = nextId()
  await startAndAbort(tab, id)
  const shown = await verdictOf(tab.panel, id)
  expect(shown.verdict).toBe('clean: nothing new, nothing left')
  await waitForRow(tab.panel, {
    fetch: id,
    name: 'promise #1 fulfilled',
    text: /after (9\.[5-9]|1\d\.)\d* s/,
  })
  expect(await workerStory(tab.panel, id)).toEqual([
    'backgroundfetchabort dispatched',
    'waitUntil() #1',
    'handler returned',
    'promise #1 fulfilled',
    'backgroundfetchabort done',
  ])
})

test('clean: what arrived whole is kept, and each request has its outcome', async () => {
  const tab = await openAudited(bench, 'keep')
  const id = nextId()
  await startAndAbort(tab, id, [whole, endless], { arrived: 400_000 })
  const shown = await verdictOf(tab.panel, id)
  expect(shown.verdict).toBe(
    'clean: 1 of 2 responses (400 kB) is stored in cache episodes (kept after the abort); nothing else is new or left',
  )
  expect([...shown.requests].sort()).toEqual([
    expect.stringMatching(/endless\.wav.* not complete$/),
    expect.stringMatching(/whole\.wav.* 200 .*400 kB.* stored in episodes$/),
  ])
})

inFullRun('left: a handler that forgets its notes is shown their names and bytes', async () => {
  const tab = await openAudited(bench, 'forget-rows')
  const id = nextId()
  await startAndAbort(tab, id)
  const shown = await verdictOf(tab.panel, id)
  expect(shown.verdict).toMatch(/^left: 2 items name this fetch: .*: talk-\d+; parts\/talk-\d+\.part, \d+ B$/)
  expect(shown.findings).toEqual([
    expect.stringMatching(/IndexedDB.*longwave\/downloads: talk-\d+/),
    expect.stringMatching(PART),
  ])
})

inFullRun('wrong: a handler that stores a 404', async () => {
  const tab = await openAudited(bench, 'store-404')
  const id = nextId()
  await startAndAbort(tab, id, [whole, missing, endless], { arrived: 400_000 + 100_000 })
  const shown = await verdictOf(tab.panel, id)
  expect(shown.verdict).toMatch(/^wrong: A response that is not ok was stored/)
  expect(shown.findings).toEqual([expect.stringMatching(/episodes: 404 http.*missing\.wav/)])
})

test('wrong: a promise that is rejected, and the file that it kept from being removed', async () => {
  const tab = await openAudited(bench, 'reject')
  const id = nextId()
  await startAndAbort(tab, id)
  const shown = await verdictOf(tab.panel, id)
  expect(shown.verdict).toMatch(
    /^wrong: A promise that the event waited for was rejected.*parts\/talk-\d+\.part/,
  )
  expect(shown.findings).toEqual([
    expect.stringMatching(/promise #1: Error: There is no row for talk-\d+/),
    expect.stringMatching(PART),
  ])
})

const withNotes = [expect.stringMatching(/longwave\/downloads: talk-\d+/), expect.stringMatching(PART)]

const wrong: Record<string, { readonly verdict: RegExp; readonly finding: RegExp; readonly stop?: true }> = {
  function: { verdict: /not a promise/, finding: /waitUntil\(\) #1 got a function/ },
  late: { verdict: /waitUntil\(\) was called when the event was over/, finding: /before the first await/ },
  throws: { verdict: /handler threw/, finding: /Code after it did not run/ },
  none: { verdict: /Nothing listened/, finding: /Add a listener/, stop: true },
}

/** The worker's script mentions the handlers that it could have added. */
const waitForMention = (panel: Frame) =>
  waitForRecorded(panel, 'worker-scripts', ({ mentions }) =>
    mentions.some(({ name, as }) => name === 'backgroundfetchabort' && as === 'listener'),
  )

for (const [handler, { verdict, finding, stop }] of Object.entries(wrong)) {
  inEveryRunIf(handler === 'none')(
    `wrong: the handler ${handler}, and its notes are still there`,
    async () => {
      const tab = await openAudited(bench, handler)
      const id = nextId()
      const prepare = stop ? () => pressStop(tab.panel) : undefined
      await startAndAbort(tab, id, undefined, { prepare })
      const shown = await verdictOf(tab.panel, id)
      expect(shown.verdict).toMatch(
        /^wrong: .*2 items name this fetch: .*: talk-\d+; parts\/talk-\d+\.part, \d+ B$/,
      )
      expect(shown.verdict).toMatch(verdict)
      expect(new Set(shown.findings)).toEqual(new Set([expect.stringMatching(finding), ...withNotes]))
      if (handler !== 'none') return
      await waitForMention(tab.panel)
      const { text } = await cleanUp(tab.panel)
      expect(text).not.toMatch(/Handler added at|by the text of the script/)
    },
  )
}

inFullRun('wrong: an asynchronous handler that waits for nothing', async () => {
  const tab = await openAudited(bench, 'no-wait-until')
  const id = nextId()
  await startAndAbort(tab, id, undefined, { prepare: () => pressStop(tab.panel) })
  const shown = await verdictOf(tab.panel, id)
  expect(shown.verdict).toMatch(/^wrong: The handler is asynchronous and never called waitUntil\(\)/)
})

inFullRun('wrong: work that goes on after the event', async () => {
  const tab = await openAudited(bench, 'after')
  const id = nextId()
  await startAndAbort(tab, id)
  const shown = await verdictOf(tab.panel, id)
  expect(shown.verdict).toMatch(/^wrong: Storage changed after the event ended/)
  expect(shown.findings).toEqual([expect.stringMatching(/longwave\/downloads: last-abort/)])
})

test('errors: a handler that cleans up, and reports an error itself', async () => {
  const tab = await openAudited(bench, 'chatty')
  const id = nextId()
  await startAndAbort(tab, id)
  const shown = await verdictOf(tab.panel, id)
  expect(shown.verdict).toMatch(/^errors: \d errors? logged.*(Could not report|Clean-up finished)/)
  expect(shown.text).toMatch(/ Errors in the worker While the event was handled/)
})

inFullRun('wrong: an event that is not over after half a minute', async () => {
  const tab = await openAudited(bench, 'never')
  const id = nextId()
  await startAndAbort(tab, id)
  const judged = () => rowsLike(tab.panel, { fetch: id, name: /^verdict/ })
  await expect.poll(judged, { timeout: 45_000 }).toHaveLength(1)
  const shown = await verdictOf(tab.panel, id, /^verdict: wrong so far$/)
  expect(shown.verdict).toMatch(/^wrong so far: The event is not over.*2 items name this fetch/)

  const stillRunning = () => rowsLike(tab.panel, { fetch: id, name: 'still running' })
  await eventually(stillRunning).toHaveLength(1)
  expect((await stillRunning())[0]?.text).toMatch(/not over after 3\d\.\d+ s/)
  await tab.page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ type: 'confirm-clean-up' })
  })
  await waitForRow(tab.panel, { fetch: id, name: 'backgroundfetchabort done' })
  expect(await stillRunning()).toHaveLength(1)
})

import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { chooseEntry, disabledReasons, openFetchMenu } from '../support/menu'
import { openTraced } from '../support/open-fetch'
import { startFetch } from '../support/page'
import { eventually, waitForEnded, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { startSite } from '../support/site'
import type { Tab } from '../support/tab'
import { HANDLED, inWorker, pressStop, setTrace, waitForWorker, workerStory } from '../support/trace'

const bench = useBench()

const ENTRY = 'Dispatch synthetic backgroundfetchclick'
const synthetic = (name: string) => `${name} (synthetic)`

/** Has a synthetic event dispatched with the menu of a fetch. */
async function dispatch(tab: Tab, id: string): Promise<void> {
  await openFetchMenu(tab, id, ENTRY)
  await chooseEntry(tab.panel, ENTRY)
}

/** A site of its own with a worker that is traced, and an active fetch. */
async function openSite(script: string, type: WorkerType = 'classic') {
  const site = await startSite()
  const tab = await bench.openTab(site.url)
  await setTrace(tab.panel, true)
  await tab.page.evaluate((script, type) => navigator.serviceWorker.register(script, { type }), script, type)
  await waitForWorker(tab.panel)
  await tab.page.evaluate(async () => {
    const { backgroundFetch } = await navigator.serviceWorker.ready
    await backgroundFetch.fetch('map', ['/endless'])
  })
  await waitForLive(tab.panel, 'map')
  return { site, ...tab }
}

test('a synthetic click starts the worker and runs its handler; what fails for want of a click is said to, and nothing else changes', async () => {
  const tab = await openTraced(bench)
  const { page, panel } = tab
  await startFetch(page, 'map')
  await waitForLive(panel, 'map')
  await pressStop(panel)
  await dispatch(tab, 'map')
  await waitForRow(panel, { fetch: 'map', source: 'panel', name: 'synthetic event requested' })
  await waitForRow(panel, { fetch: 'map', name: synthetic('backgroundfetchclick done') })
  const rejected = await waitForRow(panel, { fetch: 'map', name: synthetic('promise #1 rejected') })
  expect(rejected.text).toMatch(
    /InvalidAccessError: Not allowed to open a window.*; because the event is synthetic/,
  )
  expect((await workerStory(panel, 'map')).slice(0, 3)).toEqual(
    ['backgroundfetchclick dispatched', 'waitUntil() #1', 'handler returned'].map(synthetic),
  )
  // The real event is what the fetch is judged by.
  await pressAbort(panel, 'map')
  await waitForRow(panel, { fetch: 'map', name: 'records released' })
  expect((await waitForEnded(panel, 'map', ({ verdict }) => verdict !== '')).outcome).toBe('aborted · panel')
  expect((await workerStory(panel, 'map')).slice(-HANDLED.length)).toEqual(HANDLED)
})

inFullRun(
  'the stand-in for waitUntil() takes, refuses and waits as the browser’s, and nothing else is changed',
  async () => {
    const { site, panel, ...tab } = await openSite('/clicks.js')
    try {
      await dispatch({ panel, ...tab }, 'map')
      await waitForRow(panel, {
        fetch: 'map',
        name: synthetic('backgroundfetchclick done'),
        text: /1 of 5 promises rejected/,
      })
      await waitForRow(panel, {
        fetch: 'map',
        name: synthetic('waitUntil() refused'),
        text: /already finished/,
      })
      await waitForRow(panel, {
        fetch: 'map',
        name: synthetic('waitUntil() #2'),
        text: /A function was passed/,
      })
      await waitForRow(panel, { fetch: 'map', name: synthetic('uncaught'), text: /no/ })
      const notes = await inWorker<string[]>(bench.browser, site.url, 'self.notes')
      expect(notes).toEqual([
        'backgroundfetchclick false BackgroundFetchEvent map ""',
        'own isTrusted,waitUntil waitUntil 1',
        'changed false false',
        'nothing TypeError TypeError',
        'prototype DOMException InvalidStateError',
        'of the script DOMException InvalidStateError',
        // The script that dispatches it runs all the while.
        'second listener',
        'attribute',
        'in a microtask taken',
        'unhandled no',
        'while it waits taken',
        'late DOMException InvalidStateError',
      ])
    } finally {
      await site.close()
    }
  },
)

inFullRun('a worker that is known to have no listener gets no event', async () => {
  const { site, panel, ...tab } = await openSite('/no-click.js', 'module')
  try {
    await dispatch({ panel, ...tab }, 'map')
    const { text } = await waitForRow(panel, { fetch: 'map', name: 'synthetic event not dispatched' })
    expect(text).toMatch(/The worker has no listener for backgroundfetchclick$/)
    await eventually(() =>
      panel.$$eval('[data-notice]', (all) => all.map(({ textContent }) => textContent)),
    ).toEqual(['map The worker has no listener for backgroundfetchclick'])
    expect(await workerStory(panel, 'map')).toEqual([])
    await setTrace(panel, false)
    await openFetchMenu({ panel, ...tab }, 'map', ENTRY)
    expect(await disabledReasons(panel)).toEqual([expect.stringMatching(/^Needs tracing/)])
  } finally {
    await site.close()
  }
})

inFullRun('a worker that has replaced what is needed gets no event', async () => {
  const { site, panel, ...tab } = await openSite('/clicks.js')
  try {
    await inWorker(
      bench.browser,
      site.url,
      'void (self.dispatchEvent = EventTarget.prototype.dispatchEvent = () => {})',
    )
    await dispatch({ panel, ...tab }, 'map')
    await waitForRow(panel, {
      fetch: 'map',
      name: 'synthetic event not dispatched',
      text: /has replaced built-in functions/,
    })
    expect(await workerStory(panel, 'map')).toEqual([])
  } finally {
    await site.close()
  }
})

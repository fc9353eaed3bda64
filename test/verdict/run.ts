import type { Frame, Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect } from 'vitest'
import { type Shown, verdictOf } from '../support/audit'
import { inEveryRunIf, inTurn } from '../support/full'
import { type Bench, useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { type Site, startSite } from '../support/site'
import type { Tab } from '../support/tab'
import { setTrace, waitForWorker } from '../support/trace'
import { createRoutes } from './routes'

/** One fetch, what the site does around it, and what the panel must say of it. */
export interface Case {
  readonly name: string
  /** What the worker does at the end: see test/fixtures/verdicts.js. */
  readonly handler: string
  readonly id: string
  readonly urls?: readonly string[]
  /** Runs in the page, with the functions of test/fixtures/writes.js: before the panel is opened, and while it is open. */
  readonly before?: string
  readonly staged?: string
  /** The page in which `before` ran stays open, with the connections that it holds. */
  readonly held?: boolean
  /** The same after the fetch has begun. */
  readonly during?: string
  /** It goes on when a response with such a row has come. */
  readonly responded?: RegExp
  /** It is aborted by the page; otherwise it ends by itself. */
  readonly aborted?: boolean
  readonly traced?: boolean
  /** It is run with the tracer and without: nothing in it depends on what the worker does, and a page can list it. */
  readonly both?: boolean
  /** Another one of its kind is run each time. */
  readonly onlyInFullRun?: boolean
  readonly verdict: RegExp
  readonly findings?: readonly RegExp[]
  readonly requests?: readonly RegExp[]
  /** What was not compared: these and no others. */
  readonly gaps?: readonly RegExp[]
}

/** Runs an expression in the page, with the functions of the fixture in scope. */
export const inPage = (page: Page, code: string): Promise<unknown> =>
  page.evaluate(`(async () => {
    const { putRow, deleteRow, writeFile, putEntry } = await import('/writes.js')
    ${code}
  })()`)

export const register = (page: Page, handler: string): Promise<void> =>
  page.evaluate(async (url) => {
    await navigator.serviceWorker.register(url, { type: 'module' })
    const { active } = await navigator.serviceWorker.ready
    if (active?.state === 'activated') return
    await new Promise((resolve) => active?.addEventListener('statechange', resolve))
  }, `/verdicts.js?handler=${handler}`)

export const waitForBaseline = (panel: Frame) => waitForRow(panel, { name: 'Storage baseline taken' })

export interface Ran {
  readonly tab: Tab
  readonly shown: Shown
}

/** Opens a site of its own with the panel, runs the fetch, and gives what the panel says of it. */
export async function run(bench: Bench, site: Site, one: Case): Promise<Ran> {
  const { id, handler, before, held = false, staged, during, responded, aborted = false, traced = true } = one
  const urls = one.urls ?? [aborted ? '/endless' : '/bytes?size=1000']
  if (before) {
    const first = await bench.openPage(site.url)
    await inPage(first, before)
    if (!held) await first.close()
  }
  const tab = await bench.openTab(site.url)
  const { page, panel } = tab
  await setTrace(panel, traced)
  await register(page, handler)
  if (traced) await waitForWorker(panel)
  await waitForBaseline(panel)
  if (staged) await inPage(page, staged)
  await startFetch(page, id, urls)
  if (during) await inPage(page, during)
  if (aborted) {
    await waitForLive(panel, id)
    if (responded) await waitForRow(panel, { fetch: id, name: 'response ready', text: responded })
    await abortInPage(page, id)
  }
  return { tab, shown: await verdictOf(panel, id) }
}

export const startVerdictSite = (): Promise<Site> => startSite(0, createRoutes())

/** Each pattern fits one of the lines. */
const expectLines = (lines: readonly string[], patterns: readonly RegExp[] = []): void =>
  expect(lines).toEqual(expect.arrayContaining(patterns.map((pattern) => expect.stringMatching(pattern))))

/** Makes a test of each case, on a site of its own in the tab that they share. */
export function runCases(cases: readonly Case[]): void {
  const bench = useBench()
  let site: Site
  beforeEach(async () => {
    site = await startVerdictSite()
  })
  afterEach(() => site.close())
  const all = cases.flatMap((one, i) =>
    one.both ? inTurn(i, [one, { ...one, name: `untraced: ${one.name}`, traced: false }]) : [one],
  )
  for (const one of all) {
    inEveryRunIf(!one.onlyInFullRun)(one.name, async () => {
      const { shown } = await run(bench, site, one)
      expect(shown.verdict).toMatch(one.verdict)
      expectLines(shown.findings, one.findings)
      expectLines(shown.requests, one.requests)
      if (one.findings?.length === 0) expect(shown.findings).toEqual([])
      if (one.gaps) expect(shown.gaps).toEqual(one.gaps.map((pattern) => expect.stringMatching(pattern)))
    })
  }
}

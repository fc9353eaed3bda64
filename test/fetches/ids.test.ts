import { describe, expect, test } from 'vitest'
import { visible } from '../../panel/i18n/visible'
import { shownId } from '../../panel/model/shown-id'
import { inEveryRunIf, inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openFetch, openTraced, openWithWorker } from '../support/open-fetch'
import { abortInPage, media, startFetch } from '../support/page'
import { eventually, waitForGone, waitForLive, waitForRow } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { liveRows, logRows, rowsLike } from '../support/rows'
import { ABORTED, story } from '../support/story'

const bench = useBench()

const ids = {
  'with spaces and quotes': `it's "a" \`fetch\` \\ with spaces`,
  'of HTML': '<img src=x onerror="globalThis.hacked = true"><b>bold</b>',
  'of emoji': '🎧👩‍👩‍👧 épisode',
  'written from right to left': 'تنزيل \u202egnp.exe',
  'with a newline and a tab': 'first\nsecond\tthird',
  'of 10 kB': 'long '.repeat(2000).trim(),
  'that looks like a selector': '"] , * { } #x',
  'of NUL': 'first\u0000second',
  'of a carriage return': 'first\r\nsecond',
  'with white space at its ends': '  first ',
  'of white space only': '  ',
}

/** The others are like one of these. */
const IN_EVERY_RUN = ['of HTML', 'of white space only']

/** An id as the log shows it. */
const shown = (id: string) => {
  const line = visible(shownId(id).replace(/[\t-\r ]+/g, ' '))
  return line.length > 80 ? `${line.slice(0, 71)}…${line.slice(-8)}` : line
}

describe('an id', () => {
  for (const [what, id] of Object.entries(ids)) {
    inEveryRunIf(IN_EVERY_RUN.includes(what))(
      `${what} is listed as it is, can be aborted and is reported right`,
      async () => {
        const { panel } = await openFetch(bench, id)
        await pressAbort(panel, visible(shownId(id)))
        await waitForRow(panel, { fetch: shown(id), name: 'records released' })
        expect(await story(panel, shown(id))).toEqual(ABORTED)
        await waitForGone(panel, id)
        expect(await panel.evaluate(() => document.querySelector('img, b b'))).toBeNull()
        expect(await panel.evaluate(() => 'hacked' in globalThis)).toBe(false)
      },
    )
  }

  test('that is long is whole where there is room, and shows its end where there is none', async () => {
    const { devtools, page, panel } = await openWithWorker(bench)
    const id = 'season-2026-autumn-episode-0001'
    await startFetch(page, id)
    await waitForLive(panel, id)
    await waitForRow(panel, { fetch: id, name: 'fetch started' })
    /** Whether its start is cut, and whether its end is in view, in the table and in the log. */
    const shownAs = () =>
      panel.$$eval(`[aria-label="${id}"]`, (buttons) =>
        // The one of the table, and the first of the log.
        buttons.slice(0, 2).map((button) => {
          const [head, tail] = button.firstElementChild?.children ?? []
          const cut = head !== undefined && head.scrollWidth > head.clientWidth
          const edge = button.getBoundingClientRect().right
          const end = tail !== undefined && tail.getBoundingClientRect().right <= edge + 0.5
          return { text: tail?.textContent, cut, end }
        }),
      )
    const text = 'ode-0001'
    await devtools.setViewport({ width: 1600, height: 700 })
    await eventually(shownAs).toEqual([
      { text, cut: false, end: true },
      { text, cut: expect.any(Boolean), end: true },
    ])
    await devtools.setViewport({ width: 330, height: 700 })
    await eventually(shownAs).toEqual([
      { text, cut: true, end: true },
      { text, cut: expect.any(Boolean), end: true },
    ])
    // With its buttons there is room for not even the end: what goes is its start.
    await press(panel, id)
    await panel.waitForSelector('[aria-label="Details of the selected fetch"]')
    await eventually(shownAs).toMatchObject([
      { text, end: true },
      { text, end: true },
    ])
    expect(
      await panel.$eval('[aria-label="Details of the selected fetch"] h2', (title) => {
        const end = title.querySelector('span > span:last-child')?.getBoundingClientRect().right ?? Infinity
        return end <= title.getBoundingClientRect().right + 0.5
      }),
    ).toBe(true)
  })

  test('that is no UTF-8 hides nothing of the fetch after it', async () => {
    const { page, panel } = await openTraced(bench, 'discard')
    await page.evaluate(`(async () => {
      const { backgroundFetch } = await navigator.serviceWorker.ready
      globalThis.odd = await backgroundFetch.fetch('half \\ud800', ['${media('odd')}'])
      // Scripts get an empty ID, with which they can't find it.
      if (odd.id !== '' || !(await backgroundFetch.getIds()).includes('')) throw new Error(odd.id)
    })()`)
    await startFetch(page, 'next')
    await waitForLive(panel, 'next')
    expect((await liveRows(panel)).map(({ id }) => id)).toEqual(['next'])
    await page.evaluate('odd.abort()')
    await waitForRow(panel, { fetch: '""', name: 'backgroundfetchabort done' })
    expect(await rowsLike(panel, { fetch: 'next', name: /^fetch / })).toMatchObject([
      { name: 'fetch started' },
    ])
  })

  inFullRun('is shown whole in the details', async () => {
    const { page, panel } = await openWithWorker(bench)
    const id = ids['with a newline and a tab']
    await startFetch(page, id)
    await waitForLive(panel, id)
    await press(panel, shown(id))
    const details = await panel.waitForSelector('[aria-label="Details of the selected fetch"]')
    expect(await details?.evaluate((element) => element.textContent)).toContain(id)
  })

  test('that is used again after its fetch ended makes a second fetch, with rows of its own', async () => {
    const { page, panel } = await openFetch(bench, 'twice')
    await pressAbort(panel, 'twice')
    await waitForRow(panel, { fetch: 'twice', name: 'records released' })
    await startFetch(page, 'twice')
    await waitForLive(panel, 'twice', (row) => row.shown === 'twice #2')
    await abortInPage(page, 'twice')
    await waitForRow(panel, { fetch: 'twice #2', name: 'records released' })
    expect(await story(panel, 'twice')).toEqual(ABORTED)
    expect(await story(panel, 'twice #2')).toEqual([
      'page fetch started',
      'page settled: failure, aborted',
      'page records released',
    ])
    expect(await rowsLike(panel, { fetch: 'twice #2', text: /Aborted by code in the page/ })).toHaveLength(1)
  })

  test('that is used again at once is not mixed up with its predecessor', async () => {
    const { page, panel } = await openFetch(bench, 'at-once')
    await page.evaluate(async () => {
      const { backgroundFetch } = await navigator.serviceWorker.ready
      await (await backgroundFetch.get('at-once'))?.abort()
      await backgroundFetch.fetch('at-once', ['/media/b.wav?size=60000000&rate=300000'])
    })
    await waitForLive(panel, 'at-once', (row) => row.shown === 'at-once #2')
    expect(await liveRows(panel)).toHaveLength(1)
    await waitForRow(panel, { fetch: 'at-once', name: 'settled: failure, aborted' })
    expect((await logRows(panel)).filter(({ fetch }) => fetch === 'at-once #2')[0]?.name).toBe(
      'fetch started',
    )
  })
})

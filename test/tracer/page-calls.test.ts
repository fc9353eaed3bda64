import { expect, test } from 'vitest'
import { startNoted } from '../support/audit'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { waitForNotice } from '../support/notices'
import { abortInPage, addFrame, media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { endedRows, rowsLike } from '../support/rows'
import { startSite } from '../support/site'
import { setTrace, waitForScripts, waitForWorker } from '../support/trace'

const bench = useBench()

async function openTraced(path = '/blank.html') {
  const tab = await bench.openTab(path)
  await setTrace(tab.panel, true)
  await registerWorker(tab.page, { handler: 'discard' })
  await waitForWorker(tab.panel)
  return tab
}

test('a fetch is shown with the place that started it, and its abort with the script that called it', async () => {
  const { page, panel } = await openTraced()
  await startNoted(page, 'called')
  await waitForLive(panel, 'called')
  const started = await waitForRow(panel, { fetch: 'called', name: 'fetch started' })
  expect(started.text).toMatch(/; by startFetch.*start-fetch\.js:\d+$/)
  await abortInPage(page, 'called')
  await waitForRow(panel, { fetch: 'called', name: 'abort() called' })
  await waitForRow(panel, {
    fetch: 'called',
    name: 'settled: failure, aborted',
    text: /Aborted by code in the page/,
  })
  await eventually(async () => (await endedRows(panel)).map(({ outcome }) => outcome)).toEqual([
    expect.stringMatching(/^aborted · script/),
  ])
  // The bridge's own call, from its own world, is none of the page.
  await startFetch(page, 'panel', [media('endless')])
  await waitForLive(panel, 'panel')
  await panel.$eval('[aria-label="Abort panel"]', (button) => (button as HTMLElement).click())
  await waitForRow(panel, { fetch: 'panel', name: 'records released' })
  expect(await rowsLike(panel, { fetch: 'panel', name: 'abort() called' })).toEqual([])
})

test('of an abort at a known place the table and the notice say it', async () => {
  const { page, panel } = await openTraced()
  await waitForScripts(panel)
  await startFetch(page, 'placed', [media('endless')])
  await waitForLive(panel, 'placed')
  await page.evaluate(`navigator.serviceWorker.ready
    .then(({ backgroundFetch }) => backgroundFetch.get('placed'))
    .then((one) => one.abort())
    //# sourceURL=${new URL('/app.js', bench.demo.url).href}`)
  const outcomes = async () => (await endedRows(panel)).map(({ outcome }) => outcome)
  await eventually(outcomes).toEqual(['aborted · app.js:3'])
  await eventually(() =>
    panel.$eval('tr[data-id="placed"] [data-column="state"]', (cell) => cell.getAttribute('title')),
  ).toMatch(/^aborted · app\.js:3\nAborted by the page at app\.js:3\./)
  await waitForNotice(panel, /^placed aborted by the page at app\.js:3$/)
})

inFullRun('calls in a frame, and in a page that was loaded again, are traced as well', async () => {
  const { page, panel } = await openTraced()
  await page.reload()
  const frame = await addFrame(page, new URL('/blank.html?frame', bench.demo.url).href)
  for (const [id, where] of [
    ['reloaded', page],
    ['framed', frame],
  ] as const) {
    await startFetch(where, id, [media('endless')])
    await waitForLive(panel, id)
    await abortInPage(where, id)
    await waitForRow(panel, { fetch: id, name: 'abort() called' })
  }
})

test('calls that a page makes at once, right before it leaves, are all rows', async () => {
  const { page, panel } = await openTraced()
  const ids = ['first', 'second', 'third']
  for (const id of ids) await startFetch(page, id, [media('endless')])
  for (const id of ids) await waitForLive(panel, id)
  await page.evaluate(async (ids) => {
    const { backgroundFetch } = await navigator.serviceWorker.ready
    const all = await Promise.all(ids.map((id) => backgroundFetch.get(id)))
    setTimeout(() => {
      for (const one of all) void one?.abort()
      location.href = '/blank.html?next'
    })
  }, ids)
  for (const id of ids) await waitForRow(panel, { fetch: id, name: 'abort() called' })
})

test('of an abort in pagehide nobody is said to have called it, and nobody to have not', async () => {
  const { page, panel } = await openTraced()
  await startFetch(page, 'leaving', [media('endless')])
  await waitForLive(panel, 'leaving')
  await page.evaluate(async () => {
    const { backgroundFetch } = await navigator.serviceWorker.ready
    const one = await backgroundFetch.get('leaving')
    addEventListener('pagehide', () => void one?.abort())
  })
  await page.goto(new URL('/blank.html?next', bench.demo.url).href)
  await waitForRow(panel, { fetch: 'leaving', name: 'end not observed', text: /got backgroundfetchabort/ })
  await waitForRow(panel, { fetch: 'leaving', name: 'backgroundfetchabort done' })
  // The browser gives up what the page had to say as it leaves: the call is no row.
  const [row] = await endedRows(panel)
  const called = await rowsLike(panel, { fetch: 'leaving', name: 'abort() called' })
  expect(row?.outcome).toMatch(called.length > 0 ? /^aborted · script/ : /^aborted · page left\?$/)
  expect(await rowsLike(panel, { name: 'no call of abort() seen' })).toEqual([])
})

/** Puts a function of its own in the place of abort(). */
const REPLACES = `<!doctype html><script>
  const { abort } = BackgroundFetchRegistration.prototype
  BackgroundFetchRegistration.prototype.abort = function () { return abort.call(this) }
</script>`

test('a frame that replaces abort() hides no call of the page', async () => {
  const site = await startSite(0, ({ pathname }, _, response) => {
    if (pathname !== '/replaces') return false
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(REPLACES)
    return true
  })
  try {
    const { page, panel } = await openTraced()
    // The same site on another port: its documents and those of the page are in one process.
    const frame = await addFrame(page, `${site.url}replaces`)
    // A call in it, too.
    await frame.evaluate(`{
      const { prototype } = BackgroundFetchRegistration
      prototype.abort.call(Object.create(prototype, { id: { value: 'of the frame' } })).catch(() => {})
    }`)
    await startFetch(page, 'hidden', [media('endless')])
    await waitForLive(panel, 'hidden')
    await abortInPage(page, 'hidden')
    await waitForRow(panel, { fetch: 'hidden', name: 'abort() called' })
  } finally {
    await site.close()
  }
})

inFullRun(
  'a call on the registration of an earlier fetch of the ID is said to have done nothing',
  async () => {
    const { page, panel } = await openTraced()
    for (let n = 0; n < 2; n++) {
      await startFetch(page, 'again', [media('endless')])
      await waitForLive(panel, 'again')
      if (n > 0) break
      await page.evaluate(async () => {
        const { backgroundFetch } = await navigator.serviceWorker.ready
        const earlier = await backgroundFetch.get('again')
        Object.assign(globalThis, { earlier })
        await earlier?.abort()
      })
      await waitForRow(panel, { fetch: /^again/, name: 'records released' })
    }
    expect(await page.evaluate('earlier.abort()')).toBe(false)
    await waitForRow(panel, { fetch: /^again/, name: 'abort() called', text: /so the call had no effect$/ })
    const other = await bench.openPage('/blank.html')
    await abortInPage(other, 'again')
    await eventually(async () => (await endedRows(panel)).map(({ outcome }) => outcome)).toEqual([
      expect.stringMatching(/^aborted · (no call seen|unknown)/),
      expect.stringMatching(/^aborted · script/),
    ])
  },
)

/** The call is on line 3. */
const CALLS_AGAIN = `self.callAgain = async (url) => {
  const { backgroundFetch } = await navigator.serviceWorker.ready
  await backgroundFetch.fetch('twice', [url]).catch(() => {})
}
//# sourceURL=https://pod.example/again.js`

test('a call of fetch() for which no fetch was seen is a row, with its place and what is known of the cause', async () => {
  const { page, panel } = await openTraced()
  await page.addScriptTag({ content: CALLS_AGAIN })
  await startFetch(page, 'twice', [media('endless')])
  // Where both calls are made at one time, it is not known which of them started it.
  await waitForRow(panel, { fetch: 'twice', name: 'progress' })
  await page.evaluate(`callAgain('${media('endless')}')`)
  const { text } = await waitForRow(panel, { name: 'no fetch seen' })
  expect(text).toMatch(/^no fetch seen fetch\(“twice”\).*a background fetch with this ID was active/)
  const links = () =>
    panel.$$eval('[data-row] button[title*="again.js"]', (all) =>
      all.map(
        (link) => `${link.closest('[data-row]')?.querySelector('b')?.textContent}: ${link.textContent}`,
      ),
    )
  await eventually(links).toEqual([expect.stringMatching(/^no fetch seen: .*again\.js:3$/)])

  // The page does not catch what this one is rejected with.
  await page.evaluate(() => {
    setTimeout(
      () =>
        void navigator.serviceWorker.ready.then(({ backgroundFetch }) => backgroundFetch.fetch('none', [])),
    )
  })
  await waitForRow(panel, { name: 'fetch() rejected', text: /fetch\(“none”\) was rejected: TypeError: / })
})

test('a page can’t tell that its calls are traced', async () => {
  const tab = await bench.openTab('/blank.html')
  const { page, panel } = tab
  await registerWorker(page, { handler: 'discard' })
  const look = () =>
    page.evaluate(() => {
      const { BackgroundFetchManager, BackgroundFetchRegistration } = globalThis as unknown as Record<
        string,
        { prototype: { fetch: () => void; abort: () => void } }
      >
      if (!BackgroundFetchManager || !BackgroundFetchRegistration) throw new Error('No Background Fetch.')
      const { fetch } = BackgroundFetchManager.prototype
      const { abort } = BackgroundFetchRegistration.prototype
      const keys = (it: object) => Reflect.ownKeys(it).map(String)
      return JSON.stringify([
        keys(globalThis),
        keys(fetch),
        keys(abort),
        keys(BackgroundFetchManager.prototype),
        keys(BackgroundFetchRegistration.prototype),
        `${fetch} ${abort} ${fetch.name} ${fetch.length}`,
      ])
    })
  const before = await look()
  await setTrace(panel, true)
  await waitForWorker(panel)
  await page.evaluate(() => {
    const seen: unknown[] = []
    Object.assign(Error, { prepareStackTrace: (error: Error) => seen.push(String(error)) })
    Object.assign(globalThis, { seen: () => seen.splice(0) })
  })
  await startFetch(page, 'watched', [media('endless')])
  await waitForLive(panel, 'watched')
  await page.evaluate(`(async () => {
    const { backgroundFetch } = await navigator.serviceWorker.ready
    const one = await backgroundFetch.get('watched')
    const read = (name) => ({ get: () => void Error.prepareStackTrace(name) })
    for (const name of ['id', 'result', 'recordsAvailable']) Object.defineProperty(one, name, read(name))
    Object.defineProperty(Object.prototype, 0, { configurable: true, ...read(0) })
    await one.abort()
    delete Object.prototype[0]
  })()`)
  await waitForRow(panel, { fetch: 'watched', name: 'abort() called', text: /The place is unknown/ })
  expect(await page.evaluate('seen()')).toEqual([])
  await page.evaluate('delete Error.prepareStackTrace; delete globalThis.seen')
  expect(await look()).toBe(before)
})

import type { Frame, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { atScale, FULL } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive } from '../support/panel'
import { setTrace, TRIES, waitForWorker } from '../support/trace'

const bench = useBench()

/** The attributes of a fetch in its details, by their names. */
async function attributesOf(panel: Frame, id: string): Promise<Record<string, string>> {
  const row = `tr[data-id="${id}"] [data-select]`
  await panel.waitForSelector(row)
  const read = () =>
    panel.$$eval('[aria-label="Attributes"] dt', (names) =>
      Object.fromEntries(
        names.map((name) => [name.textContent, (name.nextElementSibling as HTMLElement).innerText]),
      ),
    )
  // A click on the one that is selected closes the details.
  if ((await read()).id !== id) await panel.$eval(row, (button) => (button as HTMLElement).click())
  return read()
}

/**
 * The calls of a page are seen some moments after tracing is switched on. Once the options of one are read, those of
 * later calls are.
 */
async function untilOptionsAreRead(page: Page, panel: Frame, tries = 1): Promise<void> {
  const id = `earlier ${tries}`
  await startFetch(page, id, [media('endless')], { title: 'Earlier' })
  await waitForLive(panel, id)
  const read = expect
    .poll(() => attributesOf(panel, id), { timeout: 3000 })
    .toHaveProperty('title', 'Earlier')
  const error = await read.then(
    () => null,
    (reason: unknown) => reason,
  )
  await abortInPage(page, id)
  if (error && tries >= TRIES) throw error
  if (error) await untilOptionsAreRead(page, panel, tries + 1)
}

test('the title and the icons that the page gave are attributes of the fetch', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await registerWorker(page, { handler: 'discard' })
  await setTrace(panel, false)
  await startFetch(page, 'before', [media('endless')], { title: 'Not traced' })
  await waitForLive(panel, 'before')
  await setTrace(panel, true)
  await waitForWorker(panel)
  await untilOptionsAreRead(page, panel)
  const icons = [{ src: 'a.png?size=48', sizes: '48x48' }, { src: '/b.svg' }]
  await startFetch(page, 'given', [media('endless')], { title: 'An “episode”', icons })
  await eventually(() => attributesOf(panel, 'given')).toMatchObject({
    title: 'An “episode”',
    icons: 'a.png?size=48 48x48\n/b.svg',
  })
  expect(await attributesOf(panel, 'before')).not.toHaveProperty('title')
})

/** Options that note all that is done with them, and a call that has none. */
const KINDS = [
  'getters',
  'proxy',
  'inherited',
  'proxy-of-icons',
  'proxy-of-icon',
  'icon-getters',
  'like-an-array',
  'none',
] as const

/** Starts a fetch with such options; what is done with them is noted in the page's `heard`. */
async function startNoting(page: Page, kind: (typeof KINDS)[number], id: string): Promise<void> {
  await page.evaluate(
    async (kind, id, url) => {
      const heard: string[] = []
      Object.assign(globalThis, { heard })
      const note = (what: string, value?: string) => ({
        configurable: true,
        get() {
          heard.push(what)
          return value
        },
      })
      /** Its handler is a Proxy, too, which hears of each trap that is looked for. */
      const noting = (target: object, name: string) => {
        const get = (_: object, trap: string | symbol) => void heard.push(`${name} ${String(trap)}`)
        return new Proxy(target, new Proxy({}, { get }))
      }
      const icon = () => ({ src: '/a.png', sizes: '48x48' })
      const given = {
        getters: () => Object.defineProperties({}, { title: note('title'), icons: note('icons') }),
        proxy: () => noting({ title: 'Of a Proxy', icons: [icon()] }, 'options'),
        inherited: () => Object.create(noting({ title: 'Inherited' }, 'prototype')),
        'proxy-of-icons': () => ({ icons: noting([icon()], 'icons') }),
        'proxy-of-icon': () => ({ icons: [noting(icon(), 'icon')] }),
        'icon-getters': () => ({
          icons: [Object.defineProperty({ sizes: '' }, 'src', note('src', '/a.png'))],
        }),
        'like-an-array': () =>
          Object.defineProperties({}, { splice: note('splice'), length: note('length') }),
        none: () => undefined,
      }
      const { backgroundFetch } = await navigator.serviceWorker.ready
      const options = given[kind]()
      if (options) return void (await backgroundFetch.fetch(id, [url], options))
      // The third argument, which is not given.
      Object.defineProperty(Object.prototype, 2, note('2'))
      const started = backgroundFetch.fetch(id, [url])
      Reflect.deleteProperty(Object.prototype, 2)
      await started
    },
    kind,
    id,
    media('endless'),
  )
}

test('a page can’t tell that its options are read, and what only its code can say is not shown', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await registerWorker(page, { handler: 'discard' })
  await setTrace(panel, false)
  const untraced = new Map<string, unknown>()
  const kinds = KINDS.slice(0, atScale(3, KINDS.length))
  for (const kind of kinds) {
    await startNoting(page, kind, `untraced ${kind}`)
    untraced.set(kind, await page.evaluate('heard'))
    await abortInPage(page, `untraced ${kind}`)
  }
  expect(untraced.get('getters')).toEqual(expect.arrayContaining(['title', 'icons']))
  expect(untraced.get('proxy')).toContain('options get')
  expect(untraced.get('inherited')).toContain('prototype get')
  await setTrace(panel, true)
  await waitForWorker(panel)
  await untilOptionsAreRead(page, panel)
  for (const kind of kinds) {
    const id = `traced ${kind}`
    await startNoting(page, kind, id)
    const names = async () => Object.keys(await attributesOf(panel, id))
    await eventually(names).toContain('initiator')
    // What is read of a later call is read after it.
    await startFetch(page, `after ${kind}`, [media('endless')], { title: 'Later' })
    await eventually(() => attributesOf(panel, `after ${kind}`)).toHaveProperty('title', 'Later')
    expect(await page.evaluate('heard')).toEqual(untraced.get(kind))
    await eventually(names).toContain('initiator')
    expect(await names()).not.toContain('title')
    expect(await names()).not.toContain('icons')
    for (const one of [id, `after ${kind}`]) await abortInPage(page, one)
  }
})

/** Starts fetches with errors at each place of the options; the errors whose stacks were prepared are in the page's `prepared`. */
const startWithErrors = (page: Page, when: string) =>
  page.evaluate(
    async (when, url) => {
      const { Error: Other } = document.body.appendChild(document.createElement('iframe'))
        .contentWindow as Window & typeof globalThis
      const prepared: string[] = []
      for (const one of [Error, Other]) one.prepareStackTrace = ({ message }) => void prepared.push(message)
      const { backgroundFetch } = await navigator.serviceWorker.ready
      const given = {
        error: Object.assign(new Error('options'), { title: 'Of an error' }),
        exception: Object.assign(new DOMException('exception'), { title: 'Of an exception' }),
        properties: {
          title: new Error('title'),
          icons: Object.assign(new Error('icons'), { [Symbol.iterator]: () => [].values() }),
        },
        icon: { title: new Other('frame'), icons: [Object.assign(new Error('icon'), { src: '/a.png' })] },
      }
      for (const [where, options] of Object.entries(given))
        await backgroundFetch.fetch(`${when} ${where}`, [url], options as BackgroundFetchOptions)
      Object.assign(globalThis, { prepared })
      return Object.keys(given).map((where) => `${when} ${where}`)
    },
    when,
    media('endless'),
  )

test.each(FULL ? [true, false] : [])(
  'of an error in the options no stack is prepared and nothing read; the page prepared stacks before: %s',
  async (before) => {
    const { page, panel } = await bench.openTab('/blank.html')
    await registerWorker(page, { handler: 'discard' })
    await setTrace(panel, false)
    if (before) {
      for (const id of await startWithErrors(page, 'untraced')) await abortInPage(page, id)
      expect(await page.evaluate('prepared')).toEqual([])
    }
    await setTrace(panel, true)
    await waitForWorker(panel)
    await untilOptionsAreRead(page, panel)
    const ids = await startWithErrors(page, 'traced')
    await startFetch(page, 'later', [media('endless')], { title: 'Later' })
    await eventually(() => attributesOf(panel, 'later')).toHaveProperty('title', 'Later')
    expect(await page.evaluate('prepared')).toEqual([])
    for (const id of ids) {
      const names = async () => Object.keys(await attributesOf(panel, id))
      await eventually(names).toContain('initiator')
      expect(await names()).not.toContain('title')
      expect(await names()).not.toContain('icons')
    }
    await page.evaluate("new Error('read').stack")
    expect(await page.evaluate('prepared')).toEqual(['read'])
  },
)

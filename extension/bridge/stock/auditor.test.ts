import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PageBody } from '../../../protocol/page-events'
import { FakePlatform } from '../fake-platform'
import { type Follow, follow } from '../follow'
import type { BackgroundFetchRecord } from '../platform'
import { createAuditor } from './auditor'
import type { Inventory } from './inventory'
import { DATABASE, inventoryOf, STORE, storeOf } from './stock.fixture'

/** What is stored at the moment. */
let keys: string[] = []
/** How long a look takes, in milliseconds. */
let takes = 1
let looks = 0
let refuses = false

/** As many bytes as there are keys. */
const usage = (of = keys) => ({ total: of.length, details: { indexedDB: of.length } })

vi.mock('../../../wire/clock', () => ({ now: () => Date.now() }))
vi.mock('./inventory', () => ({
  readUsage: async () => usage(),
  takeStock: async (): Promise<Inventory> => {
    looks++
    const at = Date.now()
    const then = [...keys]
    await new Promise((resolve) => setTimeout(resolve, takes))
    if (refuses) throw new Error('detached')
    return inventoryOf({ at, stores: [storeOf(then)], usage: usage(then), took: takes })
  },
}))
vi.mock('./caches', () => ({ readEntries: async () => [] }))
vi.mock('./databases', () => ({
  readValues: async (_database: string, _store: string, keys: string[]) =>
    keys.map((key) => ({ key, value: key })),
}))

const SCOPE = 'https://pod.example/'
type Told<T extends PageBody['type']> = Extract<PageBody, { type: T }>

/** An auditor, and a browser with one worker whose fetches it is told about. */
function start() {
  const platform = new FakePlatform()
  platform.register(SCOPE)
  const told: PageBody[] = []
  const auditor = createAuditor((body) => told.push(body))
  let handles = 0
  return {
    auditor,
    stocks: () => told.filter((body): body is Told<'stock'> => body.type === 'stock'),
    whens: () => told.flatMap((body) => (body.type === 'stock' ? [body.when] : [])),
    all: () => told,
    types: () => told.map(({ type }) => type),
    fates: () => told.find((body): body is Told<'fates'> => body.type === 'fates'),
    async fetch(
      id: string,
      already = false,
      more: readonly BackgroundFetchRecord[] = [],
    ): Promise<{ end: () => void; release: () => void; followed: Follow }> {
      const request = new Request(`${SCOPE}${id}.mp3`)
      const records = [{ request, responseReady: new Promise<Response>(() => {}) }, ...more]
      const fake = platform.start(SCOPE, id, {}, records)
      const [registration] = await platform.getRegistrations()
      const found = await registration?.backgroundFetch?.get(id)
      if (!registration || !found) throw new Error('No such fetch.')
      const handle = `b:${++handles}` as Told<'stock'>['handle']
      const followed = follow(found, registration, handle, already, () => {}, auditor.reached)
      return { end: () => fake.fail('bad-status'), release: () => fake.release(), followed }
    },
  }
}

const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  keys = []
  takes = 1
  looks = 0
  refuses = false
})
afterEach(() => vi.useRealTimers())

test('the storage is said to be known once, when a fetch that begins can be compared with what was before', async () => {
  keys = ['old']
  const page = start()
  page.auditor.idle(true)
  await wait(1000)
  expect(page.types()).toEqual([])
  await wait(5)
  expect(page.types()).toEqual(['storage-known'])
  await page.fetch('ep-1')
  await wait(10)
  expect(page.stocks()).toMatchObject([{ baseline: 'before' }])
  await wait(10_000)
  expect(page.types().filter((type) => type === 'storage-known')).toHaveLength(1)
})

test('a look is taken when a fetch is seen, soon after, when its event is over and when it is quiet', async () => {
  const page = start()
  const fetch = await page.fetch('ep-1')
  await wait(10)
  expect(page.whens()).toEqual(['seen'])
  await wait(1500)
  expect(page.whens()).toEqual(['seen', 'seen'])
  fetch.end()
  await wait(150)
  expect(page.whens().slice(2)).toEqual(['settled'])
  fetch.release()
  await wait(100)
  expect(page.whens().slice(3)).toEqual(['over'])
  await wait(1500)
  expect(page.whens().slice(4)).toEqual(['later'])
  await wait(60_000)
  expect(page.whens()).toHaveLength(5)
})

test('a fetch that is over before the second look has none', async () => {
  const page = start()
  const fetch = await page.fetch('ep-1')
  await wait(100)
  fetch.end()
  fetch.release()
  await wait(5000)
  expect(page.whens().filter((when) => when === 'seen')).toHaveLength(1)
})

test('the look at the end of an event does not wait for one that is out of date', async () => {
  takes = 300
  const page = start()
  const fetch = await page.fetch('ep-1')
  await wait(1600)
  fetch.end()
  fetch.release()
  await wait(5000)
  expect(page.whens()).toEqual(['seen', 'seen', 'over', 'later'])
})

test('looks never overlap', async () => {
  takes = 400
  const page = start()
  await Promise.all([page.fetch('a'), page.fetch('b'), page.fetch('c')])
  await wait(450)
  expect(looks).toBe(2)
})

test('the records are read at the moment of the end', async () => {
  takes = 500
  const page = start()
  const fetch = await page.fetch('ep-1')
  fetch.end()
  await wait(20)
  fetch.release()
  await wait(5000)
  expect(page.fates()).toMatchObject({ total: 1, problem: '', records: [{ state: 'pending' }] })
  const late = await page.fetch('ep-2')
  late.release()
  late.end()
  await wait(5000)
  expect(page.types().filter((type) => type === 'fates')).toHaveLength(2)
})

test('records that are gone at the end are told as they were read before', async () => {
  const page = start()
  const fetch = await page.fetch('ep-1')
  await wait(50)
  fetch.release()
  fetch.end()
  await wait(5000)
  expect(page.fates()).toMatchObject({
    total: 1,
    problem: '',
    records: [{ url: `${SCOPE}ep-1.mp3`, state: 'unknown', status: null }],
  })
})

test('of records that are gone at the end it is known what had come before', async () => {
  const page = start()
  let come = (_: Response) => {}
  const responseReady = new Promise<Response>((resolve) => {
    come = resolve
  })
  const fetch = await page.fetch('ep-1', false, [{ request: new Request(SCOPE), responseReady }])
  await wait(50)
  come(new Response('', { status: 201 }))
  await wait(10)
  fetch.release()
  fetch.end()
  await wait(5000)
  expect(page.fates()?.records).toMatchObject([{ state: 'unknown' }, { state: 'ready', status: 201 }])
})

test('records that were never read are said to be unreadable', async () => {
  const page = start()
  const fetch = await page.fetch('ep-1', true)
  fetch.release()
  fetch.end()
  await wait(5000)
  expect(page.fates()).toMatchObject({ total: 0, records: [], problem: expect.stringMatching(/no longer/) })
})

test('a fetch whose worker is unregistered is looked at once more, when it is quiet; one that is lost is not', async () => {
  keys = ['ep-1']
  const page = start()
  const { followed } = await page.fetch('ep-1')
  const { followed: lost } = await page.fetch('ep-2')
  await wait(1600)
  const before = page.whens().length
  followed.vanish('unregistered')
  lost.vanish('not-listed')
  expect(page.fates()).toMatchObject({ handle: followed.handle, records: [{ state: 'unknown' }] })
  await wait(1400)
  expect(page.whens()).toHaveLength(before)
  await wait(60_000)
  expect(page.stocks().slice(before)).toMatchObject([{ when: 'later', handle: followed.handle }])
})

describe('each response is told when it comes', () => {
  const record = (name: string) => {
    let resolve = (_: Response) => {}
    let reject = (_: Error) => {}
    const responseReady = new Promise<Response>((...both) => {
      ;[resolve, reject] = both
    })
    return { request: new Request(SCOPE + name), responseReady, resolve, reject }
  }
  const ready = (page: ReturnType<typeof start>) =>
    page.all().flatMap((body) => (body.type === 'response-ready' ? [body] : []))

  test('whole or failed, once, with its request', async () => {
    const page = start()
    const [whole, failed, there] = [record('whole'), record('failed'), record('there')]
    there.resolve(new Response(''))
    const { followed } = await page.fetch('ep-1', false, [whole, failed, there])
    await wait(10)
    expect(ready(page)).toMatchObject([{ ready: 1, total: 4, record: { url: `${SCOPE}there`, status: 200 } }])
    whole.resolve(new Response('', { status: 404, headers: { 'content-length': '12' } }))
    failed.reject(new TypeError('no'))
    await wait(2000)
    expect(ready(page).slice(1)).toMatchObject([
      { handle: followed.handle, ready: 2, record: { index: 1, state: 'ready', status: 404, size: 12 } },
      { ready: 3, record: { index: 2, state: 'failed', error: 'TypeError: no' } },
    ])
  })

  test('but not what had come before the fetch was found, nor what comes when it is not followed any more', async () => {
    const page = start()
    const [there, next, late] = [record('there'), record('next'), record('late')]
    there.resolve(new Response(''))
    const { followed } = await page.fetch('ep-1', true, [there, next, late])
    await wait(10)
    expect(ready(page)).toEqual([])
    next.resolve(new Response(''))
    await wait(10)
    expect(ready(page)).toMatchObject([{ ready: 2, total: 4, record: { url: `${SCOPE}next` } }])
    followed.stop()
    late.resolve(new Response(''))
    await wait(10)
    expect(ready(page)).toHaveLength(1)
  })
})

test('a fetch is compared with the last look that is more than a second older', async () => {
  const page = start()
  keys = ['old']
  page.auditor.idle(true)
  await wait(1100)
  keys = ['old', 'ep-1']
  page.auditor.idle(false)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.stocks()[0]).toMatchObject({ baseline: 'before', rows: [{ key: 'ep-1', related: true }] })
  expect(page.stocks()[0]?.stores).toEqual([{ database: DATABASE, store: STORE, count: 2, before: 1 }])
})

test('a look that is younger than a second may have the notes of the fetch in it', async () => {
  const page = start()
  page.auditor.idle(true)
  await wait(900)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.stocks()[0]).toMatchObject({ baseline: 'first-sight' })
})

test('what came between two looks is not new: looks go on while nothing runs', async () => {
  const page = start()
  page.auditor.idle(true)
  await wait(2500)
  keys = ['ep-1']
  await wait(4000)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.stocks()[0]).toMatchObject({ baseline: 'before', rows: [] })
})

test('while the bytes used stay the same, all is read seldom, and what was there counts as seen lately', async () => {
  keys = ['ep-1']
  const page = start()
  page.auditor.idle(true)
  await wait(9500)
  expect(looks).toBe(1)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.stocks()[0]).toMatchObject({ baseline: 'before', rows: [] })
  page.auditor.idle(false)
  page.auditor.idle(true)
  looks = 0
  await wait(60_000)
  expect(looks).toBeGreaterThanOrEqual(5)
  expect(looks).toBeLessThanOrEqual(8)
})

test('where a look takes long they become seldom', async () => {
  const page = start()
  page.auditor.idle(true)
  for (let n = 0; n < 10; n++) {
    keys = [`row-${'x'.repeat(n)}`, ...keys]
    await wait(2000)
  }
  const often = looks
  takes = 200
  keys = []
  await wait(2500)
  looks = 0
  await wait(28_000)
  expect(often).toBeGreaterThan(5)
  expect(looks).toBeLessThanOrEqual(1)
})

test('a fetch that ran already is compared with its first sight', async () => {
  const page = start()
  page.auditor.idle(true)
  await wait(5000)
  keys = ['ep-1']
  const fetch = await page.fetch('ep-1', true)
  await wait(100)
  keys = ['ep-1', 'later ep-1']
  fetch.end()
  await wait(150)
  const [seen, settled] = page.stocks()
  expect(seen).toMatchObject({ baseline: 'first-sight', rows: [{ key: 'ep-1', atFirstSight: true }] })
  expect(settled?.rows).toMatchObject([
    { key: 'ep-1', atFirstSight: true },
    { key: 'later ep-1', atFirstSight: false },
  ])
})

test('what an earlier fetch of the same id left is not new', async () => {
  const page = start()
  page.auditor.idle(true)
  await wait(5000)
  page.auditor.idle(false)
  const first = await page.fetch('ep-1')
  await wait(100)
  keys = ['ep-1']
  first.end()
  first.release()
  await wait(100)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.stocks().at(-1)).toMatchObject({ when: 'seen', baseline: 'first-sight' })
})

test('looks at other fetches are as good as those between fetches', async () => {
  const page = start()
  page.auditor.idle(true)
  await wait(3000)
  page.auditor.idle(false)
  keys = ['ep-2']
  await page.fetch('ep-1')
  await wait(5000)
  await page.fetch('ep-2')
  await wait(100)
  expect(page.stocks().at(-1)).toMatchObject({ when: 'seen', baseline: 'before', rows: [] })
})

test('many fetches at once leave an old look to compare the next one with', async () => {
  const page = start()
  page.auditor.idle(true)
  await wait(3000)
  for (let n = 0; n < 20; n++) await page.fetch(`many-${n}`)
  await wait(200)
  await page.fetch('one more')
  await wait(100)
  expect(page.stocks().at(-1)).toMatchObject({ when: 'seen', baseline: 'before' })
})

test('an event that is not over after half a minute is looked at as it is, and again when it is over', async () => {
  const page = start()
  const fetch = await page.fetch('ep-1')
  await wait(100)
  fetch.end()
  await wait(29_000)
  expect(page.whens()).toEqual(['seen', 'settled'])
  await wait(1500)
  expect(page.whens()).toEqual(['seen', 'settled', 'later'])
  fetch.release()
  await wait(2000)
  expect(page.whens()).toEqual(['seen', 'settled', 'later', 'over', 'later'])
})

test('a look that fails is missing, and the next one is taken', async () => {
  const page = start()
  refuses = true
  const fetch = await page.fetch('ep-1')
  await wait(100)
  refuses = false
  fetch.end()
  await wait(150)
  expect(page.whens()).toEqual(['settled'])
})

test('nothing is read and nothing is told after it was stopped', async () => {
  const page = start()
  page.auditor.idle(true)
  const fetch = await page.fetch('ep-1')
  await wait(2000)
  page.auditor.stop()
  const before = looks
  const told = page.types().length
  fetch.end()
  fetch.release()
  page.auditor.idle(true)
  await wait(60_000)
  expect(looks).toBe(before)
  expect(page.stocks().filter(({ when }) => when !== 'seen')).toEqual([])
  expect(
    page
      .types()
      .slice(told)
      .filter((type) => type === 'stock'),
  ).toEqual([])
})

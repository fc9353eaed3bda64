import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PageBody } from '../../../protocol/page-events'
import { FakePlatform } from '../fake-platform'
import { type Follow, follow } from '../follow'
import type { BackgroundFetchRecord } from '../platform'
import { createAuditor } from './auditor'
import { rowOf, snapshotOf } from './snapshot.fixture'
import type { Snapshot } from './stored'

/** What is stored at the moment. */
let keys: string[] = []
/** How long a snapshot takes, in milliseconds. */
let takes = 1
let snapshots = 0
let refuses = false

/** As many bytes as there are keys. */
const usage = (of = keys) => ({ total: of.length, details: { indexedDB: of.length } })

vi.mock('../../../wire/clock', () => ({ now: () => Date.now() }))
vi.mock('./snapshot', async (original) => ({
  ...(await original<typeof import('./snapshot')>()),
  readUsage: async () => usage(),
  takeSnapshot: async (previous: Snapshot | undefined): Promise<Snapshot> => {
    snapshots++
    const at = Date.now()
    const then = [...keys]
    await new Promise((resolve) => setTimeout(resolve, takes))
    if (refuses) throw new Error('detached')
    const rows = then.map((key) => {
      const row = rowOf(key, '', { firstSeen: at, mayBeOlder: !previous })
      const old = previous && [...previous.items.values()].find(({ name }) => name === row.name)
      return old ?? row
    })
    return snapshotOf(rows, { at, usage: usage(then), took: takes })
  },
}))

const SCOPE = 'https://pod.example/'
type Reported<T extends PageBody['type']> = Extract<PageBody, { type: T }>

/** An auditor, and a browser with one worker whose fetches it hears of. */
function start() {
  const platform = new FakePlatform()
  platform.register(SCOPE)
  const reported: PageBody[] = []
  const auditor = createAuditor((body) => reported.push(body))
  const of = <T extends PageBody['type']>(type: T) =>
    reported.filter((body): body is Reported<T> => body.type === type)
  let handles = 0
  return {
    auditor,
    snapshots: () => of('storage-snapshot'),
    whens: () => of('storage-snapshot').map(({ when }) => when),
    outcomes: () => of('request-outcomes'),
    ready: () => of('response-ready'),
    types: () => reported.map(({ type }) => type),
    async fetch(
      id: string,
      already = false,
      more: readonly BackgroundFetchRecord[] = [],
    ): Promise<{ end: (reason?: 'bad-status' | 'aborted') => void; release: () => void; followed: Follow }> {
      const request = new Request(`${SCOPE}${id}.mp3`)
      const records = [{ request, responseReady: new Promise<Response>(() => {}) }, ...more]
      const fake = platform.start(SCOPE, id, {}, records)
      const [registration] = await platform.getRegistrations()
      const found = await registration?.backgroundFetch?.get(id)
      if (!registration || !found) throw new Error('No such fetch.')
      const handle = `b:${++handles}` as Reported<'storage-snapshot'>['handle']
      const followed = follow(found, registration, handle, already, {
        emit: () => {},
        reached: auditor.reached,
      })
      return { end: (reason = 'bad-status') => fake.fail(reason), release: () => fake.release(), followed }
    },
  }
}

const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

/** The same after so many milliseconds in which nothing ran. */
async function startIdle(milliseconds = 3000) {
  const page = start()
  page.auditor.idle(true)
  await wait(milliseconds)
  return page
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  vi.stubGlobal('location', { href: SCOPE })
  vi.stubGlobal('caches', { match: async () => undefined })
  keys = []
  takes = 1
  snapshots = 0
  refuses = false
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a baseline is reported once, when a fetch that begins can be compared with what was before', async () => {
  keys = ['old']
  const page = await startIdle(1000)
  expect(page.types()).toEqual([])
  await wait(5)
  expect(page.types()).toEqual(['storage-baseline'])
  await page.fetch('ep-1')
  await wait(10)
  expect(page.snapshots()).toMatchObject([{ when: 'started', baseline: 'before', baselineAt: 1_000_000 }])
  await wait(10_000)
  expect(page.types().filter((type) => type === 'storage-baseline')).toHaveLength(1)
})

test('snapshots: at the start, soon after, while handled, when the event has ended and when it is quiet', async () => {
  const page = start()
  const fetch = await page.fetch('ep-1')
  await wait(10)
  expect(page.whens()).toEqual(['started'])
  await wait(1500)
  expect(page.whens()).toEqual(['started', 'started'])
  fetch.end()
  await wait(150)
  expect(page.whens().slice(2)).toEqual(['settled'])
  fetch.release()
  await wait(100)
  expect(page.whens().slice(3)).toEqual(['event-ended'])
  await wait(1500)
  expect(page.whens().slice(4)).toEqual(['final'])
  await wait(60_000)
  expect(page.whens()).toHaveLength(5)
})

test('what was stored when a fetch had ended is not called what was stored when it had started', async () => {
  takes = 50
  keys = ['row']
  const page = start()
  const fetch = await page.fetch('ep-1')
  fetch.end()
  fetch.release()
  await wait(5000)
  expect(page.whens()).toEqual(['event-ended', 'final'])
  expect(page.snapshots()[0]).toMatchObject({ baseline: 'none', baselineAt: null })
  expect(page.snapshots()[0]?.items).toMatchObject([{ key: 'row', change: 'unknown' }])
})

test('a fetch that has ended before the first snapshot is judged by the baseline that there was', async () => {
  const page = await startIdle()
  keys = ['row']
  const fetch = await page.fetch('ep-1')
  fetch.end()
  fetch.release()
  await wait(5000)
  expect(page.snapshots()).toMatchObject([
    { when: 'event-ended', baseline: 'before', items: [{ key: 'row', change: 'added' }] },
    { when: 'final', baseline: 'before' },
  ])
})

test('the snapshot at the end of an event does not wait for one that is out of date', async () => {
  takes = 300
  const page = start()
  const fetch = await page.fetch('ep-1')
  await wait(1600)
  fetch.end()
  fetch.release()
  await wait(5000)
  expect(page.whens()).not.toContain('settled')
  expect(page.whens().slice(-2)).toEqual(['event-ended', 'final'])
})

test('snapshots never overlap', async () => {
  takes = 400
  const page = start()
  await Promise.all([page.fetch('a'), page.fetch('b'), page.fetch('c')])
  await wait(450)
  expect(snapshots).toBe(2)
})

describe('requests', () => {
  test('what became of each is read at the moment of the end, and nothing is pending then', async () => {
    takes = 500
    const page = start()
    const fetch = await page.fetch('ep-1')
    fetch.end()
    await wait(20)
    fetch.release()
    await wait(5000)
    expect(page.outcomes()).toMatchObject([{ total: 1, problem: null, records: [{ state: 'unknown' }] }])
  })

  test('records that are gone at the end are reported as they were read before', async () => {
    const page = start()
    const fetch = await page.fetch('ep-1')
    await wait(50)
    fetch.release()
    fetch.end()
    await wait(5000)
    expect(page.outcomes()).toMatchObject([
      {
        total: 1,
        problem: { kind: 'released' },
        records: [{ url: `${SCOPE}ep-1.mp3`, state: 'unknown', status: null }],
      },
    ])
  })

  test('what was pending when a fetch was aborted is not complete, also where the records are gone', async () => {
    const page = start()
    const fetch = await page.fetch('ep-1')
    await wait(50)
    fetch.release()
    fetch.end('aborted')
    await wait(5000)
    expect(page.outcomes()).toMatchObject([
      {
        problem: { kind: 'released' },
        records: [{ url: `${SCOPE}ep-1.mp3`, state: 'failed', status: null }],
      },
    ])
  })

  const record = (name: string) => {
    let resolve = (_: Response) => {}
    let reject = (_: Error) => {}
    const responseReady = new Promise<Response>((...both) => {
      ;[resolve, reject] = both
    })
    responseReady.catch(() => {})
    return { request: new Request(SCOPE + name), responseReady, resolve, reject }
  }

  test('a response that was reported stays, also when its record is gone at the end', async () => {
    const page = start()
    const next = record('next')
    const fetch = await page.fetch('ep-1', false, [next])
    await wait(50)
    next.resolve(new Response('', { status: 201 }))
    await wait(10)
    fetch.release()
    fetch.end()
    await wait(5000)
    expect(page.ready()).toMatchObject([{ record: { url: `${SCOPE}next` } }])
    expect(page.outcomes()[0]?.records).toMatchObject([{ state: 'unknown' }, { state: 'ready', status: 201 }])
  })

  test('a response that was reported stays, also when its record fails after an abort', async () => {
    const page = start()
    const first = record('first')
    const fetch = await page.fetch('ep-1', false, [first])
    await wait(50)
    first.resolve(new Response('', { status: 201 }))
    await wait(10)
    const failed = Promise.reject(new DOMException('The fetch was aborted.', 'AbortError'))
    failed.catch(() => {})
    fetch.followed.registration.matchAll = async () => [
      // In another order than before, as the browser gives them.
      { request: first.request, responseReady: failed },
      { request: new Request(`${SCOPE}ep-1.mp3`), responseReady: failed },
    ]
    fetch.end()
    await wait(500)
    expect(page.outcomes()[0]?.records).toMatchObject([
      { index: 0, url: `${SCOPE}first`, state: 'ready', status: 201 },
      { index: 1, url: `${SCOPE}ep-1.mp3`, state: 'failed', error: 'AbortError: The fetch was aborted.' },
    ])
  })

  test('records that were never read can’t be determined', async () => {
    const page = start()
    const fetch = await page.fetch('ep-1', true)
    fetch.release()
    fetch.end()
    await wait(5000)
    expect(page.outcomes()).toMatchObject([{ total: 0, records: [], problem: { kind: 'released' } }])
  })

  test('each response is reported when it comes, whole or failed, once, with its request', async () => {
    const page = start()
    const [whole, failed, there] = [record('whole'), record('failed'), record('there')]
    there.resolve(new Response(''))
    const { followed } = await page.fetch('ep-1', false, [whole, failed, there])
    await wait(10)
    expect(page.ready()).toMatchObject([
      { ready: 1, total: 4, record: { url: `${SCOPE}there`, status: 200 } },
    ])
    whole.resolve(new Response('', { status: 404, headers: { 'content-length': '12' } }))
    failed.reject(new TypeError('no'))
    await wait(2000)
    expect(page.ready().slice(1)).toMatchObject([
      { handle: followed.handle, ready: 2, record: { index: 1, state: 'ready', contentLength: 12 } },
      { ready: 3, record: { index: 2, state: 'failed', error: 'TypeError: no' } },
    ])
  })

  test('but not what had come before the fetch was found, nor what comes when it is not followed any more', async () => {
    const page = start()
    const [there, next, late] = [record('there'), record('next'), record('late')]
    there.resolve(new Response(''))
    const { followed } = await page.fetch('ep-1', true, [there, next, late])
    await wait(10)
    expect(page.ready()).toEqual([])
    next.resolve(new Response(''))
    await wait(10)
    expect(page.ready()).toMatchObject([{ ready: 2, total: 4, record: { url: `${SCOPE}next` } }])
    followed.stop()
    late.resolve(new Response(''))
    await wait(10)
    expect(page.ready()).toHaveLength(1)
  })
})

test('a fetch whose worker is unregistered: two more snapshots; one that is lost: none', async () => {
  keys = ['ep-1']
  const page = start()
  const { followed } = await page.fetch('ep-1')
  const { followed: lost } = await page.fetch('ep-2')
  await wait(1600)
  const before = page.whens().length
  followed.vanish('unregistered')
  lost.vanish('not-listed')
  expect(page.outcomes()).toMatchObject([
    { handle: followed.handle, problem: { kind: 'unregistered' }, records: [{ state: 'unknown' }] },
    { handle: lost.handle, problem: { kind: 'released' } },
  ])
  await wait(60_000)
  expect(page.snapshots().slice(before)).toMatchObject([
    { when: 'event-ended', handle: followed.handle },
    { when: 'final', handle: followed.handle },
  ])
})

test('a fetch is compared with the last snapshot that is more than a second older', async () => {
  const page = start()
  keys = ['old']
  page.auditor.idle(true)
  await wait(1100)
  keys = ['old', 'ep-1']
  page.auditor.idle(false)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.snapshots()[0]).toMatchObject({
    baseline: 'before',
    items: [{ key: 'ep-1', change: 'added', mentions: true, mayBeOlder: false }],
  })
})

test('a snapshot that is younger than a second may have the notes of the fetch in it', async () => {
  const page = await startIdle(900)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.snapshots()[0]).toMatchObject({ baseline: 'first-seen' })
})

test('what came between two snapshots is not new, and its age is known', async () => {
  const page = await startIdle(2500)
  keys = ['ep-1']
  await wait(4000)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.snapshots()[0]).toMatchObject({ baseline: 'before' })
  const [item] = page.snapshots()[0]?.items ?? []
  expect(item).toMatchObject({ change: 'same', mentions: true, mayBeOlder: false })
  expect(item?.firstSeen).toBeGreaterThan(1_002_500)
  expect(item?.firstSeen).toBeLessThan(1_006_500)
})

test('while the bytes used stay the same, all is read seldom', async () => {
  const page = start()
  page.auditor.idle(true)
  keys = ['ep-1']
  await wait(9500)
  expect(snapshots).toBe(1)
  snapshots = 0
  await wait(60_000)
  expect(snapshots).toBeGreaterThanOrEqual(4)
  expect(snapshots).toBeLessThanOrEqual(8)
})

test('where a snapshot takes long they become seldom', async () => {
  const page = start()
  page.auditor.idle(true)
  for (let n = 0; n < 10; n++) {
    keys = [`row-${'x'.repeat(n)}`, ...keys]
    await wait(2000)
  }
  const often = snapshots
  takes = 200
  keys = []
  await wait(2500)
  snapshots = 0
  await wait(28_000)
  expect(often).toBeGreaterThan(5)
  expect(snapshots).toBeLessThanOrEqual(1)
})

test('a fetch that ran already is compared with what was stored when it was found', async () => {
  keys = ['old']
  const page = await startIdle()
  await page.fetch('ep-1', true)
  await wait(100)
  expect(page.snapshots()[0]).toMatchObject({ baseline: 'first-seen', items: [] })
  keys = ['old', 'new']
  await wait(2000)
  expect(page.snapshots()[1]?.items).toMatchObject([{ key: 'new', change: 'added' }])
})

test('an id that is used again is not compared with what was before its first use', async () => {
  const page = await startIdle()
  page.auditor.idle(false)
  const first = await page.fetch('ep-1')
  await wait(100)
  keys = ['ep-1']
  first.end()
  first.release()
  await wait(100)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.snapshots().at(-1)).toMatchObject({ when: 'started', baseline: 'first-seen' })
})

test('the last snapshot of a fetch is a baseline for the next one of its id', async () => {
  const page = await startIdle()
  page.auditor.idle(false)
  const first = await page.fetch('ep-1')
  await wait(100)
  first.end()
  first.release()
  await wait(4000)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.snapshots().at(-1)).toMatchObject({ when: 'started', baseline: 'before' })
})

test('many fetches at once leave an old snapshot to compare the next one with', async () => {
  const page = await startIdle()
  for (let n = 0; n < 20; n++) await page.fetch(`many-${n}`)
  await wait(200)
  await page.fetch('one more')
  await wait(100)
  expect(page.snapshots().at(-1)).toMatchObject({ when: 'started', baseline: 'before' })
})

test('an event that has not ended after half a minute is reported as it is, and not as final', async () => {
  const page = start()
  const fetch = await page.fetch('ep-1')
  await wait(1600)
  const before = page.whens().length
  fetch.end()
  await wait(31_000)
  expect(page.whens().slice(before)).toEqual(['settled', 'settled'])
  fetch.release()
  await wait(2000)
  expect(page.whens().slice(before)).toEqual(['settled', 'settled', 'event-ended', 'final'])
})

test('a snapshot that fails is missing, and the next one is taken', async () => {
  const page = start()
  refuses = true
  const fetch = await page.fetch('ep-1')
  await wait(100)
  refuses = false
  fetch.end()
  await wait(150)
  expect(page.snapshots()).toMatchObject([{ when: 'settled', baseline: 'none' }])
})

test('a fetch that another document followed gets its snapshots, without a baseline', async () => {
  keys = ['row', 'ep-1']
  const page = start()
  const handle = 'other:7' as Reported<'storage-snapshot'>['handle']
  page.auditor.snapshotFor(
    { handle, unlisted: false, scope: SCOPE, id: 'ep-1', urls: [`${SCOPE}a`] },
    'final',
  )
  await wait(100)
  expect(page.snapshots()).toMatchObject([
    {
      handle,
      when: 'final',
      baseline: 'none',
      items: [
        { key: 'ep-1', mentions: true, change: 'unknown' },
        { key: 'row', mentions: false, change: 'unknown' },
      ],
    },
  ])
})

test('a fetch that no document has listed is compared both times with what was there before, and may have run then', async () => {
  keys = ['row']
  const page = await startIdle()
  keys = ['row', 'movie-7']
  const handle = 'unlisted:w:1' as Reported<'storage-snapshot'>['handle']
  const fetch = { handle, unlisted: true, scope: SCOPE, id: 'ep-1', urls: [] }
  page.auditor.snapshotFor(fetch, 'event-ended')
  await wait(1500)
  page.auditor.snapshotFor(fetch, 'final')
  await wait(100)
  const added = { baseline: 'first-seen', items: [{ key: 'movie-7', change: 'added' }] }
  expect(page.snapshots()).toMatchObject([
    { when: 'event-ended', ...added },
    { when: 'final', ...added },
  ])
})

test('nothing is read and nothing is reported after it was stopped', async () => {
  const page = start()
  page.auditor.idle(true)
  const fetch = await page.fetch('ep-1')
  await wait(2000)
  page.auditor.stop()
  const before = snapshots
  const reported = page.snapshots().length
  fetch.end()
  fetch.release()
  page.auditor.idle(true)
  await wait(60_000)
  expect(snapshots).toBe(before)
  expect(page.snapshots()).toHaveLength(reported)
})

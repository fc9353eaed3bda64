import { afterEach, beforeEach, vi } from 'vitest'
import type { PageBody } from '../../../protocol/page-events'
import type { BackgroundFetchRecord } from '../platform'
import { FakePlatform } from '../platform.fixture'
import { type Follow, follow } from '../watching/follow'
import { createAuditor } from './auditor'
import { readUsage, takeSnapshot } from './snapshot'
import { rowOf, snapshotOf } from './snapshot.fixture'

vi.mock('../../../wire/clock', () => ({ now: () => Date.now() }))
vi.mock('./snapshot', async (original) => ({
  ...(await original<typeof import('./snapshot')>()),
  readUsage: vi.fn(),
  takeSnapshot: vi.fn(),
}))

/** What is stored at the moment, and how it is read. */
export const disk = {
  keys: [] as string[],
  /** How long a snapshot takes, in milliseconds. */
  takes: 1,
  /** How many snapshots were taken. */
  snapshots: 0,
  refuses: false,
}

/** As many bytes as there are keys. */
const usage = (of = disk.keys) => ({ total: of.length, details: { indexedDB: of.length } })

export const SCOPE = 'https://pod.example/'
export type Reported<T extends PageBody['type']> = Extract<PageBody, { type: T }>

/** An auditor, and a browser with one worker whose fetches it hears of. */
export function start() {
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
      const followed = follow(
        found,
        registration,
        handle,
        { already, began: { after: 0, before: 1 } },
        {
          emit: () => {},
          reached: auditor.reached,
        },
      )
      return { end: (reason = 'bad-status') => fake.fail(reason), release: () => fake.release(), followed }
    },
  }
}

export const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

/** The same after so many milliseconds in which nothing ran. */
export async function startIdle(milliseconds = 3000) {
  const page = start()
  page.auditor.idle(true)
  await wait(milliseconds)
  return page
}

/** The fetch ends, its event as well, and whatever is read then is read. */
export async function endAll(fetch: { end(): void; release(): void }) {
  fetch.end()
  fetch.release()
  await wait(5000)
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  vi.stubGlobal('location', { href: SCOPE })
  vi.stubGlobal('caches', { match: async () => undefined })
  Object.assign(disk, { keys: [], takes: 1, snapshots: 0, refuses: false })
  vi.mocked(readUsage).mockImplementation(async () => usage())
  vi.mocked(takeSnapshot).mockImplementation(async (previous) => {
    disk.snapshots++
    const at = Date.now()
    const then = [...disk.keys]
    await new Promise((resolve) => setTimeout(resolve, disk.takes))
    if (disk.refuses) throw new Error('detached')
    const rows = then.map((key) => {
      const row = rowOf(key, '', { firstSeen: at, mayBeOlder: !previous })
      const old = previous && [...previous.items.values()].find(({ name }) => name === row.name)
      return old ?? row
    })
    return snapshotOf(rows, { at, usage: usage(then), took: disk.takes })
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

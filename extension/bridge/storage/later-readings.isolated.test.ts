import { expect, test } from 'vitest'
import { disk, start, startIdle, wait } from './auditor.fixture'

type Page = Awaited<ReturnType<typeof startIdle>>

/** A fetch that was aborted, whose event has ended, and for which the storage was read for the last time. */
async function ended(page: Page, id = 'ep-1') {
  const fetch = await page.fetch(id)
  await wait(100)
  fetch.end()
  fetch.release()
  await wait(1700)
  expect(page.whens().at(-1)).toBe('final')
  return fetch
}

const later = (page: Page) => page.snapshots().filter(({ when }) => when === 'later')

test('a change that the browser reports after the last snapshot is read, with what was there before the fetch', async () => {
  const page = await startIdle()
  const { followed } = await ended(page)
  disk.keys = ['ep-1']
  const at = Date.now()
  page.auditor.changeReported(at)
  expect(later(page)).toEqual([])
  await wait(2000)
  expect(later(page)).toMatchObject([
    {
      handle: followed.handle,
      baseline: 'before',
      changedAt: at,
      items: [{ key: 'ep-1', change: 'added', mentions: true }],
    },
  ])
})

test('changes that come together are read together, and none within a minute is left out', async () => {
  const page = await startIdle()
  await ended(page)
  for (let i = 0; i < 230; i++) {
    page.auditor.changeReported(Date.now())
    await wait(250)
  }
  await wait(20_000)
  expect(later(page)).toHaveLength(5)
})

test('the list of databases, which is reported as changed when one is opened, is compared at the next look only', async () => {
  const page = await startIdle()
  await ended(page)
  for (let i = 0; i < 4; i++) {
    page.auditor.changeReported(Date.now(), true)
    await wait(5000)
  }
  expect(later(page)).toEqual([])
  // It is other: a database was created or deleted.
  disk.keys = ['ep-1']
  page.auditor.changeReported(Date.now(), true)
  await wait(12_000)
  expect(later(page)).toMatchObject([{ items: [{ key: 'ep-1', change: 'added' }] }])
})

test('a change that comes a minute after the event is not read', async () => {
  const page = await startIdle()
  await ended(page)
  await wait(60_000)
  page.auditor.changeReported(Date.now())
  await wait(10_000)
  expect(later(page)).toEqual([])
})

test('a change that comes too late does not keep one before it from being read', async () => {
  const page = await startIdle()
  await ended(page)
  for (const until of [2000, 43_000, 16_000]) {
    page.auditor.changeReported(Date.now())
    await wait(until)
  }
  page.auditor.changeReported(Date.now())
  await wait(5000)
  expect(later(page)).toHaveLength(3)
})

test('a change is not read once another fetch has begun or ended, nor when one begins right after it', async () => {
  const page = await startIdle()
  await ended(page)
  page.auditor.changeReported(Date.now())
  await wait(500)
  const next = await page.fetch('ep-2')
  await wait(2000)
  page.auditor.changeReported(Date.now())
  next.end()
  next.release()
  await wait(1000)
  page.auditor.changeReported(Date.now())
  await wait(300)
  expect(later(page)).toEqual([])
})

test('a change is not read while a fetch runs that had begun before', async () => {
  const page = await startIdle()
  await page.fetch('ep-2')
  await ended(page, 'ep-1')
  page.auditor.changeReported(Date.now())
  await wait(5000)
  expect(later(page)).toEqual([])
})

test('of two fetches that ended together both are read', async () => {
  const page = await startIdle()
  const all = [await page.fetch('ep-1'), await page.fetch('ep-2')]
  await wait(100)
  for (const one of all) {
    one.end()
    one.release()
  }
  await wait(2000)
  page.auditor.changeReported(Date.now())
  await wait(2000)
  expect(later(page).map(({ handle }) => handle)).toEqual(all.map(({ followed }) => followed.handle))
})

test('a change that comes while the storage is read for the last time is read', async () => {
  const page = await startIdle()
  disk.takes = 50
  const fetch = await page.fetch('ep-1')
  await wait(200)
  fetch.end()
  fetch.release()
  await wait(1530)
  page.auditor.changeReported(Date.now())
  await wait(3000)
  expect(later(page)).toHaveLength(1)
})

test('a change that nobody reports is found when all is read anyway', async () => {
  const page = await startIdle()
  await ended(page)
  disk.keys = ['ep-1']
  await wait(5000)
  expect(later(page)).toMatchObject([{ items: [{ key: 'ep-1', change: 'added' }] }])
})

test('nothing is read for a fetch once it is not looked for others any more', async () => {
  const page = await startIdle()
  await ended(page)
  page.auditor.idle(false)
  page.auditor.changeReported(Date.now())
  await wait(5000)
  expect(later(page)).toEqual([])
})

test('a page without a fetch that has ended reads nothing for a change', async () => {
  const page = start()
  const before = disk.snapshots
  page.auditor.changeReported(Date.now())
  await wait(5000)
  expect(disk.snapshots).toBe(before)
})

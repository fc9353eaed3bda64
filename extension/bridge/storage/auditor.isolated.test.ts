import { expect, test } from 'vitest'
import { disk, endAll, type Reported, SCOPE, start, startIdle, wait } from './auditor.fixture'

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
  disk.takes = 50
  disk.keys = ['row']
  const page = start()
  const fetch = await page.fetch('ep-1')
  await endAll(fetch)
  expect(page.whens()).toEqual(['event-ended', 'final'])
  expect(page.snapshots()[0]).toMatchObject({ baseline: 'none', baselineAt: null })
  expect(page.snapshots()[0]?.items).toMatchObject([{ key: 'row', change: 'unknown' }])
})

test('a fetch that has ended before the first snapshot is judged by the baseline that there was', async () => {
  const page = await startIdle()
  disk.keys = ['row']
  const fetch = await page.fetch('ep-1')
  await endAll(fetch)
  expect(page.snapshots()).toMatchObject([
    { when: 'event-ended', baseline: 'before', items: [{ key: 'row', change: 'added' }] },
    { when: 'final', baseline: 'before' },
  ])
})

test('the snapshot at the end of an event does not wait for one that is out of date', async () => {
  disk.takes = 300
  const page = start()
  const fetch = await page.fetch('ep-1')
  await wait(1600)
  await endAll(fetch)
  expect(page.whens()).not.toContain('settled')
  expect(page.whens().slice(-2)).toEqual(['event-ended', 'final'])
})

test('snapshots never overlap', async () => {
  disk.takes = 400
  const page = start()
  await Promise.all([page.fetch('a'), page.fetch('b'), page.fetch('c')])
  await wait(450)
  expect(disk.snapshots).toBe(2)
})

test('a fetch whose worker is unregistered: two more snapshots; one that is lost: none', async () => {
  disk.keys = ['ep-1']
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
  disk.refuses = true
  const fetch = await page.fetch('ep-1')
  await wait(100)
  disk.refuses = false
  fetch.end()
  await wait(150)
  expect(page.snapshots()).toMatchObject([{ when: 'settled', baseline: 'none' }])
})

test('a fetch that another document followed gets its snapshots, without a baseline', async () => {
  disk.keys = ['row', 'ep-1']
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

test('what names a fetch of another document and was not there a moment ago is new; of the rest the age is unknown', async () => {
  disk.keys = ['row', 'ep-1']
  const page = await startIdle()
  disk.keys = ['row', 'ep-1', 'ep-1 part', 'movie-7']
  const handle = 'other:7' as Reported<'storage-snapshot'>['handle']
  const fetch = { handle, unlisted: false, scope: SCOPE, id: 'ep-1', urls: [] }
  page.auditor.snapshotFor(fetch, 'event-ended')
  await wait(100)
  const [snapshot] = page.snapshots()
  expect(snapshot).toMatchObject({ baseline: 'none', baselineAt: null, usageBefore: null })
  expect(snapshot?.items.map((item) => 'key' in item && `${item.key} ${item.change}`)).toEqual([
    'ep-1 unknown',
    'ep-1 part added',
    'row unknown',
    'movie-7 unknown',
  ])
})

test('a fetch that no document has listed is compared both times with what was there before, and may have run then', async () => {
  disk.keys = ['row']
  const page = await startIdle()
  disk.keys = ['row', 'movie-7']
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
  const before = disk.snapshots
  const reported = page.snapshots().length
  fetch.end()
  fetch.release()
  page.auditor.idle(true)
  await wait(60_000)
  expect(disk.snapshots).toBe(before)
  expect(page.snapshots()).toHaveLength(reported)
})

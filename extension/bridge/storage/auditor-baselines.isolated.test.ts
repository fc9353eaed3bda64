import { expect, test } from 'vitest'
import { disk, start, startIdle, wait } from './auditor.fixture'

test('a baseline is reported once, when a fetch that begins can be compared with what was before', async () => {
  disk.keys = ['old']
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

test('a fetch is compared with the last snapshot that is more than a second older', async () => {
  const page = start()
  disk.keys = ['old']
  page.auditor.idle(true)
  await wait(1100)
  disk.keys = ['old', 'ep-1']
  page.auditor.idle(false)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.snapshots()[0]).toMatchObject({
    baseline: 'before',
    items: [{ key: 'ep-1', change: 'added', mentions: true, mayBeOlder: false }],
  })
})

test('what the extension has deleted is not called removed, and what something else deleted is', async () => {
  disk.keys = ['own', 'other']
  const page = await startIdle(2500)
  disk.keys = []
  page.auditor.itemDeleted({ kind: 'row', database: 'pod', store: 'downloads', key: 'own' })
  await page.fetch('ep-1')
  await wait(100)
  const [{ baseline, removed } = {}] = page.snapshots()
  expect(baseline).toBe('before')
  expect(removed?.map(({ name }) => name)).toEqual(['other'])
})

test('a snapshot that is younger than a second may have the notes of the fetch in it', async () => {
  const page = await startIdle(900)
  await page.fetch('ep-1')
  await wait(100)
  expect(page.snapshots()[0]).toMatchObject({ baseline: 'first-seen' })
})

test('a snapshot that was still being read a second ago may have the notes of the fetch in it', async () => {
  disk.takes = 1500
  const page = await startIdle(1400)
  disk.keys = ['queued']
  await wait(120)
  await page.fetch('ep-1')
  await wait(1600)
  expect(page.snapshots()[0]).toMatchObject({ baseline: 'first-seen' })
})

test('what came between two snapshots is not new, and its age is known', async () => {
  const page = await startIdle(2500)
  disk.keys = ['ep-1']
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
  disk.keys = ['ep-1']
  await wait(9500)
  expect(disk.snapshots).toBe(1)
  disk.snapshots = 0
  await wait(60_000)
  expect(disk.snapshots).toBeGreaterThanOrEqual(4)
  expect(disk.snapshots).toBeLessThanOrEqual(8)
})

test('where a snapshot takes long they become seldom', async () => {
  const page = start()
  page.auditor.idle(true)
  for (let n = 0; n < 10; n++) {
    disk.keys = [`row-${'x'.repeat(n)}`, ...disk.keys]
    await wait(2000)
  }
  const often = disk.snapshots
  disk.takes = 200
  disk.keys = []
  await wait(2500)
  disk.snapshots = 0
  await wait(28_000)
  expect(often).toBeGreaterThan(5)
  expect(disk.snapshots).toBeLessThanOrEqual(1)
})

test('a fetch that ran already is compared with what was stored when it was found', async () => {
  disk.keys = ['old']
  const page = await startIdle()
  await page.fetch('ep-1', true)
  await wait(100)
  expect(page.snapshots()[0]).toMatchObject({ baseline: 'first-seen', items: [] })
  disk.keys = ['old', 'new']
  await wait(2000)
  expect(page.snapshots()[1]?.items).toMatchObject([{ key: 'new', change: 'added' }])
})

/** A fetch of an id that is used again so many milliseconds after the one before had ended. */
async function usedAgain(after: number, stored: readonly string[]) {
  const page = await startIdle()
  page.auditor.idle(false)
  const first = await page.fetch('ep-1')
  await wait(100)
  disk.keys = [...stored]
  first.end()
  first.release()
  await wait(after)
  await page.fetch('ep-1')
  await wait(100)
  return page.snapshots().at(-1)
}

test('an id that is used again is not compared with what was before its first use', async () => {
  expect(await usedAgain(100, ['ep-1'])).toMatchObject({ when: 'started', baseline: 'first-seen' })
})

test('the last snapshot of a fetch is a baseline for the next one of its id', async () => {
  expect(await usedAgain(4000, [])).toMatchObject({ when: 'started', baseline: 'before' })
})

test('many fetches at once leave an old snapshot to compare the next one with', async () => {
  const page = await startIdle()
  for (let n = 0; n < 20; n++) await page.fetch(`many-${n}`)
  await wait(200)
  await page.fetch('one more')
  await wait(100)
  expect(page.snapshots().at(-1)).toMatchObject({ when: 'started', baseline: 'before' })
})

import { expect, test } from 'vitest'
import { disk, SCOPE, start, wait } from './auditor.fixture'

test('what became of each is read at the moment of the end, and nothing is pending then', async () => {
  disk.takes = 500
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

/** A fetch of which a response besides its own has just come. */
async function answered(name: string) {
  const page = start()
  const next = record(name)
  const fetch = await page.fetch('ep-1', false, [next])
  await wait(50)
  next.resolve(new Response('', { status: 201 }))
  await wait(10)
  return { page, next, fetch }
}

test('a response that was reported stays, also when its record is gone at the end', async () => {
  const { page, fetch } = await answered('next')
  fetch.release()
  fetch.end()
  await wait(5000)
  expect(page.ready()).toMatchObject([{ record: { url: `${SCOPE}next` } }])
  expect(page.outcomes()[0]?.records).toMatchObject([{ state: 'unknown' }, { state: 'ready', status: 201 }])
})

test('a response that was reported stays, also when its record fails after an abort', async () => {
  const { page, next: first, fetch } = await answered('first')
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

/** A fetch with further records of these names; what is `there` has its response already. */
async function withRecords(already: boolean, ...names: readonly string[]) {
  const page = start()
  const records = names.map(record)
  records[names.indexOf('there')]?.resolve(new Response(''))
  const { followed } = await page.fetch('ep-1', already, records)
  await wait(10)
  return { page, records, followed }
}

test('each response is reported when it comes, whole or failed, once, with its request', async () => {
  const { page, records, followed } = await withRecords(false, 'whole', 'failed', 'there')
  const [whole, failed] = records
  expect(page.ready()).toMatchObject([{ ready: 1, total: 4, record: { url: `${SCOPE}there`, status: 200 } }])
  whole?.resolve(new Response('', { status: 404, headers: { 'content-length': '12' } }))
  failed?.reject(new TypeError('no'))
  await wait(2000)
  expect(page.ready().slice(1)).toMatchObject([
    { handle: followed.handle, ready: 2, failed: 0, record: { index: 1, state: 'ready', contentLength: 12 } },
    { ready: 3, failed: 1, record: { index: 2, state: 'failed', error: 'TypeError: no' } },
  ])
})

test('but not what had come before the fetch was found, nor what comes when it is not followed any more', async () => {
  const { page, records, followed } = await withRecords(true, 'there', 'next', 'late')
  const [, next, late] = records
  expect(page.ready()).toEqual([])
  next?.resolve(new Response(''))
  await wait(10)
  expect(page.ready()).toMatchObject([{ ready: 2, total: 4, record: { url: `${SCOPE}next` } }])
  followed.stop()
  late?.resolve(new Response(''))
  await wait(10)
  expect(page.ready()).toHaveLength(1)
})

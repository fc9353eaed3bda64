import { expect, test } from 'vitest'
import { make, settle, show, states, switchOn, TAB, tab } from './tracer.fixture'

const ofTab = (method: string, params: object) => tab.chrome.onEvent.emit({ tabId: TAB }, method, params)
const cacheChanged = (cacheName: string) =>
  ofTab('Storage.cacheStorageContentUpdated', { origin: 'https://pod.example', cacheName })
const announces = (origin: string) => tab.announced.mock.lastCall?.[0].has(origin) === true
const HIDDEN = '845f4d7c-d8bd-40ea-bc7c-4faacddeaa72'

test('it announces at once fetches of the tab’s pages, which have a worker or have none, while it is attached', async () => {
  tab.pages = ['https://pod.example']
  const tracer = make()
  expect(announces('https://pod.example')).toBe(false)
  tracer.set(true)
  await settle()
  expect(announces('https://pod.example')).toBe(true)
  expect(tab.announced).toHaveBeenCalledOnce()
  cacheChanged(HIDDEN)
  expect(tab.backgroundFetchTouched.mock.calls).toEqual([['https://pod.example']])
  tab.pages.push('https://other.example')
  expect(announces('https://other.example')).toBe(false)
  tracer.pagesChanged()
  await settle()
  expect(announces('https://other.example')).toBe(true)
  const asked = tab.chrome.sent.filter(({ method }) => method === 'Storage.trackCacheStorageForStorageKey')
  expect(asked.map(({ params }) => params.storageKey)).toEqual([
    'https://pod.example/',
    'https://other.example/',
  ])
  tracer.set(false)
  await settle()
  expect(announces('https://pod.example')).toBe(false)
  expect(tab.announced).toHaveBeenCalledTimes(3)
})

test('where the browser refuses to announce fetches, they are not said to be announced', async () => {
  tab.pages = ['https://pod.example']
  tab.chrome.answers(({ method }) => {
    if (method.startsWith('Storage.')) throw new Error('not found')
    return {}
  })
  await switchOn()
  expect(states()).toEqual(['on'])
  expect(announces('https://pod.example')).toBe(false)
})

test('what changes in the storage is reported where a worker is traced, and a fetch’s own cache nowhere', async () => {
  tab.pages = ['https://pod.example']
  await switchOn()
  const changes = () => tab.said.flatMap((body) => (body.type === 'storage-changed' ? [body.name] : []))
  cacheChanged('episodes')
  expect(changes()).toEqual([])
  show('s1', false)
  await settle()
  cacheChanged('episodes')
  cacheChanged(HIDDEN)
  expect(changes()).toEqual(['episodes'])
})

test('a list of databases that is said to change with what is in one is not reported, and one that changes alone is', async () => {
  tab.pages = ['https://pod.example']
  await switchOn()
  show('s1', false)
  await settle()
  const kinds = () => tab.said.flatMap((body) => (body.type === 'storage-changed' ? [body.kind] : []))
  const list = () => ofTab('Storage.indexedDBListUpdated', { origin: 'https://pod.example' })
  list()
  expect(kinds()).toEqual(['indexeddb-list'])
  const content = { origin: 'https://pod.example', databaseName: 'pod', objectStoreName: 'downloads' }
  ofTab('Storage.indexedDBContentUpdated', content)
  list()
  expect(kinds()).toEqual(['indexeddb-list', 'indexeddb-content'])
  // A database that is deleted right after.
  list()
  expect(kinds()).toEqual(['indexeddb-list', 'indexeddb-content', 'indexeddb-list'])
})

test('room for an origin is limited by what it uses, and not where the browser’s answer does not say that', async () => {
  const tracer = await switchOn()
  const quotas = () =>
    tab.chrome.sent
      .filter(({ method }) => method === 'Storage.overrideQuotaForOrigin')
      .map(({ params }) => params.quotaSize)
  tab.chrome.answers(() => ({ usage: 500 }))
  await tracer.limitRoom('https://pod.example', 100)
  expect(quotas()).toEqual([600])
  tab.chrome.answers(() => ({ usage: '500' }))
  const unreadable = { reason: 'unreadable', detail: 'Storage.getUsageAndQuota' }
  await expect(tracer.limitRoom('https://pod.example', 100)).rejects.toMatchObject(unreadable)
  expect(quotas()).toEqual([600])
})

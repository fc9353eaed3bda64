import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const revision = signal(0)
const selectedKey = signal<string | null>(null)
const fetches: { key: string; id: string; scope: string; storageKey: string }[] = []
vi.doMock('../allow-downloads', () => ({ mayAllow: async () => false }))
vi.doMock('../planned-aborts', () => ({}))
vi.doMock('../session/ask-page', () => ({ askPage: async () => ({ ok: true }) }))
vi.doMock('../session/selection', () => ({ selectedKey }))
vi.doMock('../session/session', () => ({ revision, tabModel: () => ({ fetches }) }))
const { startAndSelect } = await import('./start-fetch')

const target = { storageKey: 'https://a.example', scope: 'https://a.example/' }
const start = () => startAndSelect(target, { id: 'a', title: 'a', requests: [], downloadTotal: 0 })

/** A page lists a fetch of the ID. */
function list(key: string): void {
  fetches.push({ ...target, key, id: 'a' })
  revision.value++
}

beforeEach(() => {
  vi.useFakeTimers()
  selectedKey.value = null
  fetches.length = 0
})

afterEach(() => {
  vi.useRealTimers()
})

test('a fetch that was started is selected once it is listed', async () => {
  list('before')
  await start()
  vi.advanceTimersByTime(9_000)
  expect(selectedKey.value).toBeNull()
  list('started')
  expect(selectedKey.value).toBe('started')
  expect(vi.getTimerCount()).toBe(0)
})

test('one of the same ID that is listed much later is not', async () => {
  await start()
  vi.advanceTimersByTime(10_000)
  list('another')
  expect(selectedKey.value).toBeNull()
})

test('nor is one where another was selected meanwhile', async () => {
  await start()
  selectedKey.value = 'other'
  list('started')
  expect(selectedKey.value).toBe('other')
  expect(vi.getTimerCount()).toBe(0)
})

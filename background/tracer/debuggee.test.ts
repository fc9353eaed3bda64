import { afterEach, expect, test, vi } from 'vitest'
import { attachTo, detachLeftBehind, leftBehindEnded } from './debuggee'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('connections that were left behind are ended before there is a new one', async () => {
  const attached = new Set([1, 2])
  const asked: string[] = []
  const event = { addListener: vi.fn(), removeListener: vi.fn() }
  vi.stubGlobal('chrome', {
    debugger: {
      onEvent: event,
      onDetach: event,
      getTargets: async () => [
        ...[...attached].map((tabId) => ({ attached: true, tabId })),
        { attached: false, tabId: 3 },
        { attached: true },
      ],
      async attach({ tabId }: { tabId: number }) {
        asked.push(`attach ${tabId}`)
        if (attached.has(tabId)) throw new Error('Another debugger is already attached')
        attached.add(tabId)
      },
      async detach({ tabId }: { tabId: number }) {
        asked.push(`detach ${tabId}`)
        if (tabId === 2) throw new Error('Debugger is not attached')
        attached.delete(tabId)
      },
    },
  })
  detachLeftBehind()
  await attachTo(1, { event: vi.fn(), detached: vi.fn() })
  expect(asked).toEqual(['detach 1', 'detach 2', 'attach 1'])
})

test.each([
  ['Debugger is not attached to the tab with id: 1.', true],
  ['Cannot access a chrome:// URL', true],
  ['No tab with given id 1.', true],
  ['Internal error', false],
])('whether they are ended is known: %s', async (message, ended) => {
  const targets = [{ attached: true, tabId: 1 }]
  const detach = () => Promise.reject(new Error(message))
  vi.stubGlobal('chrome', { debugger: { getTargets: async () => targets, detach } })
  detachLeftBehind()
  expect(await leftBehindEnded()).toBe(ended)
})

import { beforeEach, expect, test, vi } from 'vitest'
import type { Fetch } from '../model/session/view'

const testOffer = vi.fn()
const copyText = vi.fn()
const announce = vi.fn()
vi.doMock('../model/copy-test/copy-test', () => ({ testOffer }))
vi.doMock('../model/copy-test/script', () => ({ testScript: () => 'script' }))
vi.doMock('./announce', () => ({ announce }))
vi.doMock('./clipboard', () => ({ copyText }))
vi.doMock('./repeat', () => ({ seenRequests: async () => null }))
vi.doMock('./session/session', () => ({ model: () => ({}), past: { peek: () => null } }))
vi.doMock('./session/versions', () => ({ extensionVersion: () => '1' }))
vi.doMock('./site-settings', () => ({ siteSettingsOf: () => ({}) }))
const { copyTest } = await import('./copy-test')

const fetch = { storageKey: 'https://a.example' } as Fetch
const made = { ok: true, facts: {} }

beforeEach(() => {
  vi.resetAllMocks()
})

test.each([
  ['Copied', made, true],
  ['The browser did not allow copying', made, false],
  ['Its worker was unregistered.', { ok: false, why: 'Its worker was unregistered.' }, true],
])('what is said is also the answer: %s', async (said, offer, copies) => {
  testOffer.mockReturnValue(offer)
  copyText.mockResolvedValue(copies)
  expect(await copyTest(fetch, 'puppeteer')).toBe(said)
  expect(announce).toHaveBeenCalledExactlyOnceWith(said)
})

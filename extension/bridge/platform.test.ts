import { afterEach, expect, test, vi } from 'vitest'
import { framePlatform } from './platform'

afterEach(() => void vi.unstubAllGlobals())

test('each question about the permission is asked of the browser: a status keeps its state', async () => {
  const states = ['prompt', 'denied']
  const window = {}
  vi.stubGlobal('window', { ...window, top: window })
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('navigator', { permissions: { query: async () => ({ state: states.shift() }) } })
  const platform = framePlatform()
  expect(await platform.permission()).toBe('prompt')
  expect(await platform.permission()).toBe('denied')
})

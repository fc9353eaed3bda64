import { afterEach, expect, test, vi } from 'vitest'
import { allowAndSubmit } from './allow-downloads'

afterEach(() => {
  vi.unstubAllGlobals()
})

test.each([true, false])('a form is submitted once the permission is given: %s', async (given) => {
  const request = vi.fn(async () => given)
  vi.stubGlobal('chrome', { permissions: { request } })
  const requestSubmit = vi.fn()
  const answered = vi.fn()
  const done = allowAndSubmit({ requestSubmit }, answered)
  expect(request).toHaveBeenCalledOnce()
  expect(requestSubmit).not.toHaveBeenCalled()
  await done
  expect(answered).toHaveBeenCalledExactlyOnceWith(given)
  expect(requestSubmit).toHaveBeenCalledTimes(given ? 1 : 0)
})

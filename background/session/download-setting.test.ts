import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { restoreDownloadSetting, withDownloadsAllowed } from './download-setting'

const SITE = 'https://pod.example'

/** The browser's setting, and what was done with it. */
function setting() {
  const log: string[] = []
  const automaticDownloads = {
    set: vi.fn(async ({ primaryPattern, setting, scope }: Record<string, string>) => {
      log.push(`${setting} ${primaryPattern} ${scope}`)
    }),
    clear: vi.fn(async ({ scope }: Record<string, string>) => {
      log.push(`clear ${scope}`)
    }),
  }
  vi.stubGlobal('chrome', { contentSettings: { automaticDownloads } })
  return { log, automaticDownloads }
}

const CLEARED = ['clear regular', 'clear incognito_session_only']

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a site is allowed to start while the start is under way, and no other one', async () => {
  const { log } = setting()
  const answer = await withDownloadsAllowed(SITE, false, async () => {
    log.push('start')
    return 'answer'
  })
  expect(answer).toBe('answer')
  expect(log).toEqual([`allow ${SITE}/* regular`, 'start', ...CLEARED])
  log.length = 0
  await withDownloadsAllowed(SITE, true, async () => {})
  expect(log[0]).toBe(`allow ${SITE}/* incognito_session_only`)
})

test('it is taken back where the start fails, and where it gets no answer', async () => {
  const { log } = setting()
  await expect(withDownloadsAllowed(SITE, false, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(log.slice(1)).toEqual(CLEARED)
  log.length = 0
  const never = vi.fn()
  void withDownloadsAllowed(SITE, false, () => new Promise(() => {})).then(never)
  await vi.advanceTimersByTimeAsync(9000)
  expect(log).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(2000)
  expect(log.slice(1)).toEqual(CLEARED)
  // The next one does not wait for it.
  expect(await withDownloadsAllowed(SITE, false, async () => 'next')).toBe('next')
  expect(never).not.toHaveBeenCalled()
})

test('two sites are allowed one after the other, as all is taken back together', async () => {
  const { log } = setting()
  let finish = () => {}
  const first = withDownloadsAllowed(SITE, false, () => new Promise<void>((resolve) => (finish = resolve)))
  const second = withDownloadsAllowed('https://other.example', false, async () => {})
  await vi.advanceTimersByTimeAsync(10)
  expect(log).toEqual([`allow ${SITE}/* regular`])
  finish()
  await Promise.all([first, second])
  expect(log).toEqual([
    `allow ${SITE}/* regular`,
    ...CLEARED,
    'allow https://other.example/* regular',
    ...CLEARED,
  ])
})

test('without the permission, or where the browser refuses, the start is tried all the same', async () => {
  vi.stubGlobal('chrome', {})
  expect(await withDownloadsAllowed(SITE, false, async () => 'answer')).toBe('answer')
  await restoreDownloadSetting()
  const { automaticDownloads, log } = setting()
  automaticDownloads.set.mockRejectedValue(new Error('policy'))
  expect(await withDownloadsAllowed(SITE, false, async () => 'answer')).toBe('answer')
  expect(log).toEqual(CLEARED)
  expect(await withDownloadsAllowed('null', false, async () => 'answer')).toBe('answer')
  expect(automaticDownloads.set).toHaveBeenCalledTimes(1)
})

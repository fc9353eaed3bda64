import { expect, test, vi } from 'vitest'
import type { ColdStart } from '../../protocol/planned-aborts'
import { attributesOf, h, KEY, pass, scene, useFakeTime } from './planned-aborts.fixture'

useFakeTime()

test.each<[ColdStart | 'late' | 'refused', ColdStart]>([
  ['stopped', 'stopped'],
  ['not-running', 'not-running'],
  ['late', 'not-stopped'],
  ['refused', 'not-stopped'],
])('the worker is stopped before: %s is reported as %s, and the fetch is aborted', async (how, reported) => {
  const { see, plan, progress, aborted, fired } = scene({
    coldStart() {
      if (how === 'refused') return Promise.reject(new Error('no'))
      return how === 'late' ? new Promise(() => {}) : Promise.resolve(how)
    },
  })
  see()
  plan({ kind: 'percent', percent: 50 }, { cold: true })
  progress({ downloaded: 500 })
  expect(aborted).toEqual([])
  // It goes on meanwhile.
  if (how === 'late') progress({ downloaded: 700 })
  await pass(3000)
  expect(aborted).toHaveLength(1)
  expect(fired()).toMatchObject([{ cold: reported, downloaded: how === 'late' ? 700 : 500 }])
})

test('a fetch that ends while its worker is being stopped is not aborted', async () => {
  const { see, plan, progress, settle, aborted, removed } = scene()
  see()
  plan({ kind: 'percent', percent: 50 }, { cold: true })
  progress({ downloaded: 500 })
  settle()
  await pass(3000)
  expect(aborted).toEqual([])
  expect(removed()).toEqual([['p', 'fetch-ended']])
})

/** A fetch whose moment has come, and whose worker takes a second to stop. */
function stopping() {
  const one = scene({ coldStart: () => new Promise((resolve) => setTimeout(resolve, 1000, 'stopped')) })
  one.see()
  one.plan({ kind: 'first-byte' }, { cold: true })
  one.progress({ downloaded: 1 })
  return one
}

test('a plan that is removed while the worker is being stopped does not happen', async () => {
  const { aborts, aborted, removed } = stopping()
  aborts.remove('p')
  await pass(2000)
  expect(aborted).toEqual([])
  expect(removed()).toEqual([['p', 'asked']])
})

test('where a body is being sent by the time that the worker has stopped, the abort waits for it', async () => {
  const { aborted, progress } = stopping()
  progress({ uploadTotal: 10, uploaded: 5 })
  await pass(2000)
  expect(aborted).toEqual([])
  progress({ uploaded: 10 })
  await pass(2000)
  expect(aborted).toEqual([[h, 'p']])
})

test('an abort that is due when its fetch is seen stops the worker of that fetch, which is followed right after', async () => {
  const coldStart = vi.fn(async () => 'stopped' as const)
  const { aborts, reports, see, settle } = scene({ coldStart })
  aborts.plan({
    ...{ command: 'p', target: { kind: 'next', storageKey: KEY, pattern: 'episode' } },
    ...{ moment: { kind: 'time', ms: 0 }, cold: true },
  })
  const attributes = attributesOf({})
  aborts.observe({
    type: 'fetch-seen',
    handle: h,
    scope: `${KEY}/`,
    id: 'episode',
    attributes,
    already: false,
  })
  see()
  await vi.advanceTimersByTimeAsync(10)
  expect(coldStart).toHaveBeenCalledWith('p', `${KEY}/`)
  expect(reports.find(({ type }) => type === 'planned-abort-fired')).toMatchObject({ cold: 'stopped' })
  settle()
})

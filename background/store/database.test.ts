import * as v from 'valibot'
import { expect, test } from 'vitest'
import { Recording } from './database'

const recording = { tabId: 1, id: 'keep', startedAt: 1e12, trace: false, incognito: false }

test('a tab of any id that the browser gives can be recorded', () => {
  for (const tabId of [1, 1_068_261_836, 2 ** 31 - 1])
    expect(v.is(Recording, { ...recording, tabId })).toBe(true)
})

test('what is no tab, or began at no time, is none', () => {
  for (const bad of [{ tabId: Number.NaN }, { tabId: 0.5 }, { tabId: '1' }, { startedAt: 1e300 }]) {
    expect(v.is(Recording, { ...recording, ...bad })).toBe(false)
  }
})

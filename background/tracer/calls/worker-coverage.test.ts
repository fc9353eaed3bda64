import { expect, test } from 'vitest'
import { createWorkerCoverage } from './worker-coverage'

const ORIGIN = 'https://pod.example'

function coverage() {
  let at = 1000
  const made = createWorkerCoverage(() => at)
  return {
    ...made,
    pass: (ms: number) => {
      at += ms
    },
  }
}

test('a worker that is watched since before covers the time', () => {
  const { began, covers } = coverage()
  began('w1', ORIGIN, () => 1010)
  expect(covers(ORIGIN, 1020, 2000)).toBe(true)
  expect(covers(ORIGIN, 1005, 2000)).toBe(false)
})

test.each([
  ['one that is not watched', null],
  ['one that is watched since a later time', 1500],
])('%s leaves the time uncovered', (_, since) => {
  const { began, covers } = coverage()
  began('w1', ORIGIN, () => since)
  began('w1', ORIGIN, () => 1010)
  expect(covers(ORIGIN, 1020, 2000)).toBe(false)
  expect(covers('https://other.example', 1020, 2000)).toBe(true)
})

test('one that had ended before, or begins after, made no call in the time', () => {
  const { began, covers, pass } = coverage()
  const ended = began('w1', ORIGIN, () => null)
  pass(10)
  ended()
  pass(1000)
  began('w1', ORIGIN, () => null)
  expect(covers(ORIGIN, 1020, 2000)).toBe(true)
  expect(covers(ORIGIN, 1005, 2000)).toBe(false)
  expect(covers(ORIGIN, 1020, 2010)).toBe(false)
})

test('of many runs that have ended, the last ones count', () => {
  const { began, covers, pass } = coverage()
  for (let i = 0; i < 1000; i++) began('w1', ORIGIN, () => null)()
  pass(10)
  expect(covers(ORIGIN, 1000, 2000)).toBe(false)
  expect(covers(ORIGIN, 1005, 2000)).toBe(true)
})

test('until when a worker may have called unreported is until it was watched, or ended', () => {
  const { began, uncoveredUntil, pass } = coverage()
  expect(uncoveredUntil(ORIGIN, 2000)).toBeNull()
  began('w1', ORIGIN, () => 1010)
  expect(uncoveredUntil(ORIGIN, 2000)).toBe(1010)
  const ended = began('w2', ORIGIN, () => null)
  expect(uncoveredUntil(ORIGIN, 2000)).toBe(2000)
  expect(uncoveredUntil(ORIGIN, 2000, 'w2')).toBe(1010)
  expect(uncoveredUntil('https://other.example', 2000)).toBeNull()
  pass(500)
  ended()
  expect(uncoveredUntil(ORIGIN, 2000)).toBe(1500)
})

test('a worker that has only just begun to start has called nothing', () => {
  const { began, uncoveredUntil } = coverage()
  began('w1', ORIGIN, () => null)
  expect(uncoveredUntil(ORIGIN, 1040)).toBeNull()
  expect(uncoveredUntil(ORIGIN, 1060)).toBe(1060)
})

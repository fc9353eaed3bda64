import { beforeEach, expect, test } from 'vitest'
import type { Worker } from '../../model/session/view'
import { afterRestart, isRestart, restartAsked, restartOver } from './restarts'

const scope = 'https://pod.example/'
type Scripts = NonNullable<Worker['scripts']>
const scriptsOf = (...added: Scripts['added']): Scripts => ({
  ...{ type: 'worker-scripts', worker: 'w', complete: true, mentions: [] },
  added,
})
const runOf = (some: Partial<Worker> = {}) => ({
  ...{ scope, seenAt: 1100, stoppedAt: null, scripts: scriptsOf(), listened: new Map() },
  ...some,
})
const seen = scriptsOf({ name: 'backgroundfetchabort', count: 0 })

beforeEach(() => restartOver(scope))

test('a worker whose script had run before it could be traced is restarted twice more, and then that is said', () => {
  restartAsked(scope, 1000)
  expect(afterRestart(runOf(), 2000)).toBe('again')
  expect(afterRestart(runOf({ seenAt: 2100 }), 3000)).toBe('again')
  expect(afterRestart(runOf({ seenAt: 3100 }), 4000)).toBe('failed')
  expect(afterRestart(runOf({ seenAt: 3100 }), 4000)).toBe('none')
})

test('it is left alone once its listeners are known', () => {
  restartAsked(scope, 1000)
  expect(
    afterRestart(runOf({ scripts: scriptsOf({ name: 'backgroundfetchabort', count: null }) }), 2000),
  ).toBe('again')
  expect(afterRestart(runOf({ seenAt: 2100, scripts: seen }), 3000)).toBe('done')
  expect(afterRestart(runOf({ seenAt: 2100 }), 3000)).toBe('none')
  restartAsked(scope, 1000)
  expect(afterRestart(runOf({ listened: new Map([['backgroundfetchabort', true]]) }), 2000)).toBe('done')
})

test.each<[string, Partial<Worker>]>([
  ['whose scripts were not read so far', { scripts: null }],
  ['that ran before', { seenAt: 900 }],
  ['that began long after', { seenAt: 20_000 }],
  ['of another scope', { scope: 'https://pod.example/other/' }],
])('a run %s is no reason for another restart', (_, some) => {
  restartAsked(scope, 1000)
  expect(afterRestart(runOf(some), 30_000)).toBe('none')
  expect(afterRestart(runOf(), 30_000)).toBe('again')
})

test('a run that has stopped before its listeners were known is restarted as well', () => {
  restartAsked(scope, 1000)
  expect(afterRestart(runOf({ scripts: null, stoppedAt: 1500 }), 1600)).toBe('again')
  expect(afterRestart(runOf({ scripts: null, stoppedAt: 1500 }), 1700)).toBe('none')
})

test('it is waited for until something else was asked for', () => {
  expect(isRestart(runOf())).toBe(false)
  restartAsked(scope, 1000)
  expect(isRestart(runOf())).toBe(true)
  restartOver(scope)
  expect(afterRestart(runOf(), 2000)).toBe('none')
})

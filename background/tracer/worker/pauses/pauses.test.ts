import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPauses } from './pauses'

beforeEach(
  () => void vi.useFakeTimers({ now: Date.now(), toFake: ['setTimeout', 'clearTimeout', 'performance'] }),
)
afterEach(() => void vi.useRealTimers())

const RUNS = 'Error: {"code":-32000,"message":"Can only perform operation while paused."}'
const PAUSED = 'Error: {"code":-32000,"message":"Cannot find context with specified id"}'
const location = { url: 'https://pod.example/sw.js', line: 12, column: 3 }
const time = () => performance.timeOrigin + performance.now()

function make() {
  let answer = RUNS
  let current: number | null | undefined = 1
  const said: unknown[] = []
  const pauses = createPauses({
    send: async () => {
      throw new Error(answer)
    },
    paused: (met) => said.push(['paused', met.event, met.location]),
    resumed: (event, after) => said.push(['resumed', event, after === null ? null : Math.round(after)]),
    ranOn: ({ event }) => said.push(['ran on', event]),
    current: () => current,
  })
  return {
    pauses,
    said,
    answers(next: string) {
      answer = next
    },
    handles(next: typeof current) {
      current = next
    },
    meet: () => pauses.met({ event: 1, location, at: time() }),
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  }
}

test('a breakpoint that is met pauses, until the browser says that the worker goes on', async () => {
  const { pauses, said, answers, meet, pass } = make()
  answers(PAUSED)
  meet()
  await pass(4200)
  answers(RUNS)
  pauses.went()
  expect(pauses.settling()).toBeDefined()
  await pass(1)
  expect(said).toEqual([
    ['paused', 1, location],
    ['resumed', 1, 4200],
  ])
  expect(pauses.settling()).toBeUndefined()
})

test('where the browser does not say so, it is asked', async () => {
  const { said, answers, meet, pass } = make()
  answers(PAUSED)
  meet()
  await pass(1000)
  answers(RUNS)
  await pass(300)
  expect(said[1]).toEqual(['resumed', 1, 1250])
})

test('a step is no end of a pause', async () => {
  const { pauses, said, answers, meet, pass } = make()
  answers(PAUSED)
  meet()
  await pass(1000)
  pauses.went()
  await pass(1000)
  expect(said).toHaveLength(1)
})

test('a breakpoint that is met pauses nothing where DevTools skips all pauses', async () => {
  const { said, meet, pass } = make()
  meet()
  await pass(1000)
  expect(said).toEqual([['ran on', 1]])
})

test('a pause that ended before the worker was asked was one', async () => {
  const { pauses, said, meet, pass } = make()
  meet()
  pauses.went()
  await pass(1000)
  expect(said).toEqual([
    ['paused', 1, location],
    ['resumed', 1, 0],
  ])
})

test('of a pause elsewhere only the end is known, and nothing where no event is handled', async () => {
  const { pauses, said, handles, pass } = make()
  pauses.went()
  await pass(1)
  handles(undefined)
  pauses.went()
  await pass(1)
  expect(said).toEqual([['resumed', 1, null]])
})

test('a worker that does not answer as known is neither paused nor running', async () => {
  const { pauses, said, answers, meet, pass } = make()
  answers('Error: {"code":-32001,"message":"Session with given id not found."}')
  meet()
  pauses.went()
  await pass(1000)
  expect(said).toEqual([])
})

test('a look finds a pause that was not reported, and its time counts from then on', async () => {
  const { pauses, said, answers, pass } = make()
  expect(await pauses.look()).toBe(false)
  answers(PAUSED)
  const since = time()
  await pass(100)
  expect(await pauses.look()).toBe(true)
  await pass(400)
  expect(said).toEqual([['paused', 1, null]])
  expect(Math.round(pauses.pausedSince(since))).toBe(400)
  expect(Math.round(pauses.pausedSince(time() - 150))).toBe(150)
})

test('a worker that does not answer as its script loops is not known to be paused', async () => {
  const pauses = createPauses({
    send: () => new Promise(() => {}),
    paused: vi.fn(),
    resumed: vi.fn(),
    ranOn: vi.fn(),
    current: () => 1,
  })
  const looked = pauses.look()
  await vi.advanceTimersByTimeAsync(1000)
  expect(await looked).toBe(false)
})

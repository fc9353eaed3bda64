import { runInThisContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import type { ProbeBody } from '../../protocol/probe-events'
import { createMeetCall, type MeetCall } from './calls'
import { useOwnStacks } from './stacks.fixture'

useOwnStacks()

function met() {
  const sent: ProbeBody[] = []
  return { sent, meet: createMeetCall((body) => void sent.push(body)) }
}

/** Calls from a script of that address. */
function callFrom(url: string, meet: MeetCall, ...args: Parameters<MeetCall>): unknown {
  const call: (meet: MeetCall, args: Parameters<MeetCall>) => unknown = runInThisContext(
    '(meet, args) => {\n  return meet(...args)\n}',
    { filename: url },
  )
  return call(meet, args)
}

test('a call is sent with its ID and the stack of the script that made it, and pauses nothing', async () => {
  const { sent, meet } = met()
  expect(callFrom('https://pod.example/sw.js', meet, 'abort', { id: 'a b' }, [])).toBe(false)
  expect(meet('fetch', {}, ['c'])).toBe(false)
  // The call itself is made first.
  expect(sent).toEqual([])
  await undefined
  expect(sent).toMatchObject([
    {
      type: 'called',
      method: 'abort',
      id: 'a b',
      stack: expect.stringContaining('https://pod.example/sw.js:2:'),
    },
    { type: 'called', method: 'fetch', id: 'c' },
  ])
})

test.each([
  [{ id: 'a', result: '', recordsAvailable: true }, undefined],
  [{ id: 'a', result: 'success', recordsAvailable: true }, true],
  [{ id: 'a', result: '', recordsAvailable: false }, true],
])('a call on a registration whose fetch has ended is reported as such: %o', async (registration, ended) => {
  const { sent, meet } = met()
  meet('abort', registration, [])
  await undefined
  expect(sent).toEqual([
    {
      type: 'called',
      worker: '',
      method: 'abort',
      id: 'a',
      stack: expect.any(String),
      ...(ended && { ended }),
    },
  ])
})

test('where the script looks at stacks, none is read', async () => {
  const { sent, meet } = met()
  const read = vi.fn()
  Object.defineProperty(Error, 'prepareStackTrace', { configurable: true, get: read })
  meet('fetch', {}, ['a'])
  await undefined
  expect(sent).toMatchObject([{ id: 'a', stack: '' }])
  expect(read).not.toHaveBeenCalled()
})

test('an argument that was not given is not looked for', async () => {
  const { sent, meet } = met()
  const read = vi.fn()
  const given = new Proxy([], { get: (args, name) => (name === '0' ? read() : Reflect.get(args, name)) })
  meet('fetch', {}, given)
  await undefined
  expect(sent).toMatchObject([{ id: '' }])
  expect(read).not.toHaveBeenCalled()
})

test.each([[7], [{ toString: () => 'a' }], ['x'.repeat(20_000)]])(
  'an ID that is no short text is not sent',
  async (id) => {
    const { sent, meet } = met()
    meet('fetch', {}, [id])
    await undefined
    expect(sent).toMatchObject([{ id: '' }])
  },
)

test('of a worker that calls in a loop, a bounded number is sent', async () => {
  const { sent, meet } = met()
  for (let i = 0; i < 1000; i++) meet('fetch', {}, ['a'])
  await undefined
  // The second may be a new one in the middle.
  expect(sent).not.toEqual([])
  expect(sent.length).toBeLessThanOrEqual(100)
})

test('what can’t be sent is no trouble of the script', async () => {
  const send = vi.fn(() => {
    throw new Error('gone')
  })
  expect(createMeetCall(send)('fetch', {}, ['a'])).toBe(false)
  // A rejection that nobody handles fails the run.
  await new Promise(setImmediate)
  expect(send).toHaveBeenCalled()
})

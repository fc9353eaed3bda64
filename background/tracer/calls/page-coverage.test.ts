import { expect, test } from 'vitest'
import { BREAK, CALLER, NATIVE, page, SHOWN, watched } from './page-calls.fixture'

test('a page’s own function in the place of abort() leaves the other documents’ breakpoint', async () => {
  const { calls, parse, of } = watched((one) =>
    one.params.contextId === 2 && /prototype\.abort/.test(String(one.params.expression))
      ? { result: { type: 'function', objectId: 'mine', description: 'function abort() { mine() }' } }
      : page()(one),
  )
  await parse(1)
  await parse(2)
  expect(of('Debugger.removeBreakpoint').map(({ params }) => params.breakpointId)).toEqual([
    'BackgroundFetchManager.prototype.fetch',
  ])
  expect(of(BREAK).map(({ params }) => params.objectId)).toContain('mine')
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(true)
})

test('calls of a page are covered since its context is watched', async () => {
  const { calls, parse } = watched(page())
  await parse(1)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(true)
  expect(await calls.covers('https://pod.example', Date.now() - 60_000)).toBe(false)
  expect(await calls.covers('https://other.example', Date.now() + 1000)).toBe(false)
})

test.each([
  ['whose context is not known', page(), 0],
  ['that has replaced abort()', page('function abort() { mine() }'), 1],
  ['with a frame of its own origin', page(NATIVE, { frame: CALLER, childFrames: [{ frame: CALLER }] }), 1],
])('calls of a page %s are not', async (_, answer, contexts) => {
  const { calls, parse } = watched(answer)
  for (let i = 0; i < contexts; i++) await parse(1)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(false)
})

test('calls are not covered from before a frame has changed, nor after one could not be read', async () => {
  const { calls, parse, sends, meets, counts } = watched(page())
  await parse(1)
  const before = performance.timeOrigin + performance.now()
  expect(await calls.covers('https://pod.example', before)).toBe(true)
  calls.frameChanged()
  expect(await calls.covers('https://pod.example', before)).toBe(false)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(true)
  const later = () => performance.timeOrigin + performance.now()
  for (const unreadable of [() => sends('rubbish'), () => meets(['rubbish'])]) {
    const soon = later()
    expect(await calls.covers('https://pod.example', soon)).toBe(true)
    await unreadable()
    expect(await calls.covers('https://pod.example', soon)).toBe(false)
  }
  expect(await calls.covers('https://pod.example', later())).toBe(true)
  // Met, and not heard of yet.
  counts.set(1, 2)
  expect(await calls.covers('https://pod.example', later())).toBe(false)
})

test.each(['Page.frameAttached', 'Page.frameDetached'])(
  'nor from before %s: a frame that has gone may have called unheard',
  async (method) => {
    const { calls, parse } = watched(page())
    await parse(1)
    const before = performance.timeOrigin + performance.now()
    expect(await calls.covers('https://pod.example', before)).toBe(true)
    expect(calls.event(method, { frameId: 'F' })).toBe(true)
    expect(await calls.covers('https://pod.example', before)).toBe(false)
    expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(true)
  },
)

test('where it is not reported which frames come and go, no calls are covered', async () => {
  const { calls, parse } = watched((one) => {
    if (one.method === 'Page.enable') throw new Error('Not allowed')
    return page()(one)
  })
  await parse(1)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(false)
})

test('where a breakpoint can’t be set anew for a further document, no calls are covered any more', async () => {
  let fails = false
  const { calls, parse } = watched((one) => {
    if (one.method === BREAK) {
      if (fails) throw new Error('Could not find object with given id')
      return { breakpointId: String(one.params.objectId) }
    }
    return page()(one)
  })
  await parse(1)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(true)
  fails = true
  await parse(2)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(false)
})

test('a document that is kept aside does not cover the one that the tab shows', async () => {
  const { calls, parse } = watched((one) => {
    const { params } = one
    // The tab's own context lacks the variable.
    if (SHOWN.test(String(params.expression))) return { result: { type: 'string', value: '' } }
    return page()(one)
  })
  await parse(1)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(false)
})

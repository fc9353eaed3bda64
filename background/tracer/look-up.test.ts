import { Session } from 'node:inspector'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lookInto, lookUp } from './look-up'

// A debugger of this process, which is as good as that of a browser here.
const session = new Session()
const send = (method: string, params?: object) =>
  new Promise<unknown>((resolve, reject) =>
    session.post(method, params, (error, answer) => (error ? reject(error) : resolve(answer))),
  )

const ran = vi.fn()
const { prepareStackTrace } = Error
beforeEach(() => {
  session.connect()
  ran.mockClear()
  const owner = { method() {}, prototype: { inner: 1 } }
  Object.defineProperty(owner, 'getter', { get: () => ran('getter') })
  vi.stubGlobal('Owner', owner)
  Object.defineProperty(globalThis, 'Accessor', { configurable: true, get: () => ran('accessor') })
  Error.prepareStackTrace = () => ran('prepareStackTrace')
})
afterEach(() => {
  if (prepareStackTrace) Error.prepareStackTrace = prepareStackTrace
  else Reflect.deleteProperty(Error, 'prepareStackTrace')
  Reflect.deleteProperty(globalThis, 'Accessor')
  vi.unstubAllGlobals()
  session.disconnect()
})

test('the own properties of something are found, and its getters not run', async () => {
  const found = await lookInto(send, 'Owner')
  const [method] = found.filter(({ name }) => name === 'method')
  expect(method?.value).toMatchObject({ type: 'function', description: 'method() {}' })
  expect(found.find(({ name }) => name === 'getter')?.get?.type).toBe('function')
  expect((await lookInto(send, 'Owner', 'prototype')).map(({ name }) => name)).toContain('inner')
  expect(ran).not.toHaveBeenCalled()
})

test('what is not there has none, and no error is made for it', async () => {
  expect(await lookInto(send, 'Missing', 'prototype')).toEqual([])
  expect(ran).not.toHaveBeenCalled()
})

test('where a getter would have to run there is nothing', async () => {
  expect(await lookUp(send, 'Accessor')).toEqual({ type: 'undefined' })
  expect(await lookInto(send, 'Accessor', 'prototype')).toEqual([])
  expect(ran).not.toHaveBeenCalledWith('accessor')
})

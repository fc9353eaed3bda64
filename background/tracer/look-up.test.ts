import { Session } from 'node:inspector'
import { runInThisContext } from 'node:vm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lookUp, lookUpGetters } from './look-up'

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
  const owner = { method() {}, text: 'x'.repeat(1_000_000) }
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

test('a function is found by its name, and nothing else is read', async () => {
  expect(await lookUp(send, 'Owner.method')).toMatchObject({ type: 'function', description: 'method() {}' })
  expect(ran).not.toHaveBeenCalled()
})

test('getters are found, and not run', async () => {
  const getters = await lookUpGetters(send, 'Owner')
  expect([...getters].map(([name, { type }]) => [name, type])).toEqual([['getter', 'function']])
  expect(ran).not.toHaveBeenCalled()
})

test('what is not there is nothing, and no error is made for it', async () => {
  expect(await lookUp(send, 'Missing.prototype.method')).toEqual({ type: 'undefined' })
  expect(await lookUp(send, 'Owner.missing')).toEqual({ type: 'undefined' })
  expect([...(await lookUpGetters(send, 'Missing.prototype'))]).toEqual([])
  expect(ran).not.toHaveBeenCalled()
})

test('where a script ended before it declared the variable there is nothing', async () => {
  expect(() => runInThisContext('throw new RangeError(); let Undeclared')).toThrow(RangeError)
  expect(await lookUp(send, 'Undeclared')).toEqual({ type: 'undefined' })
  expect([...(await lookUpGetters(send, 'Undeclared.prototype'))]).toEqual([])
})

test('where a getter would have to run there is nothing', async () => {
  expect(await lookUp(send, 'Accessor')).toEqual({ type: 'undefined' })
  expect(await lookUp(send, 'Owner.getter')).toEqual({ type: 'undefined' })
  expect([...(await lookUpGetters(send, 'Accessor'))]).toEqual([])
  expect(ran).not.toHaveBeenCalledWith('accessor')
  expect(ran).not.toHaveBeenCalledWith('getter')
})

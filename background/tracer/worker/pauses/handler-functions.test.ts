import { expect, test } from 'vitest'
import { listenerPositions } from './handler-functions'

type Value = { type: string; subtype?: string; objectId?: string; value?: unknown }
interface Described {
  readonly result?: readonly { name: string; value?: Value; get?: Value }[]
  readonly internalProperties?: readonly { name: string; value?: Value }[]
}

const at = (lineNumber: number): Described => ({
  internalProperties: [
    {
      name: '[[FunctionLocation]]',
      value: { type: 'object', value: { scriptId: '5', lineNumber, columnNumber: 3 } },
    },
  ],
})
const fn = (objectId: string, subtype?: string): Value => ({
  type: 'function',
  objectId,
  ...(subtype ? { subtype } : {}),
})
const to = (name: string, value: Value): Described => ({ internalProperties: [{ name, value }] })

/** The positions of listeners, as the browser describes them by their ids. */
function positions(listeners: readonly Value[], objects: Record<string, Described>) {
  const list = [
    ...listeners.map((value, i) => ({ name: String(i), value })),
    { name: 'length', value: { type: 'number', value: listeners.length } },
  ]
  const send = async (method: string, params: object = {}) => {
    const { objectId = '' } = params as { objectId?: string }
    if (method === 'Runtime.callFunctionOn') return { result: { type: 'object', objectId: 'list' } }
    return objectId === 'list' ? { result: list } : { result: [], ...objects[objectId] }
  }
  return listenerPositions(send, 'probe', 'backgroundfetchabort')
}

const place = (lineNumber: number) => ({ scriptId: '5', lineNumber, columnNumber: 3 })

test('each listener is where its function is', async () => {
  expect(await positions([fn('a'), fn('b')], { a: at(1), b: at(2) })).toEqual([place(1), place(2)])
})

test('a bound function and a Proxy stand for the function below', async () => {
  const objects = {
    bound: to('[[TargetFunction]]', fn('proxy', 'proxy')),
    proxy: to('[[Target]]', fn('a')),
    a: at(4),
  }
  expect(await positions([fn('bound')], objects)).toEqual([place(4)])
})

test('an object listens with its own or its inherited handleEvent()', async () => {
  const objects: Record<string, Described> = {
    one: { result: [{ name: 'handleEvent', value: fn('a') }] },
    two: to('[[Prototype]]', { type: 'object', objectId: 'one' }),
    a: at(6),
  }
  const listeners = ['one', 'two'].map((objectId) => ({ type: 'object', objectId }))
  expect(await positions(listeners, objects)).toEqual([place(6), place(6)])
})

test('what only a getter or a trap of the script could tell is not known', async () => {
  const objects: Record<string, Described> = {
    getter: { result: [{ name: 'handleEvent', get: fn('a') }] },
    proxy: to('[[Target]]', { type: 'object', objectId: 'one' }),
    one: { result: [{ name: 'handleEvent', value: fn('a') }] },
    native: {},
    a: at(6),
  }
  const listeners: Value[] = [
    { type: 'object', objectId: 'getter' },
    { type: 'object', subtype: 'proxy', objectId: 'proxy' },
    fn('native'),
  ]
  expect(await positions(listeners, objects)).toEqual([null, null, null])
})

test.each([
  ['(event) => {}', 'event'],
  ['async e => e.x', 'e'],
  ['function clean(event, more) {}', 'event'],
  ['async handleEvent( $e ) {}', '$e'],
  ['({ registration }) => {}', undefined],
  ['(event = start()) => {}', undefined],
  ['() => event(x)', undefined],
  ['_ => clean(e)', '_'],
])('of %s the first parameter is %s', async (description, parameter) => {
  const [found] = await positions([{ ...fn('a'), description } as Value], { a: at(1) })
  expect(found?.parameter).toBe(parameter)
})

import { expect, test } from 'vitest'
import type { Send } from '../remote'
import { watchWorkerCalls } from './worker-calls'

interface Sent {
  readonly method: string
  readonly params: { readonly [name: string]: unknown }
}

const native = (name: string) => ({
  type: 'function',
  objectId: name,
  description: `function ${name}() { [native code] }`,
})

function worker(found: (expression: string) => unknown = (it) => native(it.split('.').at(-1) ?? '')) {
  const sent: Sent[] = []
  const answer = (method: string, params: Sent['params']): unknown => {
    if (method === 'Runtime.callFunctionOn') return { result: { type: 'undefined' } }
    if (method === 'Runtime.getProperties') return { result: [] }
    if (method !== 'Runtime.evaluate') return {}
    const expression = String(params.expression)
    return { result: /prototype/.test(expression) ? found(expression) : { type: 'object', objectId: 'slot' } }
  }
  const send: Send = async (method: string, params: object = {}) => {
    sent.push({ method, params: params as Sent['params'] })
    return answer(method, params as Sent['params'])
  }
  return { sent, send, of: (method: string) => sent.filter((one) => one.method === method) }
}

const BREAK = 'Debugger.setBreakpointOnFunctionCall'

test('the browser’s own functions are watched, and nothing pauses', async () => {
  const { sent, send, of } = worker()
  await watchWorkerCalls(send, 'probe')
  const methods = sent.map(({ method }) => method)
  expect(methods.slice(0, 3)).toEqual([
    'Debugger.setSkipAllPauses',
    'Debugger.enable',
    'Debugger.setSkipAllPauses',
  ])
  expect(of(BREAK).map(({ params }) => params.objectId)).toEqual(['fetch', 'abort'])
  expect(of('Runtime.callFunctionOn')).toMatchObject([
    { params: { objectId: 'probe', arguments: [{ objectId: 'slot' }] } },
  ])
  const reads = of('Runtime.evaluate').filter(({ params }) => /prototype/.test(String(params.expression)))
  expect(reads.map(({ params }) => params.throwOnSideEffect)).toEqual([true, true])
})

test.each([
  [
    'a function of the script',
    { type: 'function', objectId: 'f', description: 'function abort() { mine() }' },
  ],
  ['something else', { type: 'undefined' }],
  ['a Proxy', { type: 'function', subtype: 'proxy', objectId: 'p', description: 'Proxy(Function)' }],
])('%s in its place is no call that is watched', async (_, found) => {
  const { send, of } = worker((expression) => (/abort/.test(expression) ? found : native('fetch')))
  await expect(watchWorkerCalls(send, 'probe')).rejects.toThrow('replaced')
  expect(of(BREAK).map(({ params }) => params.objectId)).not.toContain('f')
})

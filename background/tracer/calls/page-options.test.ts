import { types } from 'node:util'
import { beforeEach, expect, test, vi } from 'vitest'
import { MAX_WORKER_TEXT } from '../../../protocol/worker-fields'
import { pageMessages } from './page-messages'
import { readOptions } from './page-options'

interface Page {
  meet(method: 'fetch', self: object, given: readonly unknown[]): boolean
  take(number: number): { readonly it: unknown } | undefined
  isError: typeof types.isNativeError | undefined
  getOwn: typeof Reflect.getOwnPropertyDescriptor | undefined
}

/** The name of the variable. */
const NAME = 'it'
let page: Page
const sent = vi.fn()
/** The length of the longest text that was sent. */
let longest: number
/** What of the options has run. */
let ran: string[]

beforeEach(() => {
  page = new Function(`${pageMessages(NAME, 1)}; return ${NAME}`)() as Page
  page.isError = types.isNativeError
  page.getOwn = Reflect.getOwnPropertyDescriptor
  sent.mockClear()
  ran = []
  longest = 0
})

const subtypeOf = (it: object) => {
  if (types.isProxy(it)) return { subtype: 'proxy', value: 'Proxy(Object)' }
  return Array.isArray(it) ? { subtype: 'array', value: `Array(${it.length})` } : { value: 'Object' }
}

/** What is read of these options; the debugger's answers are made without running anything in them. */
function read(options: unknown) {
  page.meet('fetch', {}, ['id', [], options])
  /** What the debugger has named, by its names. */
  const named = new Map<unknown, unknown>()
  const describe = (value: unknown) => {
    if (typeof value === 'string') longest = Math.max(longest, value.length)
    if (typeof value !== 'object' || value === null) return { type: typeof value, value }
    const objectId = String(named.size)
    named.set(objectId, value)
    const { it } = value as { readonly it: object }
    // The browser reads the stack of an error to describe it.
    if (types.isNativeError(it)) void it.stack
    return {
      type: 'object',
      objectId,
      preview: { properties: [{ name: 'it', type: typeof it, ...subtypeOf(it) }] },
    }
  }
  const send = async (method: string, params: object = {}) => {
    sent(method)
    const { expression, objectId, functionDeclaration, arguments: given } = params as Record<string, unknown>
    if (method === 'Runtime.releaseObjectGroup') return {}
    try {
      const value =
        method === 'Runtime.evaluate'
          ? new Function(NAME, `return ${expression}`)(page)
          : new Function(NAME, 'self', 'key', `return (${functionDeclaration}).call(self, key)`)(
              page,
              named.get(objectId),
              (given as readonly { readonly value: unknown }[])[0]?.value,
            )
      return { result: describe(value) }
    } catch {
      return { result: { type: 'object', objectId: 'error' }, exceptionDetails: {} }
    }
  }
  return readOptions(send, 1, NAME, 1)
}

/** Notes all that is done with an object. */
const watched = (target: object, name: string): object => {
  const note = (_: object, trap: string) => {
    ran.push(`${name} ${trap}`)
    return undefined
  }
  return new Proxy(target, new Proxy({}, { get: note }))
}
/** Notes that its stack is read. */
const error = (more: object) =>
  Object.defineProperty(Object.assign(new Error(), more), 'stack', getter('stack'))
const getter = (name: string) => ({ configurable: true, get: () => void ran.push(name) })

test('the title and the icons are read, and the options are not kept any longer', async () => {
  const icons = [{ src: '/a.png', sizes: '48x48', type: 'image/png' }, { src: 'b.svg' }]
  expect(await read({ title: 'An episode', icons, downloadTotal: 5 })).toEqual({
    title: 'An episode',
    icons: [{ src: '/a.png', sizes: '48x48' }, { src: 'b.svg' }],
  })
  expect(page.take(1)).toBeUndefined()
  expect(sent).toHaveBeenLastCalledWith('Runtime.releaseObjectGroup')
})

test.each<[string, () => unknown]>([
  ['accessors', () => Object.defineProperties({}, { title: getter('title'), icons: getter('icons') })],
  ['a Proxy', () => watched({ title: 'a', icons: [] }, 'options')],
  ['a Proxy of a Proxy', () => new Proxy(watched({ title: 'a' }, 'options'), {})],
  ['what is inherited', () => Object.create({ title: 'a', icons: [{ src: 'a' }] })],
  ['what a Proxy would inherit', () => Object.create(watched({ title: 'a' }, 'prototype'))],
  ['a Proxy of icons', () => ({ icons: watched([{ src: 'a' }], 'icons') })],
  ['a Proxy of an icon', () => ({ icons: [watched({ src: 'a' }, 'icon')] })],
  ['an accessor of an array', () => ({ icons: Object.defineProperty([1], 0, getter('0')) })],
  ['an accessor of an icon', () => ({ icons: [Object.defineProperty({}, 'src', getter('src'))] })],
  [
    'icons that are no array',
    () => ({ icons: Object.defineProperty({}, Symbol.iterator, getter('iterator')) }),
  ],
  ['an error', () => error({ title: 'a' })],
  ['an error as title', () => ({ title: error({}) })],
  ['an error as icons', () => ({ icons: error({}) })],
  ['an error as icon', () => ({ icons: [error({ src: 'a' })] })],
  ['what is no text', () => ({ title: { toString: () => ran.push('toString') }, icons: [{ src: 7 }] })],
])('nothing is read of %s, and nothing of the page runs', async (_, make) => {
  expect(await read(make())).toBeNull()
  expect(ran).toEqual([])
})

test('what can be read beside an accessor is', async () => {
  const options = Object.defineProperties({ icons: [{ src: 'a', sizes: '' }] }, { title: getter('title') })
  expect(await read(options)).toEqual({ title: null, icons: [{ src: 'a', sizes: '' }] })
  expect(ran).toEqual([])
})

test('a hole of an array is passed over', async () => {
  // biome-ignore lint/suspicious/noSparseArray: it is about the hole.
  expect(await read({ icons: [, { src: 'b' }] })).toEqual({ title: null, icons: [{ src: 'b' }] })
})

test('what can’t be asked for its properties has none', async () => {
  page.getOwn = () => {
    throw new DOMException('Blocked', 'SecurityError')
  }
  expect(await read({ title: 'a' })).toBeNull()
})

test('where descriptors would have a value that the page gives them, nothing is read', async () => {
  page.meet('fetch', {}, ['id', [], { title: 'a' }])
  Object.defineProperty(Object.prototype, 'value', getter('value'))
  const taken = page.take(1)
  Reflect.deleteProperty(Object.prototype, 'value')
  expect(taken).toBeUndefined()
  expect(ran).toEqual([])
})

test('of large options no more is sent than is shown', async () => {
  const icons = Array.from({ length: 100_000 }, (_, i) => ({ src: `${i}` }))
  const given = await read({ title: 'x'.repeat(1_000_000), icons })
  expect(given?.title).toBe('x'.repeat(MAX_WORKER_TEXT))
  expect(longest).toBe(MAX_WORKER_TEXT)
  expect(given?.icons.map(({ src }) => src)).toEqual(['0', '1', '2', '3', '4'])
  expect(sent.mock.calls.length).toBeLessThan(25)
})

test.each(['getOwn', 'isError'] as const)('without the browser’s own %s() nothing is read', async (name) => {
  page[name] = undefined
  expect(await read({ title: 'a' })).toBeNull()
})

import { expect, test } from 'vitest'
import { portPair } from './port.fixture'
import { rpcOverPort } from './port-rpc'

interface Page {
  add(a: number, b: number): number
  fail(): void
  never(): Promise<number>
}
interface Background {
  greet(name: string): string
}

function connect(page: Partial<Page> = {}) {
  const [near, far] = portPair()
  const greeted: string[] = []
  const toPage = rpcOverPort<Page, Background>(near, {
    greet(name) {
      greeted.push(name)
      return `hello ${name}`
    },
  })
  const toBackground = rpcOverPort<Background, Page>(far, {
    add: (a, b) => a + b,
    fail() {
      throw new TypeError('no such fetch')
    },
    never: () => new Promise(() => {}),
    ...page,
  })
  return { near, far, toPage, toBackground, greeted }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

test('both ends call each other and get answers', async () => {
  const { toPage, toBackground } = connect()
  expect(await toPage.add(2, 3)).toBe(5)
  expect(await toBackground.greet('page')).toBe('hello page')
})

test('calls are answered each with its own answer, whatever order they finish in', async () => {
  const releases: (() => void)[] = []
  const { toPage } = connect({
    add: (a, b) => new Promise((resolve) => releases.push(() => resolve(a + b))) as unknown as number,
  })
  const answers = [toPage.add(1, 1), toPage.add(2, 2), toPage.add(3, 3)]
  await settle()
  for (const release of releases.reverse()) release()
  expect(await Promise.all(answers)).toEqual([2, 4, 6])
})

test('a call that needs no answer arrives', async () => {
  const { toBackground, greeted } = connect()
  await toBackground.greet.asEvent('event')
  await settle()
  expect(greeted).toEqual(['event'])
})

test('an error arrives as an Error with its message, although JSON carries none', async () => {
  const { toPage } = connect()
  const error = await toPage.fail().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(error).toHaveProperty('message', 'no such fetch')
})

test('what is thrown without being an Error arrives as one', async () => {
  const { toPage } = connect({
    fail() {
      throw 'just words'
    },
  })
  await expect(toPage.fail()).rejects.toEqual(new Error('just words'))
})

test('a call to a function that the other end does not have rejects', async () => {
  const { toPage } = connect()
  await expect(toPage.$call('missing' as 'fail')).rejects.toThrow('missing')
})

test('pending calls reject when the other end goes away', async () => {
  const { far, toPage } = connect()
  const pending = toPage.never()
  const rejected = expect(pending).rejects.toThrow('connection-closed')
  await settle()
  far.disconnect()
  await rejected
})

test('calls after the other end went away reject', async () => {
  const { far, toPage } = connect()
  far.disconnect()
  await expect(toPage.add(1, 2)).rejects.toThrow('closed')
})

test('an answer that comes too late for the connection troubles nobody', async () => {
  const unhandled: unknown[] = []
  const listen = (error: unknown) => void unhandled.push(error)
  process.prependListener('unhandledRejection', listen)
  let finish = (_sum: number): void => {}
  const { near, toPage } = connect({
    add: () => new Promise<number>((resolve) => (finish = resolve)) as unknown as number,
  })
  toPage.add(1, 2).catch(() => {})
  await settle()
  near.disconnect()
  finish(3)
  await settle()
  process.off('unhandledRejection', listen)
  expect(unhandled).toEqual([])
})

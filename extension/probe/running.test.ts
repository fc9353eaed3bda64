import { expect, test } from 'vitest'
import { watchRunning } from './running'
import type { TracedEvent } from './traced-event'

function watched() {
  const listeners = new Map<unknown, () => void>()
  const running = watchRunning({
    addListener: (_, name, listener) => void listeners.set(name, listener as () => void),
    removeListener: (_, name) => void listeners.delete(name),
  })
  running.listen()
  const returned: string[] = []
  const add = (event: Event) =>
    running.add(event, { listenerReturned: () => returned.push(event.type) } as unknown as TracedEvent)
  return { running, add, returned, listeners, fail: (name = 'error') => listeners.get(name)?.() }
}

/** Dispatches an event to this listener. */
function dispatch(name: string, listener: (event: Event) => void): void {
  const target = new EventTarget()
  target.addEventListener(name, listener)
  target.dispatchEvent(new Event(name))
}

test('an exception while its listeners run leaves an event as it is, one after them says that they have returned', () => {
  const { add, returned, fail } = watched()
  dispatch('abort', (event) => {
    add(event)
    fail()
    expect(returned).toEqual([])
  })
  fail()
  fail()
  expect(returned).toEqual(['abort'])
})

test('so does a rejection, and the next event', () => {
  const { add, returned, fail } = watched()
  dispatch('first', add)
  fail('unhandledrejection')
  expect(returned).toEqual(['first'])
  dispatch('second', add)
  dispatch('third', add)
  expect(returned).toEqual(['first', 'second'])
})

test('an event that is dispatched in a listener of another one ends before it', () => {
  const { add, returned, fail } = watched()
  dispatch('outer', (outer) => {
    add(outer)
    dispatch('inner', add)
    fail()
    expect(returned).toEqual(['inner'])
  })
  fail()
  expect(returned).toEqual(['inner', 'outer'])
})

test('nothing is listened to any more once it is undone', () => {
  const { running, listeners } = watched()
  expect([...listeners.keys()]).toEqual(['error', 'unhandledrejection'])
  running.undo()
  expect(listeners.size).toBe(0)
})

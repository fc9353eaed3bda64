import { expect, test } from 'vitest'
import { fits, forget, MAX_REMEMBERED, recall, remember } from './new-fetch-memory'

const fields = { id: 'a', title: '', downloadTotal: '', requests: '/a' }
const target = (n: number) => ({ storageKey: `https://${n}.example`, scope: `https://${n}.example/` })

function storage(first: string | null = null) {
  let text = first
  return {
    getItem: () => text,
    setItem: (_: string, next: string) => {
      text = next
    },
  }
}

test('what was used last is remembered for its origin, until it is forgotten', () => {
  const store = storage()
  remember(target(1), fields, store)
  remember(target(2), fields, store)
  remember(target(1), { ...fields, id: 'b' }, store)
  expect(recall(target(1).storageKey, store)).toEqual({ ...target(1), fields: { ...fields, id: 'b' } })
  forget(target(1).storageKey, store)
  expect(recall(target(1).storageKey, store)).toBeUndefined()
  expect(recall(target(2).storageKey, store)).toEqual({ ...target(2), fields })
})

test('of twenty origins, and of nothing long', () => {
  const store = storage()
  for (let n = 0; n <= 20; n++) remember(target(n), fields, store)
  expect(recall(target(0).storageKey, store)).toBeUndefined()
  expect(recall(target(1).storageKey, store)).toBeDefined()
  const long = { ...fields, requests: 'x'.repeat(MAX_REMEMBERED) }
  expect([fits(fields), fits(long)]).toEqual([true, false])
  remember(target(20), long, store)
  expect(recall(target(20).storageKey, store)?.fields).toEqual(fields)
})

test.each([
  '{',
  '{}',
  '[{"storageKey":"https://1.example"}]',
  '[{"storageKey":"https://1.example","scope":"s","fields":{"id":1}}]',
])('what can’t be read is nothing: %s', (text) => {
  const store = storage(text)
  expect(recall(target(1).storageKey, store)).toBeUndefined()
  remember(target(1), fields, store)
  expect(recall(target(1).storageKey, store)).toBeDefined()
})

test('storage that is blocked or full is no error', () => {
  const fail = () => {
    throw new Error('full')
  }
  const store = { getItem: fail, setItem: fail }
  expect(() => remember(target(1), fields, store)).not.toThrow()
  expect(recall(target(1).storageKey, store)).toBeUndefined()
})

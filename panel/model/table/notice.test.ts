import { expect, test } from 'vitest'
import { type Notice, together, withVerdict } from './notice'

const noticeOf = (fetch: string, text: string, some: Partial<Notice> = {}): Notice => ({
  id: fetch,
  text,
  more: 0,
  isVerdict: true,
  isInterim: false,
  inDetails: true,
  bad: false,
  fetch,
  ...some,
})

const shown = noticeOf('a', 'wrong: 2 entries')
const final = noticeOf('a', 'wrong: 1 entry')

test('the notice of a verdict says it in its new words', () => {
  expect(withVerdict(shown, final)).toEqual({ ...shown, text: final.text })
})

test('it goes on saying how many other outcomes came with it', () => {
  expect(withVerdict({ ...shown, more: 2 }, final)).toMatchObject({ text: final.text, more: 2 })
})

test('nothing is shown anew where another notice is shown, none, or what is shown says it already', () => {
  expect(withVerdict(null, final)).toBe(null)
  expect(withVerdict(noticeOf('b', 'wrong: 2 entries'), final)).toBe(null)
  expect(withVerdict(noticeOf('a', 'ended: aborted', { isVerdict: false }), final)).toBe(null)
  expect(withVerdict(final, final)).toBe(null)
})

test('of several outcomes the last one is said, or the first that is bad, with the number of the others', () => {
  const [a, b] = [noticeOf('a', 'one'), noticeOf('b', 'two')]
  expect(together([])).toBe(null)
  expect(together([a])).toEqual(a)
  expect(together([a, b])).toEqual({ ...b, more: 1 })
  expect(together([{ ...a, bad: true }, b])).toEqual({ ...a, bad: true, more: 1 })
  expect(together([a, { ...b, isInterim: true }])).toEqual({ ...a, more: 1 })
})

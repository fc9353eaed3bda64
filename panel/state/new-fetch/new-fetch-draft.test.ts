import { expect, test } from 'vitest'
import { draftFor, dropDraft, saveDraft } from './new-fetch-draft'

test('what was typed last is kept for its page until it is dropped', () => {
  const fields = { id: 'a', title: '', downloadTotal: '', requests: '/a' }
  const draft = { target: undefined, fields, note: '' }
  expect(draftFor('https://a.example')).toBeNull()
  saveDraft('https://a.example', draft)
  expect(draftFor('https://a.example')).toBe(draft)
  expect(draftFor('https://b.example')).toBeNull()
  dropDraft()
  expect(draftFor('https://a.example')).toBeNull()
})

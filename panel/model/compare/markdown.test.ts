import { expect, test } from 'vitest'
import { rowOf } from '../audit/audit.fixture'
import { comparisonOf } from './compare.fixture'
import { comparisonMarkdown } from './markdown'

test('a comparison is copied with what is only in one, and what was not observed', () => {
  const wrong = { handler: 40, look: { items: [rowOf('a|b `episode`', 'episode')] } }
  const text = comparisonMarkdown(comparisonOf(wrong, {}), { a: 'first @me', b: 'second' })
  expect(text).toContain('A: first `@me`')
  expect(text).toContain('Different: Verdict. Findings and storage: 1 only in A.')
  expect(text).toContain(
    'Only in A:\n\n|  | A | B |\n| --- | --- | --- |\n| `` pod/downloads: a\\|b `episode` `` | left | – |',
  )
  expect(text).toContain('| handler running | 43 ms at +225 ms | not observed |  |')
  expect(text).toContain('#### Requests\n\nNone in either.')
})

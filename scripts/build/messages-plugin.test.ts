import { expect, test } from 'vitest'
import { withoutDescriptions } from './messages-plugin'

test('a built catalogue has the messages, in their order, and nothing that only translators read', () => {
  const text = JSON.stringify({
    two: { message: 'Two\n"$1"', description: 'Title.' },
    one: { message: 'Eins', description: '', placeholders: {} },
  })
  expect(withoutDescriptions(text)).toBe('{"two":{"message":"Two\\n\\"$1\\""},"one":{"message":"Eins"}}')
})

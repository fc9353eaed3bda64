import { expect, test } from 'vitest'
import { type BundledPackage, problemsOfNotices, writeNotices } from './notices'

const one = (name: string, more: Partial<BundledPackage> = {}): BundledPackage => ({
  name,
  version: '1.2.3',
  license: 'MIT',
  source: `https://example.org/${name}`,
  text: `MIT License of ${name}`,
  ...more,
})

test('each package stands in the notices with its licence and the address of its source', () => {
  const text = writeNotices([one('pear'), one('apple', { license: 'MPL-2.0' })])
  expect(text).toMatch(
    /apple 1\.2\.3 \(MPL-2\.0\)\nSource code: https:\/\/example\.org\/apple\n\nMIT License of apple\n/,
  )
  expect(text.indexOf('apple')).toBeLessThan(text.indexOf('pear'))
  expect(problemsOfNotices(text, ['pear', 'apple'])).toEqual([])
})

test('the notices do not depend on the order in which packages were found, nor on how often', () => {
  const text = writeNotices([one('pear'), one('apple')])
  expect(writeNotices([one('apple'), one('pear'), one('apple')])).toBe(text)
})

test('two versions of a package are two sections', () => {
  const text = writeNotices([one('pear'), one('pear', { version: '2.0.0' })])
  expect(text.match(/^pear /gm)).toHaveLength(2)
})

test('a package without a licence text is a problem', () => {
  const text = writeNotices([one('apple'), one('@scope/pear', { text: '' })])
  expect(problemsOfNotices(text, ['apple', '@scope/pear'])).toEqual([
    '@scope/pear 1.2.3 is bundled without a licence text.',
  ])
})

test('a dependency that is not in the notices is a problem, also where no package is', () => {
  const missing = (name: string) => `THIRD-PARTY-NOTICES.txt does not have the dependency ${name}.`
  expect(problemsOfNotices(writeNotices([one('apple')]), ['apple', 'pear'])).toEqual([missing('pear')])
  expect(problemsOfNotices(writeNotices([]), ['pear'])).toEqual([missing('pear')])
  expect(problemsOfNotices('', ['pear'])).toEqual([missing('pear')])
})

test('a section that names no package is a problem', () => {
  const text = writeNotices([one('apple')]).replace('apple 1.2.3 (MIT)\n', '')
  expect(problemsOfNotices(text, [])).toEqual(['THIRD-PARTY-NOTICES.txt has a section without a package.'])
})

import { expect, test } from 'vitest'
import { writeNotices } from '../build/notices'
import { problemsOf } from './check'

const apple = { name: 'apple', version: '1.0.0', license: 'MIT', source: 'https://example.org', text: 'MIT' }
const manifest = {
  version: '1.2.3',
  default_locale: 'en',
  content_security_policy: { extension_pages: "default-src 'none'; script-src 'self'" },
}

/** What is wrong with an extension in which nothing else is. */
function problems(changed: Readonly<Record<string, string | undefined>>): string[] {
  const files = new Map<string, Uint8Array>()
  const all = {
    'manifest.json': JSON.stringify(manifest),
    '_locales/en/messages.json': '{}',
    'THIRD-PARTY-NOTICES.txt': writeNotices([apple]),
    ...changed,
  }
  for (const [name, text] of Object.entries(all)) {
    if (text !== undefined) files.set(name, new TextEncoder().encode(text))
  }
  return problemsOf(files, { version: '1.2.3', dependencies: ['apple'] })
}

const withManifest = (changed: object) =>
  problems({ 'manifest.json': JSON.stringify({ ...manifest, ...changed }) })

test('nothing is wrong with an extension as it should be', () => {
  expect(problems({})).toEqual([])
})

test('a package without a licence text is not given away', () => {
  expect(problems({ 'THIRD-PARTY-NOTICES.txt': writeNotices([{ ...apple, text: '' }]) })).toEqual([
    'apple 1.0.0 is bundled without a licence text.',
  ])
})

test('nor is one whose notices are missing, or leave a dependency out', () => {
  expect(problems({ 'THIRD-PARTY-NOTICES.txt': undefined })).toEqual(['THIRD-PARTY-NOTICES.txt is missing.'])
  expect(problems({ 'THIRD-PARTY-NOTICES.txt': writeNotices([]) })).toEqual([
    'THIRD-PARTY-NOTICES.txt does not have the dependency apple.',
  ])
})

test('parts of a manifest that would reach pages nobody inspects are found', () => {
  expect(withManifest({ content_scripts: [], web_accessible_resources: [] })).toEqual([
    'The manifest has content_scripts.',
    'The manifest has web_accessible_resources.',
  ])
})

test('remote scripts, source maps and another version are found', () => {
  expect(withManifest({ version: '1.2.4' })).toHaveLength(1)
  const policy = "script-src 'self' https://example.org"
  expect(withManifest({ content_security_policy: { extension_pages: policy } })).toEqual([
    'Scripts may come from https://example.org.',
  ])
  expect(problems({ 'page.html': '<script src="https://example.org/a.js"></script>' })).toHaveLength(1)
  expect(problems({ 'a.js': '//# sourceMappingURL=a.js.map', 'a.js.map': '{}' })).toHaveLength(2)
  expect(problems({ 'a.js': 'code()\n//# sourceMappingURL=a.js.map\n' })).toHaveLength(1)
  expect(problems({ 'a.js': String.raw`const comment = /^\/\/[#@] ?sourceMappingURL=(\S+)$/` })).toEqual([])
})

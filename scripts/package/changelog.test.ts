import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { notesOf } from './changelog'

const changelog = `# Changelog

## Unreleased

### Added

- Something new

## [1.10.0] - 2026-02-02

### Fixed

- Ten

## 1.1.0 - 2026-01-01

- One
`

test('the notes of a version are what stands under its heading', () => {
  expect(notesOf(changelog, '1.10.0')).toBe('### Fixed\n\n- Ten')
  expect(notesOf(changelog.replaceAll('\n', '\r\n'), '1.1.0')).toBe('- One')
})

test('a version that is not in the changelog has no notes', () => {
  for (const version of ['1.1', '1.0.0', '1.1.0 - 2026-01-01', ''])
    expect(notesOf(changelog, version)).toBe('')
})

test('a heading alone is no notes', () => {
  expect(notesOf('## 1.0.0 - 2026-01-01\n\n## 0.9.0 - 2025-01-01\n\n- Old\n', '1.0.0')).toBe('')
  expect(notesOf('## 1.0.0', '1.0.0')).toBe('')
})

test('the version of package.json has notes in the changelog', () => {
  const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
  const { version } = JSON.parse(read('package.json'))
  expect(notesOf(read('CHANGELOG.md'), version)).not.toBe('')
})

import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asCurl, asFetch, bashWord } from './copy-request'

const run = (command: string): string =>
  execFileSync('bash', ['-c', command], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin' },
  })

test('bash reads exactly the text, whatever it contains', () => {
  const nasty = fc.constantFrom(
    "'",
    '"',
    '\\',
    '$(id)',
    '`id`',
    '!',
    '\n',
    '\r',
    ';',
    '&',
    '\u202e',
    '😀',
    'ä',
    '#',
    ' ',
  )
  const text = fc
    .array(fc.oneof(nasty, fc.string()), { maxLength: 6 })
    .map((parts) => parts.join('').replace(/\0/g, ''))
  fc.assert(
    fc.property(text, (text) => {
      expect(run(`printf %s ${bashWord(text)}`)).toBe(text)
    }),
    { numRuns: 60 },
  )
})

test('what is copied hides nothing and expands no history', () => {
  expect(bashWord('a\u202eb!')).toBe(String.raw`$'a\u202eb\u0021'`)
  expect(asFetch({ method: 'GET', url: 'https://pod.example/\u202e"' })).toBe(
    String.raw`fetch("https://pod.example/\u202e\"")`,
  )
})

test('a request is copied with its method', () => {
  const url = 'https://pod.example/a?b=[1]'
  expect(asCurl({ method: 'GET', url: 'https://pod.example/a' })).toBe("curl 'https://pod.example/a'")
  expect(asCurl({ method: 'HEAD', url })).toBe(`curl --globoff --head '${url}'`)
  expect(asCurl({ method: 'POST', url })).toBe(`curl --globoff --request 'POST' '${url}'`)
  expect(asFetch({ method: 'POST', url })).toBe(`fetch("${url}", { method: "POST" })`)
})

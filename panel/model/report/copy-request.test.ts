import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asCurl, asFetch, bashWord, type CopiedRequest } from './copy-request'

/** What is known of no request: comments before a call, and before a command. */
const SETTINGS = '// mode, credentials, cache and referrer unknown\n'
const COOKIES = '# cookies unknown\n'

const run = (command: string): string =>
  execFileSync('bash', ['-c', command], {
    encoding: 'utf8',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
  })

const requestOf = (request: Partial<CopiedRequest>): CopiedRequest => ({
  method: 'GET',
  url: 'https://pod.example/a',
  headers: [],
  mayHaveBody: false,
  isCut: false,
  ...request,
})

/** What a command gives to curl. */
const curlArguments = (command: string): string[] =>
  run(`curl() { printf '%s\\n' "$@"; }\n${command}`).split('\n').slice(0, -1)

/** What a call gives to `fetch()`. */
const fetchArguments = (call: string): unknown[] =>
  new Function('fetch', `return (\n${call}\n)`)((...given: unknown[]) => given)

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
  expect(bashWord('a\u202eb!')).toBe(String.raw`$'a\xe2\x80\xaeb\x21'`)
  expect(asFetch(requestOf({ url: 'https://pod.example/\u202e"' }))).toBe(
    String.raw`${SETTINGS}fetch("https://pod.example/\u202e\"")`,
  )
})

test('a request is copied with its method', () => {
  const url = 'https://pod.example/a?b=[1]'
  expect(asCurl(requestOf({}))).toBe(`${COOKIES}curl 'https://pod.example/a'`)
  expect(asCurl(requestOf({ method: 'HEAD', url }))).toBe(`${COOKIES}curl --globoff --head '${url}'`)
  expect(asCurl(requestOf({ method: 'POST', url }))).toBe(
    `${COOKIES}curl --globoff --request 'POST' '${url}'`,
  )
  expect(asFetch(requestOf({ method: 'POST', url }))).toBe(`${SETTINGS}fetch("${url}", { method: "POST" })`)
})

test('and with its headers', () => {
  const headers = [
    ['range', 'bytes=0-9'],
    ['x-empty', ''],
  ] as const
  expect(asFetch(requestOf({ headers }))).toBe(
    `${SETTINGS}fetch("https://pod.example/a", { headers: { "range": "bytes=0-9", "x-empty": "" } })`,
  )
  expect(asCurl(requestOf({ headers }))).toBe(
    `${COOKIES}curl --header 'range: bytes=0-9' --header 'x-empty;' 'https://pod.example/a'`,
  )
})

test('what is not known is said before it, in comments', () => {
  const first = (request: Partial<CopiedRequest>) => {
    const [js, bash] = [asFetch(requestOf(request)), asCurl(requestOf(request))]
    expect(fetchArguments(js)[0]).toBe('https://pod.example/a')
    expect(curlArguments(bash).at(-1)).toBe('https://pod.example/a')
    return [js, bash].map((text) => text.split('\n').slice(0, -1))
  }
  const said = (...lines: string[]) => [
    [...lines.map((line) => `// ${line}`), SETTINGS.trimEnd()],
    [...lines.map((line) => `# ${line}`), COOKIES.trimEnd()],
  ]
  expect(first({})).toEqual(said())
  expect(first({ headers: null })).toEqual(said('headers unknown'))
  expect(first({ headers: null, method: 'POST', mayHaveBody: true })).toEqual(
    said('headers and body unknown'),
  )
  expect(first({ method: 'PUT', mayHaveBody: true })).toEqual(said('body unknown'))
  expect(first({ isCut: true, headers: null })).toEqual(
    said('only the first part of the URL is known', 'headers unknown'),
  )
})

test('whatever a request contains is in the call and in the command', () => {
  const nasty = `'"\\$(id)\`id\`!#;&</script><!--${'{a,b}[1-2]'}`
  const headers = [
    ['x-nasty', `${nasty} \xe4\xff`],
    ['__proto__', 'own'],
    ["$`!'", 'a'],
  ] as const
  const request = requestOf({ method: "PATCH'!$`", url: `https://pod.example/${nasty}\n\u2028ä😀`, headers })
  const call = asFetch(request)
  expect(call).toMatch(/^[\n\x20-\x7e]+$/)
  expect(call).not.toContain('</script')
  const [url, init] = fetchArguments(call)
  expect(url).toBe(request.url)
  expect(init).toHaveProperty('method', request.method)
  expect(Object.entries(Object(Object(init).headers))).toEqual(headers)

  const command = asCurl(request)
  expect(command).toMatch(/^[\n\x20-\x7e]+$/)
  expect(command).not.toContain('!')
  // Headers are sent as bytes.
  const bytes = execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], {
    encoding: 'latin1',
  })
  const given = bytes.split('\0').slice(0, -1)
  const utf8 = Buffer.from(request.url).toString('latin1')
  const lines = headers.flatMap(([name, value]) => ['--header', `${name}: ${value}`])
  expect(given).toEqual(['--globoff', '--request', request.method, ...lines, utf8])
})

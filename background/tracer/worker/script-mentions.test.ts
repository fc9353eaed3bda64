import { describe, expect, test } from 'vitest'
import { scriptMentions } from './script-mentions'

function read(source: string) {
  const steps = scriptMentions(source, 'https://pod.example/sw.js')
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const said = (source: string) => read(source).map(({ name, as }) => `${name} ${as}`)

describe('a listener', () => {
  test.each([
    "self.addEventListener('backgroundfetchabort', handle)",
    'addEventListener("backgroundfetchabort",handle)',
    'globalThis?.addEventListener?.(`backgroundfetchabort`, handle)',
    "self['addEventListener']('backgroundfetchabort', handle)",
    "e.addEventListener( // \"\n 'backgroundfetchabort', handle)",
    'addEventListener("\\x62ackgroundfetchabort", backgroundfetch)',
    'self.onbackgroundfetchabort = (event) => {}',
    "self['onbackgroundfetchabort'] ??= handle",
    'onbackgroundfetchabort=handle',
    "const quote = /['\"`]/; addEventListener('backgroundfetchabort', handle)",
    'const half = a / b; addEventListener("backgroundfetchabort", c / d)',
    `\`$\{addEventListener('backgroundfetchabort', handle)} // \``,
  ])('%s', (source) => {
    expect(said(source)).toEqual(['backgroundfetchabort listener'])
  })

  test('is where its name stands, line and column counted from 1', () => {
    expect(read("\n\r\n  self.addEventListener('backgroundfetchfail', f)")[0]?.location).toEqual({
      url: 'https://pod.example/sw.js',
      line: 3,
      column: 25,
    })
  })

  test('to an event that does not exist is returned by its name', () => {
    expect(said("addEventListener('backgroundfetched', f)")).toEqual(['backgroundfetched listener'])
    expect(said("const name = 'backgroundfetched'")).toEqual([])
    expect(said("self?.addEventListener?.('backgroundfetched', f)")).toEqual(['backgroundfetched listener'])
    expect(said("bus.addEventListener('backgroundfetched', f)")).toEqual([])
  })
})

test('the first part of a name is no event that does not exist, and is returned as what a name begins with', () => {
  for (const source of [
    "addEventListener('backgroundfetch' + type, f)",
    "addEventListener('backgroundfetch'.concat(type), f)",
    `addEventListener(\`backgroundfetch$\{type}\`, f)`,
    "const prefix = 'backgroundfetch'",
  ]) {
    expect(said(source)).toEqual(['backgroundfetch text'])
  }
  expect(said("addEventListener('backgroundfetched' + type, f)")).toEqual([])
  expect(said('// backgroundfetch')).toEqual([])
})

describe('code that is no listener', () => {
  test.each([
    "const name = 'backgroundfetchabort'",
    "for (const name of ['backgroundfetchabort']) addEventListener(name, handle)",
    "removeEventListener('backgroundfetchabort', handle)",
    'console.log(\'addEventListener("backgroundfetchabort", f)\')',
    '`addEventListener("backgroundfetchabort", f)`',
    'self.onbackgroundfetchabort = null',
    'if (self.onbackgroundfetchabort === handle) go()',
    'self.onbackgroundfetchabort?.()',
    '/addEventListener\\("backgroundfetchabort"/.test(text)',
    'const handlers = { backgroundfetchabort() {} }',
  ])('%s', (source) => {
    expect(said(source)).toEqual(['backgroundfetchabort text'])
  })
})

test.each([
  "// self.addEventListener('backgroundfetchabort', handle)",
  "/* self.onbackgroundfetchabort = handle */ self.onfetch = 'x'",
  "const url = 'https://pod.example' // addEventListener('backgroundfetchabort', f)",
])('a comment is no code: %s', (source) => {
  expect(said(source)).toEqual(['backgroundfetchabort comment'])
})

test('the surest of several mentions counts', () => {
  expect(
    said(
      "// backgroundfetchabort\nconst a = 'backgroundfetchabort'\naddEventListener('backgroundfetchabort', f)",
    ),
  ).toEqual(['backgroundfetchabort listener'])
})

test('what is no JavaScript, and what ends in the middle, does not throw', () => {
  expect(said("addEventListener('backgroundfetchabort")).toEqual(['backgroundfetchabort text'])
  expect(said('onbackgroundfetchabort')).toEqual(['backgroundfetchabort text'])
  expect(said('\u0000)))]]}}` ${ backgroundfetchabort')).toEqual(['backgroundfetchabort text'])
})

test('a long script is read in turns', () => {
  const steps = scriptMentions(`${'a = 1;'.repeat(5000)}addEventListener('backgroundfetchabort', f)`, 'x')
  expect(steps.next().done).toBe(false)
})

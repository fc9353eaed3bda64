import { minifySync } from 'vite'
import { describe, expect, test } from 'vitest'
import { scriptRules } from '../../../protocol/worker-events'
import { findingsIn, readScript } from './script-findings'
import { correct } from './script-rules/correct.fixture'
import { named, wrong } from './script-rules/wrong.fixture'

const URL = 'https://pod.example/sw.js'

function readingOf(source: string, url = URL) {
  const steps = readScript(source, url, URL)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const read = (source: string) => findingsIn([readingOf(source)], new Set([URL]))

const rulesIn = (source: string) => read(source).map(({ rule }) => rule)

/** The same code as a bundler writes it, and made small. */
const forms: Readonly<Record<string, (source: string) => string>> = {
  source: (source) => source,
  bundled: (source) =>
    `(function () {\n\t'use strict';\n\tvar x = {};\n${source}\n})();\n//# sourceMappingURL=sw.js.map`,
  small: (source) => minifySync('sw.js', source, { mangle: true, compress: true }).code,
  'small and bundled': (source) =>
    minifySync('sw.js', `(() => {${source}\n})()`, { mangle: { toplevel: true }, compress: true }).code,
}

describe.each(Object.entries(forms))('%s', (_, make) => {
  test.each(Object.entries(correct))('nothing is found in a worker that %s', (_, source) => {
    expect(rulesIn(make(source))).toEqual([])
  })

  test.each(scriptRules)('%s', (rule) => {
    for (const [source] of wrong[rule]) {
      // What stands alone in a function is no property of the global scope.
      if (/^(?:self|globalThis)?\.?on/.test(source) && make !== forms.source) continue
      const script = make(source)
      const found = rulesIn(script)
      if (!named(source) || named(script)) {
        expect(found, script).toEqual([rule])
      } else expect([[], [rule]], script).toContainEqual(found)
    }
  })
})

test('a finding is where it stands, line and column counted from 1', () => {
  for (const [source, place] of Object.values(wrong).flat()) {
    const [{ location } = expect.unreachable()] = read(`\n${source}`)
    const line = `\n${source}`.split('\n')[location.line - 1] ?? ''
    expect(line.slice(location.column - 1).startsWith(place), `${line} ${location.column}`).toBe(true)
    expect(location.url).toBe('https://pod.example/sw.js')
  }
})

test('a worker of the demo’s kind, in which each handler is right, has no finding', () => {
  const all = Object.entries(correct)
    .filter(([name]) => !/interface|events of its own|queue of its own/.test(name))
    .map(([, source]) => `{${source}}`)
  expect(rulesIn(all.join('\n'))).toEqual([])
})

const UPDATES =
  "self.addEventListener('backgroundfetchsuccess', (event) => event.updateUI({ title: 'Done' }))"
const WAITS = "self.addEventListener('backgroundfetchsuccess', (event) => event.waitUntil(work()))"

test.each([
  ['waits for the same event', `importScripts('other.js')\n${UPDATES}`, WAITS, 0],
  ['waits in another order', `importScripts('other.js')\n${WAITS}`, UPDATES, 0],
  ['waits for another event', UPDATES, WAITS.replace('success', 'fail'), 1],
  ['waits for any event', UPDATES, 'const keep = (event, promise) => event.waitUntil(promise)', 0],
  [
    'waits for any of the ends',
    UPDATES,
    `for (const name of all('backgroundfetch')) on(name, (e) => e.waitUntil(0))`,
    0,
  ],
  ['may change the event', UPDATES, 'ExtendableEvent.prototype.extend = 1 // backgroundfetch', 0],
  ['may evaluate anything', UPDATES, 'eval(text)', 0],
  ['does nothing with events', `importScripts('other.js')\n${UPDATES}`, 'const x = 1', 1],
  ['is a module', `import './other.js'\n${UPDATES}`, 'export const x = 1', 1],
  ['is a module with names', `import { x } from './other.js'\n${UPDATES}`, 'export const x = 1', 1],
  ['imports another one', `importScripts('other.js')\n${UPDATES}`, "importScripts('third.js')", 0],
  ['was not read', `importScripts('other.js', 'third.js')\n${UPDATES}`, 'const x = 1', 0],
  ['was not read, as a module', `export * from './third.js'\n${UPDATES}`, 'const x = 1', 0],
  ['is not known', `importScripts(url)\n${UPDATES}`, 'const x = 1', 0],
  ['is not known, by another name', `const load = importScripts\n${UPDATES}`, 'const x = 1', 0],
  ['is asked for only', `if (typeof importScripts === 'function') start()\n${UPDATES}`, 'const x = 1', 1],
])('of two scripts, where the other one %s', (_, first, second, count) => {
  const other = 'https://pod.example/other.js'
  const readings = [readingOf(first), readingOf(second, other)]
  expect(findingsIn(readings, new Set([URL, other]))).toHaveLength(count)
  expect(findingsIn(readings, null)).toEqual([])
})

test.each([
  'self.work = ready',
  "self['work'] = ready",
  'Object.assign(self, { work: ready })',
  'work = ready',
])('a global function that may be replaced is no function for certain: %s', (replace) => {
  const wait = `function work() {}
      self.addEventListener('backgroundfetchsuccess', (event) => { event.waitUntil(work) })`
  expect(rulesIn(wait)).toEqual(['script-wait-until-function'])
  expect(rulesIn(`const ready = Promise.resolve()\n${replace}\n${wait}`)).toEqual([])
})

test('what is no JavaScript, and what ends in the middle, has no finding and does not throw', () => {
  for (const [source] of Object.values(wrong).flat()) {
    for (let cut = 1; cut < source.length; cut += 7) expect(() => read(source.slice(0, cut))).not.toThrow()
  }
  expect(read(`${wrong['script-no-update-ui'][0]?.[0]} )`)).toEqual([])
})

test.each([
  ['brackets', `backgroundfetch;${'('.repeat(100_000)}`],
  [
    'nested handlers',
    `${"self.addEventListener('backgroundfetchabort',(e)=>{".repeat(90)}${'})'.repeat(90)}`,
  ],
  ['handlers', "self.addEventListener('backgroundfetchabort', f);function f(e){}".repeat(4_000)],
  [
    'declarations',
    `self.addEventListener('backgroundfetchabort',(e)=>{${'const r=e.registration;'.repeat(8_000)}})`,
  ],
  ['a long list', `self.addEventListener('backgroundfetchabort',(e)=>{let a${',e'.repeat(50_000)}})`],
  ['arrows', `self.addEventListener('backgroundfetchabort',${'e=>'.repeat(50_000)}0)`],
  [
    'deletions',
    `self.addEventListener('activate',(e)=>{caches.keys();${'all.map(x=>caches.delete(x));'.repeat(5_000)}});self.addEventListener('backgroundfetchsuccess',()=>{caches.open('')})`,
  ],
  [
    'updates',
    `self.addEventListener('backgroundfetchsuccess',(e)=>{${'x=>e.updateUI(y);'.repeat(10_000)}${'e.updateUI(y);'.repeat(100)}})`,
  ],
  [
    'functions that it waits for',
    `self.addEventListener('backgroundfetchsuccess',(e)=>{${'e.waitUntil(f);'.repeat(20_000)}});function f(){}`,
  ],
  [
    'functions of different names that it waits for',
    `self.addEventListener('backgroundfetchsuccess',(e)=>{${Array.from({ length: 10_000 }, (_, i) => `e.waitUntil(f${i});function f${i}(){}`).join('')}})`,
  ],
  [
    'nested calls that may be caught',
    `${"self.addEventListener('backgroundfetchabort',(e)=>{".repeat(60)}${'e.updateUI(y)+'.repeat(30_000)}0${'})'.repeat(60)}`,
  ],
  ['waits', `self.addEventListener('backgroundfetchsuccess',(e)=>{${'e.waitUntil(e);'.repeat(20_000)}})`],
  [
    'nested updates',
    `${"self.addEventListener('backgroundfetchsuccess',(e)=>{".repeat(60)}${'[x,e.updateUI(y)],'.repeat(9_000)}0${'})'.repeat(60)}`,
  ],
  [
    'databases',
    `'backgroundfetch';${'indexedDB.open(x).onsuccess=(e)=>{'.repeat(15)}${'const r=e.target.result;r.createObjectStore(x);'.repeat(10_000)}${'}'.repeat(15)}`,
  ],
  ['strings', `${"'backgroundfetchabort'+".repeat(10_000)}0`],
])('a hostile script of %s is read in slices, none of which lasts long', (_, source) => {
  const steps = readScript(source, 'x')
  let slices = 0
  for (let step = steps.next(); !step.done; step = steps.next()) slices++
  expect(slices).toBeLessThan(2000)
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWorkerScripts, type Mentions } from './worker-scripts'

const URL = 'https://pod.example/sw.js'
const LISTENS = "self.addEventListener('backgroundfetchabort', f)"

function reader(sources: Record<string, string>, isNeeded = () => false) {
  const reports: Mentions[] = []
  const sent: string[] = []
  const named: string[] = []
  const scripts = createWorkerScripts(
    async (method, params = {}) => {
      sent.push(method)
      if (method !== 'Debugger.getScriptSource') return {}
      const { scriptId } = params as { scriptId: string }
      const scriptSource = sources[scriptId]
      if (scriptSource === undefined) throw new Error('No script for id')
      return { scriptSource }
    },
    (mentions) => reports.push(mentions),
    'https://pod.example/sw.js',
    (urls) => named.push(...urls),
    isNeeded,
  )
  const parse = (scriptId: string, url = URL, length = 100) =>
    scripts.event('Debugger.scriptParsed', { scriptId, url, length })
  /** The same of a reader that was asked. */
  const parsed = (...args: Parameters<typeof parse>) => {
    void scripts.read()
    parse(...args)
  }
  const said = () =>
    reports.map(({ complete, mentions }) => [complete, ...mentions.map(({ name, as }) => `${name} ${as}`)])
  const found = () => reports.map(({ findings }) => findings.map(({ rule }) => rule))
  /** The places of the findings that were reported last. */
  const places = () =>
    reports.at(-1)?.findings.map(({ location: { url, line } }) => `${url.split('/').at(-1)}:${line}`)
  return { scripts, sent, named, parse, parsed, said, found, places }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('the debugger never pauses the worker', async () => {
  const { scripts, sent } = reader({})
  await scripts.read()
  expect(sent).toEqual(['Debugger.enable', 'Debugger.setSkipAllPauses'])
})

test('what was parsed before the reader is asked is read when it is', async () => {
  const { scripts, parse, said, sent } = reader({ a: LISTENS })
  parse('a')
  await vi.runAllTimersAsync()
  expect(sent).toEqual([])
  await scripts.read()
  await vi.runAllTimersAsync()
  expect(said()).toEqual([[true, 'backgroundfetchabort listener']])
})

test.each([
  [true, 0],
  [false, 1],
])('where something else needs the debugger is %s, it is disabled %s times', async (isNeeded, times) => {
  const { parsed, sent } = reader({ a: LISTENS }, () => isNeeded)
  parsed('a')
  await vi.runAllTimersAsync()
  expect(sent.filter((method) => method === 'Debugger.disable')).toHaveLength(times)
})

test('an event is mentioned as by the script that is surest of it', async () => {
  const { parsed, said } = reader({
    a: '// backgroundfetchabort: see abort.js',
    b: LISTENS,
    c: "log('backgroundfetchabort')",
  })
  for (const script of ['a', 'b', 'c']) parsed(script)
  await vi.runAllTimersAsync()
  expect(said()).toEqual([[true, 'backgroundfetchabort listener']])
})

test('each listener to an event that does not exist is a finding, also where scripts name the same one', async () => {
  const listens = "self.addEventListener('backgroundfetched', f)"
  const { parsed, places } = reader({ a: `${listens}\n${listens}`, b: listens })
  parsed('a')
  parsed('b', 'https://pod.example/other.js')
  await vi.runAllTimersAsync()
  expect(places()).toEqual(['sw.js:1', 'sw.js:2', 'other.js:1'])
})

test('where more is mentioned than is reported, not all of it is known', async () => {
  const listeners = Array.from(
    { length: 25 },
    (_, i) => `self.addEventListener('backgroundfetch${String.fromCharCode(97 + i)}', f)`,
  )
  const { parsed, said } = reader({ a: listeners.join('\n') })
  parsed('a')
  await vi.runAllTimersAsync()
  expect(said()[0]).toHaveLength(21)
  expect(said()[0]?.[0]).toBe(false)
})

test('all scripts are one report, and what a later one adds is another', async () => {
  const { parsed, said } = reader({ a: LISTENS, b: 'let x', c: '// backgroundfetchfail', d: 'let y' })
  parsed('a')
  parsed('b')
  await vi.runAllTimersAsync()
  expect(said()).toEqual([[true, 'backgroundfetchabort listener']])
  parsed('c')
  await vi.runAllTimersAsync()
  parsed('d')
  await vi.runAllTimersAsync()
  expect(said().slice(1)).toEqual([[true, 'backgroundfetchabort listener', 'backgroundfetchfail comment']])
})

test('the URLs that a script names are reported, also where it mentions no event', async () => {
  const { parsed, said, named } = reader({ a: `precache([{url:"app.js",revision:"1"}, '/b.css'])` })
  parsed('a', 'https://pod.example/scripts/list.js')
  await vi.runAllTimersAsync()
  expect(said()).toEqual([[true]])
  expect(named).toEqual(
    expect.arrayContaining([`https://pod.example/app.js?__WB_REVISION__=1`, 'https://pod.example/b.css']),
  )
})

test('what was evaluated, and so has no address, is none of its scripts', async () => {
  const { parsed, said } = reader({ a: LISTENS })
  parsed('a', '')
  await vi.runAllTimersAsync()
  expect(said()).toEqual([])
})

test.each([
  ['can’t be read', 'missing', 100],
  ['is too long', 'a', 10_000_000],
])('a script that %s makes the report incomplete', async (_, id, length) => {
  const { parsed, said } = reader({ a: 'let x', b: 'let y' })
  parsed(id, URL, length)
  parsed('b')
  await vi.runAllTimersAsync()
  expect(said()).toEqual([[false]])
})

test('an update that nothing waits for is found when all scripts are read that may wait', async () => {
  const updates = `self.addEventListener('backgroundfetchsuccess', (e) => e.updateUI({ title: 'Done' }))`
  const { parsed, found } = reader({
    a: `importScripts('b.js')\n${updates}`,
    b: 'let x',
    c: 'keep(waitUntil)',
  })
  parsed('a')
  await vi.runAllTimersAsync()
  expect(found()).toEqual([[]])
  parsed('b', 'https://pod.example/b.js')
  await vi.runAllTimersAsync()
  expect(found().at(-1)).toEqual(['script-event-not-extended'])
  parsed('c', 'https://pod.example/c.js')
  await vi.runAllTimersAsync()
  expect(found().at(-1)).toEqual([])
})

test('an update is not found where not all scripts can be read', async () => {
  const updates = `self.addEventListener('backgroundfetchsuccess', (e) => e.updateUI({ title: 'Done' }))`
  const { parsed, found } = reader({ a: updates })
  parsed('missing', 'https://pod.example/b.js')
  parsed('a')
  await vi.runAllTimersAsync()
  expect(found()).toEqual([[]])
})

test('a run that has ended reports nothing more', async () => {
  const { scripts, parsed, said } = reader({ a: LISTENS })
  parsed('a')
  scripts.end()
  await vi.runAllTimersAsync()
  expect(said()).toEqual([])
})

import { expect, test } from 'vitest'
import { createAuditStream, foreign, recordOf, rowOf } from '../audit/audit.fixture'
import { step } from '../audit/event-steps.fixture'
import { noSettings } from '../audit/site-settings'
import { createStream, observed } from '../streams/events.fixture'
import { aborted, trace } from '../streams/workers.fixture'
import { block, code, plain, table } from './markdown'
import { report, type Surroundings } from './report'

const about: Surroundings = {
  extension: '1.2.3',
  browser: [
    { brand: 'Not A;Brand', version: '99' },
    { brand: 'Chromium', version: '156' },
  ],
  session: '',
  settings: noSettings,
  workers: [],
}

test('a report says where the handler is added, as far as that was observed', () => {
  const stream = aborted()
  const text = () => report(stream.fetch(), stream.model.rows, { ...about, workers: stream.model.workers })
  expect(text()).not.toContain('| handler |')
  stream.worker(trace.scripts({ backgroundfetchabort: 'listener' }))
  expect(text()).toContain('| handler | `https://pod.example/sw.js:12:1` (by the text of the script')
  const location = { url: 'https://pod.example/a`|b.js', line: 3, column: 4 }
  stream.worker(trace.dispatched({ location }))
  expect(text()).toContain('| handler | ``https://pod.example/a`\\|b.js:3:4`` |')
})

test.each([
  ['words stay', 'after 1.2 s (2 of 3); done!', 'after 1.2 s (2 of 3); done!'],
  ['emphasis', '*a* _b_ ~c~', '\\*a\\* \\_b\\_ \\~c\\~'],
  ['links and pictures', '![a](b) [c]', '!\\[a\\](b) \\[c\\]'],
  ['HTML', '<img src=x> &lt;', '\\<img src=x\\> \\&lt;'],
  ['backslashes', 'a\\*b', 'a\\\\\\*b'],
  ['code and bars', '`a` | b', '\\`a\\` \\| b'],
  ['formulas', '$x$', '\\$x\\$'],
  ['people', 'ask @octocat', 'ask `@octocat`'],
  ['issues', 'see #12 and a/b#3', 'see `#12` and `a/b#3`'],
  ['URLs', 'https://pod.example/_x_ www.pod.example', '`https://pod.example/_x_` `www.pod.example`'],
  ['pictures by name', ':smile: 12:30:45', '`:smile:` 12:30:45'],
  ['lines', 'a\n# b\r\n- c', 'a # b - c'],
  ['what is not seen', 'a\u202eb\u0000c\u200bd', 'a\\\\u202eb\\\\u0000c\\\\u200bd'],
])('in text, %s: nothing is read into page data', (_, text, expected) => {
  expect(plain(text)).toBe(expected)
})

test.each([
  ['plain', '`plain`'],
  ['a `b` c', '``a `b` c``'],
  ['`', '`` ` ``'],
  ['a``', '``` a`` ```'],
  ['', ''],
  [' \n ', ''],
  ['a\nb', '`a b`'],
])('%j as code is %j', (text, expected) => {
  expect(code(text)).toBe(expected)
})

test('a bar in a cell does not part it, in code or out of it', () => {
  const [, , row] = table(['a', 'b'], [[code('x|y'), plain('x|y \\|')]]).split('\n')
  expect(row).toBe('| `x\\|y` | x\\|y \\\\\\| |')
})

test('a block of code is not left by what stands in it', () => {
  expect(block(['```', 'a'])).toBe('````text\n```\na\n````')
})

const items = [rowOf('episode|<b>'), foreign(rowOf('movie-7', '', { size: 8_400_000 }))]

function suspicious() {
  const audited = createAuditStream('`episode` | @you')
  audited.seen()
  audited.stream.panel(observed.abort('h'))
  audited
    .settled([recordOf()])
    .event({}, [step.waitUntil(), step.rejected()])
    .over({ items })
    .later({ items })
  return report(audited.fetch(), audited.stream.model.rows, about)
}

test('a report says versions, attributes, verdict, findings, log and waterfall', () => {
  const text = suspicious()
  expect(text).toMatch(/^### Background fetch `` `episode` \| @you ``\n/)
  expect(text).toContain('| Background Fetch DevTools | 1.2.3 |\n| Browser | Chromium 156 |')
  expect(text).toContain('| failureReason | `"aborted"` |')
  expect(text).toMatch(/\*\*Verdict: wrong\*\*, A promise that the event waited for was rejected/)
  expect(text).toMatch(/Wrong:\n\n- \*\*handler-rejected\*\*: .*\n/)
  expect(text).toMatch(/Names this fetch:\n\n- \*\*row-left\*\*: .*`pod\/downloads: episode\|<b>`/)
  expect(text).toMatch(/New, not matched to this fetch:\n\n- \*\*not-matched\*\*: .*movie-7` \(8\.4 MB\)/)
  expect(text).toContain(
    '| GET | `/media/1.wav` | 200 | 1.0 kB | answered, not found in the storage that was read |',
  )
  expect(text).toMatch(
    /#### Log, since the abort was requested in this panel\n\n\| Time \| Source \| Event \| What happened \|/,
  )
  expect(text).toMatch(/\| −\d+ ms \| page \| fetch started \|/)
  expect(text).toMatch(/\| \+0\.0 ms \| panel \| abort requested \|/)
  expect(text).toMatch(/\| worker \| \*\*promise `#1` rejected\*\* \| Error: on purpose/)
  expect(text).toMatch(/#### Waterfall\n\n```text\n/)
  expect(text).toMatch(/\n *promise #1 +·+█+·* \+\d+ ms, 1\.0 ms; rejected: Error: on purpose\n/)
})

test('an error that the handler logged is not called wrong', () => {
  const audited = createAuditStream('episode').seen().settled().event({}, [step.logged()]).over().later()
  const text = report(audited.fetch(), audited.stream.model.rows, about)
  expect(text).toMatch(/Errors in the worker:\n\n- \*\*error-logged\*\*: /)
  expect(text).not.toContain('Wrong:')
})

test('each row of a table has the cells of its head', () => {
  const lines = suspicious()
    .split('\n')
    .filter((line) => line.startsWith('|'))
  const cells = lines.map((line) => line.replace(/\\\|/g, '').split('|').length - 2)
  expect(new Set(cells)).toEqual(new Set([2, 4, 5]))
})

test('bars lie where their spans lie', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(trace.returned(), 100)
  stream.worker(trace.done(0), 100)
  stream.page(observed.over('h1'))
  const text = report(stream.fetch(), stream.model.rows, about)
  const bars = [...text.matchAll(/^ *(\w[\w() #]*?) +([·█]{40}) /gm)].map(([, label, bar]) => [label, bar])
  const of = (label: string) => bars.find(([one]) => one === label)?.[1] ?? ''
  expect(of('handler').length).toBe(40)
  expect(of('handler').lastIndexOf('█')).toBeLessThan(of('handler running').lastIndexOf('█'))
  expect(of('until records released').endsWith('█')).toBe(true)
  expect(of('abort()').startsWith('█')).toBe(true)
})

test('a fetch that runs is counted from when it was seen, without a verdict', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.progress('h', 10))
  const [fetch] = stream.model.fetches
  const text = fetch ? report(fetch, stream.model.rows, about) : ''
  expect(text).toMatch(/#### Log, since it was first observed/)
  expect(text).not.toMatch(/Verdict|Waterfall/)
})

test('a long log is cut, and says so', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  for (let i = 0; i < 300; i++) {
    stream.page(observed.progress('h', i))
    stream.panel(observed.abort('h', `c${i}`))
  }
  const [fetch] = stream.model.fetches
  const text = fetch ? report(fetch, stream.model.rows, about) : ''
  expect(text).toContain('The first 401 rows are left out.')
  expect(text.split('\n').filter((line) => /^\| [+−]/.test(line))).toHaveLength(200)
})

test('other fetches are not in it', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.seen('other', { id: 'secret' }))
  const [fetch] = stream.model.fetches
  expect(fetch && report(fetch, stream.model.rows, { ...about, session: 'Imported' })).not.toContain('secret')
})

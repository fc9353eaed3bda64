import { expect, test } from 'vitest'
import { noSettings } from '../audit/site-settings'
import { describe } from '../describe/describe'
import { report } from '../report/report'
import { summary } from '../report/summary'
import { attributesOf, observed } from '../streams/events.fixture'
import { createTracedStream, trace } from '../streams/workers.fixture'
import { shortProgress, wholeProgress } from './progress'

const total = { downloadTotal: 719_000 }
const success = {
  name: 'backgroundfetchsuccess',
  attributes: attributesOf({ result: 'success', ...total }),
} as const
const aborted = {
  name: 'backgroundfetchabort',
  attributes: attributesOf({ result: 'failure', failureReason: 'aborted', ...total }),
} as const

/** A fetch whose page went at 221 kB. */
function left(some: object = total) {
  const stream = createTracedStream()
  stream.panel({ type: 'watch-started' })
  stream.panel(trace.on())
  stream.worker(trace.seen())
  stream.page(observed.seen('h', {}, some))
  stream.page(observed.progress('h', 221_000, some))
  stream.page(observed.frameGone())
  return stream
}

const said = (stream: ReturnType<typeof left>) => {
  const fetch = stream.fetch()
  const rows = stream.model.rows.filter((row) => row.fetch === fetch)
  const about = { extension: '1', browser: [], session: '', settings: noSettings, workers: [] }
  return {
    cell: shortProgress(fetch),
    tooltip: wholeProgress(fetch),
    summary: summary(fetch, null, 0)[0],
    log: rows
      .filter(({ kind }) => kind === 'ended-unseen' || kind === 'settled')
      .map((row) => describe(row).text)[0],
    report: /\| downloaded \| (.*) \|/.exec(report(fetch, rows, about))?.[1],
  }
}

test.each([
  [
    'backgroundfetchsuccess; the last amount seen was 221 kB',
    (stream: ReturnType<typeof left>) => stream.worker(trace.dispatched(success)),
  ],
  [
    'No longer active; no page was watching when it ended; the last amount seen was 30% (221 kB of 719 kB)',
    (stream: ReturnType<typeof left>) => {
      stream.page(observed.inventory(), 10, { producer: 'bridge-2', document: 'document-2' })
      stream.worker(trace.dispatched(success))
    },
  ],
])(
  'a success whose end no page observed has no share: the amount is the last one seen (log: %s)',
  (log, end) => {
    const stream = left()
    end(stream)
    expect(said(stream)).toEqual({
      cell: 'last seen: 221 kB',
      tooltip: 'Last amount seen: 221 kB. How much had arrived at the end was not observed.',
      summary:
        'Succeeded. The last amount seen was 221 kB; how much had arrived at the end was not observed.',
      log: expect.stringContaining(log),
      report: '221000 when last seen (221 kB); the end was not observed. downloadTotal: 719000',
    })
  },
)

test('of one that was aborted meanwhile the last amount is said as such, with its share', () => {
  const stream = left()
  stream.worker(trace.dispatched(aborted))
  expect(said(stream)).toMatchObject({
    cell: 'last seen: 30% · 221 kB',
    tooltip: expect.stringMatching(/^Last amount seen: 221 kB of 719 kB \(30%\)\. How much/),
    summary: expect.stringMatching(/^Aborted .* The last amount seen was 30% \(221 kB of 719 kB\); how/),
    log: expect.stringMatching(/backgroundfetchabort; the last amount seen was 30% \(221 kB of 719 kB\)$/),
  })
})

test('of one whose end nobody observed, and of one that no page observes now, the last amount is said', () => {
  const stream = left()
  expect(shortProgress(stream.fetch())).toBe('last seen: 30% · 221/719 kB')
  expect(wholeProgress(stream.fetch())).toBe('Last amount seen: 221 kB of 719 kB (30%).')
  stream.page(observed.inventory(), 10, { producer: 'bridge-2', document: 'document-2' })
  expect(stream.fetch().state).toBe('gone')
  expect(said(stream)).toMatchObject({
    cell: 'last seen: 30% · 221 kB',
    log: expect.stringMatching(/; the last amount seen was 30% \(221 kB of 719 kB\)$/),
    report: expect.stringMatching(/^221000 when last seen/),
  })
})

test('of an upload both amounts are the last ones seen', () => {
  const upload = { downloadTotal: 0, uploadTotal: 2000, uploaded: 500 }
  const stream = left(upload)
  stream.worker(trace.dispatched({ ...success, attributes: { ...success.attributes, ...upload } }))
  expect(stream.fetch().settledBy).toBe('worker')
  expect(said(stream)).toMatchObject({
    cell: 'last seen: 500 B sent, 221 kB received',
    summary: expect.stringMatching(/^Succeeded\. The last amount seen was 500 B sent, 221 kB received; how/),
  })
})

test('where a page observed the end, nothing is called the last amount', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h', {}, total))
  stream.page(observed.progress('h', 221_000, total))
  stream.page(observed.settled('h', { result: 'success', downloaded: 719_000, ...total }))
  expect(Object.values(said(stream)).join()).not.toMatch(/last (seen|amount)/)
})

import { t } from '../../i18n/i18n'
import { isJudged } from '../audit/evidence/basis'
import type { Finding } from '../audit/finding'
import { isLogged, sentencesOf } from '../audit/rules'
import type { SiteSettings } from '../audit/site-settings'
import { audit, type Verdict } from '../audit/verdict'
import { attributeNotes } from '../describe/attribute-notes'
import { describe } from '../describe/describe'
import { sizeText, stateName } from '../describe/describe-fetch'
import { outcomeText, outcomeWhere } from '../describe/describe-request'
import { verdictName } from '../describe/describe-storage'
import { bytes, duration, oneLine, pathIn } from '../format'
import type { Fetch, Row, Worker } from '../session/view'
import type { Brand } from '../session-file/envelope'
import { shownId } from '../shown-id'
import { forcedText } from '../table/forced-ending'
import { isLastSeen } from '../table/progress'
import { type Span, waterfall } from '../waterfall/waterfall'
import { fullPlace, handlerPlace } from '../workers/handler-place'
import { block, code, plain, table } from './markdown'

/** In the language of its rows, which is the reader's: a report in two languages helps nobody. */
const text = {
  attribute: t('report_attribute'),
  value: t('report_value'),
  extension: t('name'),
  browser: t('report_browser'),
  session: t('report_session'),
  storageKey: t('details_storage_key'),
  state: t('report_state'),
  forced: t('report_forced'),
  pending: t('report_pending'),
  wrong: t('audit_wrong'),
  errors: t('audit_errors'),
  left: t('audit_left'),
  unmatched: t('audit_unmatched'),
  removed: t('audit_removed'),
  requestsHead: [t('request_method'), t('request'), t('request_status'), t('size'), t('outcome_title')],
  requests: t('requests_title'),
  gaps: t('audit_gaps'),
  since: {
    abort: t('report_since_abort'),
    settled: t('report_since_settled'),
    seen: t('report_since_seen'),
  },
  logHead: [t('report_time'), t('report_source'), t('report_event'), t('report_what')],
  waterfall: t('waterfall_title'),
  open: t('waterfall_unseen'),
  handler: t('report_handler'),
  handlerScript: t('report_handler_script'),
}

/** Names a browser makes up, so that nobody relies on the list. */
const MADE_UP = /not.?a.?brand/i
/** Rows in one report, the last ones: a bug report must bear them. */
const MAX_ROWS = 200
const MAX_LINE = 300
/** Width of the waterfall's bars, in characters. */
const WIDTH = 40

/** What is reported beside the fetch. */
export interface Surroundings {
  readonly extension: string
  readonly browser: readonly Brand[]
  /** What a past session is called; '' for the tab as it is. */
  readonly session: string
  readonly settings: SiteSettings
  /** The runs of workers that were seen. */
  readonly workers: readonly Worker[]
}

/** The moment that the report counts from, and what it is. */
function origin({ abort, settledAt, seenAt }: Fetch): { at: number; name: keyof typeof text.since } {
  if (abort) return { at: abort.at, name: 'abort' }
  return settledAt === null ? { at: seenAt, name: 'seen' } : { at: settledAt, name: 'settled' }
}

const signed = (ms: number) => `${ms < 0 ? '−' : '+'}${duration(Math.abs(ms))}`

/** Where the handler for its end is added, as far as that was observed. */
function handlerRow(fetch: Fetch, workers: readonly Worker[]): [string, string][] {
  const place = handlerPlace(fetch, workers)
  if (!place) return []
  const where = code(fullPlace(place.location))
  return [[text.handler, place.from === 'seen' ? where : `${where} (${plain(text.handlerScript)})`]]
}

const noted = (value: string, note?: string) => (note ? t('details_noted', value, plain(note)) : value)

function attributes(fetch: Fetch, { extension, browser, session, workers }: Surroundings): string {
  const { downloaded, downloadTotal, uploaded, uploadTotal, result, failureReason, recordsAvailable } =
    fetch.attributes
  const notes = attributeNotes(fetch)
  const brands = browser.filter(({ brand }) => !MADE_UP.test(brand))
  const rows: [string, string][] = [
    [text.extension, plain(extension)],
    [text.browser, plain(brands.map(({ brand, version }) => `${brand} ${version}`).join(', '))],
    ...(session ? [[text.session, plain(session)] as [string, string]] : []),
    ['id', code(shownId(fetch.id))],
    ['scope', code(fetch.scope)],
    [text.storageKey, code(fetch.storageKey)],
    [text.state, stateName[fetch.state]],
    ...(fetch.forced ? [[text.forced, plain(oneLine(forcedText(fetch), MAX_LINE))] as [string, string]] : []),
    [
      'downloaded',
      isLastSeen(fetch)
        ? t('report_downloaded_last', fetch.arrived, bytes(fetch.arrived), downloadTotal)
        : t('report_downloaded', downloaded, downloadTotal, bytes(fetch.arrived)),
    ],
    ['uploaded', t('timeline_of', uploaded, uploadTotal)],
    ['result', noted(code(`"${result}"`), notes.result)],
    ['failureReason', noted(code(`"${failureReason}"`), notes.failureReason)],
    ['recordsAvailable', noted(String(recordsAvailable), notes.recordsAvailable)],
    ...handlerRow(fetch, workers),
  ]
  return table([text.attribute, text.value], rows)
}

/** Findings in one report of each kind: it must be readable. */
const MAX_ITEMS = 50

function findings(title: string, found: readonly Finding[], about: Verdict): string[] {
  if (found.length === 0) return []
  const items = found.slice(0, MAX_ITEMS).map((finding) => {
    const { rule, item, note, bytes: size } = finding
    const { wrong, fix } = sentencesOf(finding, about)
    const facts = [size > 0 ? bytes(size) : '', note].filter(Boolean).join(', ')
    const named = item ? `${code(oneLine(item, MAX_LINE))} ` : ''
    return `- **${rule}**: ${plain(wrong)} ${named}${facts ? `(${plain(facts)}) ` : ''}${plain(fix)}`
  })
  if (found.length > MAX_ITEMS) items.push(`- ${t('report_more', found.length - MAX_ITEMS)}`)
  return [`${title}:\n\n${items.join('\n')}`]
}

function requests({ outcomes }: Verdict, storageKey: string): string[] {
  if (outcomes.length === 0) return []
  const rows = outcomes.slice(0, MAX_ITEMS).map((outcome) => {
    const { record } = outcome
    const where = outcomeWhere(outcome)
    return [
      plain(record.method),
      code(oneLine(pathIn(record.url, storageKey), MAX_LINE)),
      record.status === null ? '' : String(record.status),
      outcome.sharing > 1 ? '' : plain(sizeText(record)),
      `${plain(outcomeText(outcome))}${where ? ` ${code(oneLine(where, MAX_LINE))}` : ''}`,
    ]
  })
  const more = outcomes.length > MAX_ITEMS ? [t('report_more', outcomes.length - MAX_ITEMS)] : []
  return [`${text.requests}:`, table(text.requestsHead, rows), ...more]
}

function verdict(fetch: Fetch, settings: SiteSettings): string[] {
  const judged = audit(fetch, settings)
  if (!judged) return isJudged(fetch) ? [text.pending] : []
  const { line, gaps } = judged
  const parts = [`**${t('report_verdict', verdictName(judged))}**, ${plain(oneLine(line, 2 * MAX_LINE))}`]
  const wrong = judged.wrong.filter((finding) => !isLogged(finding))
  parts.push(...findings(text.wrong, wrong, judged))
  parts.push(...findings(text.errors, judged.wrong.filter(isLogged), judged))
  parts.push(...findings(text.left, judged.left, judged))
  parts.push(...findings(text.unmatched, judged.unmatched, judged))
  parts.push(...findings(text.removed, judged.removed, judged))
  parts.push(...requests(judged, fetch.storageKey))
  if (gaps.length > 0) {
    parts.push(`${text.gaps}: ${gaps.map((gap) => plain(oneLine(gap, MAX_LINE))).join('; ')}`)
  }
  return parts
}

function log(fetch: Fetch, rows: readonly Row[], settings: SiteSettings): string[] {
  const own = rows.filter((row) => row.fetch === fetch)
  const { at, name } = origin(fetch)
  const shown = own.slice(-MAX_ROWS)
  const cells = shown.map((row) => {
    const { name, text, level } = describe(row, settings)
    const what = plain(oneLine(text, MAX_LINE))
    const called = plain(oneLine(name, MAX_LINE))
    return [signed(row.at - at), row.event.source, level === 'info' ? called : `**${called}**`, what]
  })
  const parts = [`#### ${t('report_log', text.since[name])}`]
  if (own.length > shown.length) parts.push(t('report_cut', own.length - shown.length))
  return [...parts, table(text.logHead, cells)]
}

/** A span as a bar between the first moment and the last. */
function bar({ start, end }: Span, first: number, last: number): string {
  const scale = WIDTH / Math.max(last - first, 1)
  const from = Math.min(WIDTH - 1, Math.round((start - first) * scale))
  const width = Math.max(1, Math.min(WIDTH - from, Math.round(((end ?? start) - start) * scale)))
  return `${'·'.repeat(from)}${'█'.repeat(width)}${'·'.repeat(WIDTH - from - width)}`
}

/** Indented as deep as it is nested. */
const labelOf = ({ label, depth }: Span): string => `${'  '.repeat(depth)}${label}`

function bars(fetch: Fetch): string[] {
  const spans = waterfall(fetch)
  if (spans.length === 0) return []
  const { at } = origin(fetch)
  const first = Math.min(...spans.map(({ start }) => start))
  const last = Math.max(...spans.map(({ start, end }) => end ?? start))
  const widest = Math.max(...spans.map((span) => labelOf(span).length))
  const lines = spans.map((span) => {
    const took = span.end === null ? text.open : duration(span.end - span.start)
    const words = [`${signed(span.start - at)}, ${took}`, oneLine(span.note, MAX_LINE)].filter(Boolean)
    return `${labelOf(span).padEnd(widest)} ${bar(span, first, last)} ${words.join('; ')}`
  })
  return [`#### ${text.waterfall}`, block(lines)]
}

/** All that a bug report needs to say about one fetch, as Markdown. */
export function report(fetch: Fetch, rows: readonly Row[], about: Surroundings): string {
  const parts = [
    `### ${t('report_title', code(oneLine(shownId(fetch.id), 100)))}`,
    attributes(fetch, about),
    ...verdict(fetch, about.settings),
    ...log(fetch, rows, about.settings),
    ...bars(fetch),
  ]
  return `${parts.join('\n\n')}\n`
}

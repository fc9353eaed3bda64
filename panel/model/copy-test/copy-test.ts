import type { SeenRequest } from '../../../protocol/seen-requests'
import { t } from '../../i18n/i18n'
import type { SiteSettings } from '../audit/site-settings'
import { audit, type Verdict } from '../audit/verdict'
import { verdictName } from '../describe/describe-storage'
import { oneLine } from '../format'
import { type Repeatable, repeatable } from '../repeat'
import { endEvent } from '../session/fetch-phase'
import type { Frame, View } from '../session/session-view'
import type { Fetch } from '../session/view'
import { fullPlace, handlerPlace } from '../workers/handler-place'
import { type Checks, checksOf, type Unchecked, type UncheckedFinding, wasReadBefore } from './checks'
import type { TestFacts } from './facts'
import { literal } from './literal'
import { testMoment } from './moment'

/** What a script is made of, or why there is none, in one sentence. */
export type TestOffer =
  | { readonly ok: true; readonly facts: TestFacts }
  | { readonly ok: false; readonly why: string }

/** What is known beside the fetch. */
export interface TestSurroundings {
  readonly view: Pick<View, 'rows' | 'frames' | 'workers' | 'abortSeries'>
  readonly settings: SiteSettings
  /** Its requests as its page has seen them; null where that page does not know them. */
  readonly seen: readonly SeenRequest[] | null
  /** Version of the extension. */
  readonly extension: string
}

/** The browser cuts nothing that is shorter, and the extension neither. */
const MAX_ID = 16_000
/** So many findings that are not checked are named. */
const MAX_NAMED = 5

const text = {
  notAborted: t('test_no_abort'),
  unregistered: t('test_no_worker'),
  pending: t('test_no_verdict'),
  nothing: t('test_no_finding'),
  cut: t('test_no_id'),
}

const notChecked: Readonly<Record<Unchecked, string>> = {
  'no-item': t('test_unchecked_no_item'),
  before: t('test_unchecked_before'),
  older: t('test_unchecked_older'),
}

/** Why the page is to start the fetch, and not the script. */
const startedByPage = {
  before: t('test_start_before'),
  unread: t('test_start_unread'),
  bodies: t('test_start_bodies'),
}

/** Why nothing of a verdict can be checked. */
function whyNothing({ unchecked }: Checks): string {
  const [first] = unchecked
  return first ? t('test_no_check', notChecked[first.why]) : text.nothing
}

/** The page that has seen the fetch, or another one of its storage; undefined where none is open. */
function pageOf({ storageKey, key }: Fetch, { rows, frames }: TestSurroundings['view']): Frame | undefined {
  const document = rows.find((row) => row.kind === 'fetch-seen' && row.fetch?.key === key)?.event.document
  const own = document ? frames.get(document) : undefined
  const others = [...frames.values()].filter((frame) => frame.storageKey === storageKey)
  return own ?? others.find(({ top }) => top) ?? others[0]
}

function uncheckedLine(unchecked: readonly UncheckedFinding[]): readonly string[] {
  if (unchecked.length === 0) return []
  const named = unchecked
    .slice(0, MAX_NAMED)
    .map(({ finding, why }) => `${literal(oneLine(finding.item || finding.rule, 100))} (${notChecked[why]})`)
  const more = unchecked.length > MAX_NAMED ? ['…'] : []
  return [t('test_unchecked', [...named, ...more].join('; '))]
}

function handlerLine(fetch: Fetch, { workers }: TestSurroundings['view']): readonly string[] {
  const place = handlerPlace(fetch, workers)
  if (!place) return []
  const event = endEvent(fetch.attributes)
  return [t(place.from === 'seen' ? 'test_handler' : 'test_handler_script', event, fullPlace(place.location))]
}

/** What is not known of requests that a script makes. */
function requestLines({ requests, headersKnown }: Extract<Repeatable, { ok: true }>): readonly string[] {
  const headers = requests.some((one) => one.headers.length > 0) ? [t('test_headers')] : []
  return [...(headersKnown ? headers : [t('test_headers_unknown')]), t('test_defaults')]
}

const pageLine = (page: Frame | undefined): readonly string[] => {
  if (!page) return [t('test_page_unknown')]
  return page.top ? [] : [t('test_page_framed')]
}

const verdictLine = (verdict: Verdict) => t('test_verdict', verdictName(verdict), oneLine(verdict.line, 300))

/** Whether what is left may have been stored before the abort: the panel stores nothing where it starts a fetch. */
const mayBeBefore = (fetch: Fetch, { abortSeries }: TestSurroundings['view']): boolean =>
  !wasReadBefore(fetch) && !abortSeries.some(({ runs }) => runs.some((run) => run.fetch === fetch))

const timeText = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

/** Why there is no script that reproduces the end of a fetch, in one sentence; '' where there is one. */
export function whyNoTest(fetch: Fetch, settings: SiteSettings): string {
  const { id, scope, attributes, settledAt, unregisteredAt } = fetch
  if (settledAt === null || endEvent(attributes) !== 'backgroundfetchabort') return text.notAborted
  if (unregisteredAt !== null) return text.unregistered
  const verdict = audit(fetch, settings)
  if (!verdict?.final) return text.pending
  const found = checksOf(fetch, verdict)
  if (found.since.length + found.before.length === 0) return whyNothing(found)
  return Math.max(id.length, scope.length) >= MAX_ID ? text.cut : ''
}

/** What a script that reproduces the abort of a fetch is made of, as far as it was observed. */
export function testOffer(fetch: Fetch, surroundings: TestSurroundings): TestOffer {
  const { view, settings, seen, extension } = surroundings
  const { id, scope, attributes, settledAt } = fetch
  const verdict = audit(fetch, settings)
  const why = whyNoTest(fetch, settings)
  if (why || !verdict || settledAt === null) return { ok: false, why }
  const found = checksOf(fetch, verdict)
  const known = repeatable(fetch, seen)
  const byPage = !known.ok ? known.why : found.since.length === 0 ? 'before' : null
  const before = found.found.map((finding) => ({ finding, why: 'before' }) as const)
  const moment = testMoment(fetch, view.rows)
  const page = pageOf(fetch, view)
  return {
    ok: true,
    facts: {
      ...{ page: page?.url ?? scope, scope, id, moment, downloadTotal: attributes.downloadTotal },
      requests: known.ok && !byPage ? known.requests : null,
      checks: byPage ? [...found.since, ...found.before] : found.since,
      about: [
        t('test_about', literal(oneLine(id, 100)), extension, timeText(settledAt)),
        moment.text,
        verdictLine(verdict),
        ...handlerLine(fetch, view),
        ...uncheckedLine(byPage ? found.unchecked : [...before, ...found.unchecked]),
        ...(byPage ? [startedByPage[byPage]] : []),
        ...(known.ok && !byPage ? requestLines(known) : []),
        ...(!byPage && mayBeBefore(fetch, view) ? [t('test_before_unknown')] : []),
        ...(verdict.unmatched.some(({ stored }) => stored) ? [t('test_unmatched')] : []),
        ...pageLine(page),
      ],
    },
  }
}

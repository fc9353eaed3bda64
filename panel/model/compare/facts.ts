import { noOthers } from '../../../protocol/other-callers'
import { t } from '../../i18n/i18n'
import { audit } from '../audit/verdict'
import { orOthers } from '../describe/call-text'
import { placeText } from '../describe/place-text'
import { bytes, duration, oneLine, percent } from '../format'
import { aborterOf } from '../session/aborts/aborter'
import { effectiveAbort } from '../session/aborts/requested-aborts'
import type { Fetch } from '../session/view'
import { handlerText, handlerTime } from '../table/handler-time'
import { type Ender, outcomeOf } from '../table/outcome'
import { isLastSeen, isUnobserved } from '../table/progress'
import { verdictCell, verdictText } from '../table/verdict-cell'
import { type Cell, cellOf, none, notObserved, openCell } from './cell'
import { differenceOf } from './difference'
import { type Line, lineOf } from './line'
import { haveSameEvent, type Side } from './side'

const text = {
  outcome: t('outcome_title'),
  by: t('compare_by'),
  ran: t('compare_ran'),
  arrived: t('compare_arrived'),
  handler: t('handler_title'),
  verdict: t('table_verdict'),
  running: t('compare_running'),
}

function outcomeCell({ fetch }: Side): Cell {
  const outcome = outcomeOf(fetch)
  if (!outcome) return openCell(text.running)
  switch (outcome.kind) {
    case 'unknown':
      return openCell(outcome.text)
    case 'aborted':
      return cellOf(t('outcome_aborted'))
    default:
      return cellOf(outcome.text)
  }
}

/** Who may have aborted a fetch, by what is known of it. */
const possible: Readonly<Record<Ender, readonly string[]>> = {
  panel: ['panel'],
  page: ['page'],
  script: ['page', 'console', 'extension'],
  extension: ['extension'],
  worker: ['worker'],
  'other-panel': ['other-panel'],
  'not-this-tab': ['other-panel', 'browser', 'extension'],
  elsewhere: ['page', 'console', 'extension', 'worker', 'other-panel', 'browser'],
  leaving: ['page', 'console', 'extension', 'worker', 'other-panel', 'browser'],
  unknown: ['panel', 'page', 'console', 'extension', 'worker', 'other-panel', 'browser'],
}

const enders: Readonly<Record<Exclude<Ender, 'unknown'>, string>> = {
  panel: t('compare_by_panel'),
  page: t('compare_by_page'),
  script: t('compare_by_script'),
  extension: t('compare_by_extension'),
  worker: t('compare_by_worker'),
  'other-panel': t('compare_by_other_panel'),
  'not-this-tab': t('compare_by_not_this_tab'),
  elsewhere: t('compare_by_elsewhere'),
  leaving: t('compare_by_leaving'),
}

/** Who aborted a fetch; null where it was not aborted. */
function enderOf({ fetch }: Side): Ender | null {
  const outcome = outcomeOf(fetch)
  return outcome?.kind === 'aborted' ? outcome.by : null
}

function enderText(fetch: Fetch, by: Ender): string {
  if (by === 'unknown') return notObserved.text
  const aborter = aborterOf(fetch)
  const place = aborter?.call?.location
  return orOthers(place ? `${enders[by]}, ${oneLine(placeText(place), 120)}` : enders[by], aborter)
}

function mayBe({ fetch }: Side, by: Ender): readonly string[] {
  const { orOtherTab, orWorker } = aborterOf(fetch) ?? noOthers
  return [...possible[by], ...(orOtherTab ? ['browser'] : []), ...(orWorker ? ['worker'] : [])]
}

/** Who ended both: other ones only where none could have ended the two. */
function enderLine(a: Side, b: Side): Line {
  const [ofA, ofB] = [enderOf(a), enderOf(b)]
  const mayA = ofA && mayBe(a, ofA)
  const mayB = ofB && mayBe(b, ofB)
  const isSame = ofA === ofB && mayA?.length === 1 && mayB?.length === 1
  const isOther = mayA !== null && mayB !== null && !mayA.some((one) => mayB.includes(one))
  const cell = ({ fetch }: Side, by: Ender | null): Cell => {
    if (by === null) return openCell(none.text)
    return isSame || isOther ? cellOf(enderText(fetch, by), by) : openCell(enderText(fetch, by))
  }
  return lineOf(text.by, cell(a, ofA), cell(b, ofB))
}

/** How long a fetch ran until it was aborted here or settled, in milliseconds; null where that was not observed. */
function ranFor(fetch: Fetch): number | null {
  const { already, unlisted, seenAt, settledAt } = fetch
  if (already || unlisted || settledAt === null) return null
  return Math.max(0, Math.min(effectiveAbort(fetch)?.at ?? settledAt, settledAt) - seenAt)
}

const ranCell = (ms: number | null): Cell => (ms === null ? notObserved : cellOf(duration(ms), 'ran'))

/** How many bytes came; null where no page has listed it or observed its end, or it goes on. */
const arrivedOf = (fetch: Fetch): number | null =>
  fetch.settledAt === null || isUnobserved(fetch) || isLastSeen(fetch) ? null : fetch.arrived

function arrivedCell({ fetch }: Side): Cell {
  const arrived = arrivedOf(fetch)
  if (arrived === null) return notObserved
  const { downloadTotal } = fetch.attributes
  const share = percent(arrived, downloadTotal)
  const shown =
    share === null ? bytes(arrived) : t('summary_share', share, bytes(arrived), bytes(downloadTotal))
  return cellOf(shown, 'arrived')
}

/** The handler's time; of an event that only the page observed, nothing about the handler is known. */
function handlerFact({ fetch, workers }: Side): { readonly cell: Cell; readonly ms: number | null } {
  const time = handlerTime(fetch, workers)
  switch (time?.kind) {
    case undefined:
    case 'unknown':
      return { cell: notObserved, ms: null }
    case 'none':
    case 'stopped':
      return { cell: cellOf(handlerText(time, 0)), ms: null }
    case 'took':
      return { cell: cellOf(duration(time.ms), 'took'), ms: time.ms }
    case 'at-most':
    case 'within':
    case 'unmentioned':
      return { cell: openCell(handlerText(time, 0)), ms: null }
    case 'running':
    case 'open':
      return { cell: openCell(t('compare_running')), ms: null }
  }
}

function verdictFact({ fetch, settings }: Side): Cell {
  const verdict = audit(fetch, settings)
  const cell = verdictCell(fetch, settings)
  if (!verdict || !cell) return notObserved
  const shown = verdictText(cell)
  return verdict.final && verdict.kind !== 'unknown' ? cellOf(shown) : openCell(shown)
}

/** How both ended, who ended them, and what their handlers did. */
export function factsOf(a: Side, b: Side): readonly Line[] {
  const [ranA, ranB] = [ranFor(a.fetch), ranFor(b.fetch)]
  const [handlerA, handlerB] = [handlerFact(a), handlerFact(b)]
  const handlers = haveSameEvent(a, b) ? differenceOf('ms', handlerA.ms, handlerB.ms) : null
  return [
    lineOf(text.outcome, outcomeCell(a), outcomeCell(b)),
    enderLine(a, b),
    lineOf(text.ran, ranCell(ranA), ranCell(ranB), differenceOf('ms', ranA, ranB)),
    lineOf(
      text.arrived,
      arrivedCell(a),
      arrivedCell(b),
      differenceOf('bytes', arrivedOf(a.fetch), arrivedOf(b.fetch)),
    ),
    lineOf(text.handler, handlerA.cell, handlerB.cell, handlers),
    lineOf(text.verdict, verdictFact(a), verdictFact(b)),
  ]
}

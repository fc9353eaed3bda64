import { t } from '../../i18n/i18n'
import { plannedText } from '../../model/describe/planned-abort-text'
import { duration, longDuration, oneLine, percent, timeOfDay } from '../../model/format'
import { traceOffer } from '../../model/report/summary'
import { isAbortAnswered } from '../../model/session/aborts/requested-aborts'
import { currentDisambiguator, disambiguator } from '../../model/session/disambiguator'
import { tracedEnd } from '../../model/session/ends/end-witness'
import { isLive } from '../../model/session/fetch-phase'
import { awaitsResponse } from '../../model/session/standstill/awaits-response'
import { type Around as Session, standstillOf } from '../../model/session/standstill/standstill'
import type { Fetch, FetchState, Worker } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { abortedBy } from '../../model/table/aborted-by'
import { ranFor } from '../../model/table/fetch-list'
import { forcedText } from '../../model/table/forced-ending'
import { handlerCell, handlerHint, handlerLine, handlerTime } from '../../model/table/handler-time'
import { stateText } from '../../model/table/live-state'
import { type Ender, outcomeOf } from '../../model/table/outcome'
import { plannedShare } from '../../model/table/planned-share'
import { amountOf, shortProgress, wholeProgress } from '../../model/table/progress'
import { isSending } from '../../model/table/upload'
import { verdictText } from '../../model/table/verdict-cell'
import { verdictOf } from '../../state/session/verdicts'

/** All that a row shows, as plain values: a row of which none has changed is not drawn again. */
export interface RowFacts {
  readonly key: string
  readonly id: string
  readonly fullId: string
  readonly shortId: string
  readonly disambiguator: string
  readonly live: boolean
  readonly aborting: boolean
  readonly readOnly: boolean
  readonly sending: boolean
  readonly abortLabel: string
  /** Its ID, as buttons name it. */
  readonly abortId: string
  /** The abort that is planned for it, in words; '' where none is. */
  readonly planned: string
  readonly plannedCommand: string
  /** Where on the progress bar that is, in percent. */
  readonly plannedShare: number | null
  readonly stateName: FetchState
  readonly state: string
  readonly stateHint: string
  readonly waiting: string
  /** What it waits for is a fetch, whose ID ends `waiting`. */
  readonly behind: boolean
  readonly outcome: string
  readonly progress: string
  readonly wholeProgress: string
  readonly done: number
  readonly total: number
  readonly share: number | null
  readonly handler: string
  /** The same, where no column shows it. */
  readonly handlerLine: string
  readonly handlerHint: string
  readonly verdict: string
  readonly verdictKind: string
  readonly verdictHint: string
  readonly scope: string
  readonly shortScope: string
  readonly origin: string
  readonly started: string
  readonly startedHint: string
  readonly duration: string
}

const text = {
  comparing: t('cell_comparing'),
  found: t('started_found'),
  response: t('state_response_hint'),
}

/** Who may have aborted a fetch, where more is said than in the summary. */
const causes: { readonly [by in Ender]?: string } = {
  elsewhere: t('row_settled_elsewhere'),
  'other-panel': t('row_abort_other_panel_text'),
  'not-this-tab': t('row_abort_not_here_text'),
}

const hint: Record<Exclude<FetchState, 'over'>, string> = {
  queued: t('state_queued_hint'),
  active: t('state_active_hint'),
  settled: t('state_settled_hint'),
  unobserved: t('state_unobserved_hint'),
  gone: t('state_gone_hint'),
}

const overHint = {
  traced: t('state_over_hint'),
  released: t('state_released_hint'),
  unseen: t('state_over_unseen_hint'),
}

/** What is known of the state besides its name. */
function hintOf(fetch: Fetch): string {
  if (awaitsResponse(fetch)) return text.response
  if (fetch.state !== 'over') return hint[fetch.state]
  if (fetch.overAt === null) return overHint.unseen
  return tracedEnd(fetch) ? overHint.traced : overHint.released
}

/** Nobody waits for the answer to an abort of it. */
export const canAbort = (fetch: Fetch): boolean => isLive(fetch) && isAbortAnswered(fetch)

interface Around {
  readonly session: Session
  /** The runs of workers that were seen. */
  readonly workers: readonly Worker[]
  /** In epoch milliseconds. */
  readonly now: number
  readonly readOnly: boolean
}

/** What a row shows of a fetch now. */
export function rowFacts(fetch: Fetch, { session, workers, now, readOnly }: Around): RowFacts {
  const outcome = outcomeOf(fetch)
  const handler = handlerTime(fetch, workers)
  const verdict = verdictOf(fetch)
  const amount = amountOf(fetch)
  const { planned } = fetch
  const plan = planned && outcome === null ? plannedText(planned.moment) : ''
  const pending = fetch.settledAt !== null && verdict === null
  const standstill = readOnly ? null : standstillOf(fetch, session, now)
  const waiting = standstill?.text ?? ''
  const live = stateText(fetch, session.fetches, standstill)
  const state = outcome?.text ?? (fetch.forced ? t('state_forced', live, fetch.forced.ending) : live)
  const cause = outcome?.kind === 'aborted' ? (causes[outcome.by] ?? abortedBy(fetch)) : null
  const why = cause
    ? [`${cause}.`, traceOffer(fetch), hintOf(fetch)].filter(Boolean).join('\n')
    : standstill?.reasons.join('\n') || hintOf(fetch)
  return {
    key: fetch.key,
    id: fetch.id,
    fullId: oneLine(shownId(fetch.id), 1000),
    shortId: oneLine(shownId(fetch.id)),
    disambiguator: disambiguator(fetch),
    live: outcome === null,
    aborting: outcome === null && !canAbort(fetch),
    readOnly,
    sending: isSending(fetch),
    abortLabel: t('abort_of', shownId(fetch.id) + currentDisambiguator(fetch)),
    abortId: shownId(fetch.id) + currentDisambiguator(fetch),
    planned: plan,
    plannedCommand: planned?.command ?? '',
    plannedShare: plannedShare(fetch),
    stateName: fetch.state,
    state,
    // The cell may be too narrow for all of it.
    stateHint: [[state, waiting, plan].filter(Boolean).join(' · '), forcedText(fetch), why]
      .filter(Boolean)
      .join('\n'),
    waiting,
    behind: (standstill?.front ?? null) !== null,
    outcome: outcome?.kind ?? '',
    progress: shortProgress(fetch),
    wholeProgress: wholeProgress(fetch),
    ...amount,
    share: percent(amount.done, amount.total),
    handler: handler ? handlerCell(handler, now) : '',
    handlerLine: handler ? handlerLine(handler, now) : '',
    handlerHint: handler ? handlerHint(handler) : '',
    verdict: verdict ? verdictText(verdict) : pending ? text.comparing : '',
    verdictKind: verdict?.kind ?? '',
    // The cell may be too narrow for its name.
    verdictHint: verdict ? `${verdictText(verdict)}\n${verdict.line}` : '',
    scope: fetch.scope,
    shortScope: oneLine(fetch.scope.replace(/^https?:\/\/[^/]+/, '')),
    origin: fetch.storageKey,
    started: timeOfDay(fetch.seenAt),
    startedHint: fetch.already ? text.found : '',
    duration: outcome === null ? longDuration(ranFor(fetch, now)) : duration(ranFor(fetch, now)),
  }
}

/** Whether two rows show the same. */
export const sameFacts = (a: RowFacts, b: RowFacts): boolean =>
  (Object.keys(a) as (keyof RowFacts)[]).every((name) => a[name] === b[name])

import { t } from '../../i18n/i18n'
import { aborterOf } from '../session/aborter'
import { abortedByPanel } from '../session/aborts'
import type { Fetch } from '../session/view'
import { failedAsForced, failedAtLimit } from './forced-ending'

/**
 * Who ended a fetch, as far as it was observed. `page`, `worker`: a script of it called `abort()`; `elsewhere`: this panel was
 * not asked to; `other-panel`: the panel of another tab was; `not-this-tab`: nor did a script of the tab call `abort()`.
 */
export type Ender = 'panel' | 'page' | 'worker' | 'elsewhere' | 'other-panel' | 'not-this-tab' | 'unknown'

/** How a fetch ended: `unknown` when its end was not reported. */
export type OutcomeKind = 'success' | 'aborted' | 'failed' | 'unknown'

export interface Outcome {
  readonly kind: OutcomeKind
  /** Of an aborted fetch, and `panel` of one that was made to fail; `unknown` for every other one. */
  readonly by: Ender
  /** The outcome and, where it is known, who caused it: `aborted · panel`. */
  readonly text: string
}

const text = {
  success: t('outcome_success'),
  failedAtLimit: t('outcome_failed_limit'),
  aborted: t('outcome_aborted'),
  abortedElsewhere: t('outcome_aborted_elsewhere'),
  abortedNotByThisPanel: t('outcome_aborted_not_this_panel'),
  abortedByOtherPanel: t('outcome_aborted_other_panel'),
  abortedByPanel: t('outcome_aborted_panel'),
  abortedByPage: t('outcome_aborted_page'),
  abortedByWorker: t('outcome_aborted_worker'),
  unregistered: t('outcome_unregistered'),
  unknown: t('ended_unreported'),
}

/** How a fetch ended, and who ended it; null while it may still run. */
export function outcomeOf(fetch: Fetch): Outcome | null {
  const { state, attributes, unregisteredAt, settledAt } = fetch
  if (state === 'queued' || state === 'active' || state === 'unobserved') return null
  if (settledAt === null) {
    return {
      kind: 'unknown',
      by: 'unknown',
      text: unregisteredAt === null ? text.unknown : text.unregistered,
    }
  }
  if (attributes.result === 'success') return { kind: 'success', by: 'unknown', text: text.success }
  if (attributes.failureReason !== 'aborted') {
    const by = failedAsForced(fetch) ? 'panel' : 'unknown'
    if (failedAtLimit(fetch)) return { kind: 'failed', by, text: text.failedAtLimit }
    if (by === 'panel') {
      return { kind: 'failed', by, text: t('outcome_failed_panel', attributes.failureReason) }
    }
    return { kind: 'failed', by: 'unknown', text: t('outcome_failed', attributes.failureReason) }
  }
  if (abortedByPanel(fetch)) return { kind: 'aborted', by: 'panel', text: text.abortedByPanel }
  switch (aborterOf(fetch)?.by) {
    case 'page':
      return { kind: 'aborted', by: 'page', text: text.abortedByPage }
    case 'worker':
      return { kind: 'aborted', by: 'worker', text: text.abortedByWorker }
  }
  if (fetch.abortCause === 'other-panel')
    return { kind: 'aborted', by: 'other-panel', text: text.abortedByOtherPanel }
  if (fetch.abortCause === 'not-this-tab')
    return { kind: 'aborted', by: 'not-this-tab', text: text.abortedElsewhere }
  return fetch.abort
    ? { kind: 'aborted', by: 'unknown', text: text.aborted }
    : { kind: 'aborted', by: 'elsewhere', text: text.abortedNotByThisPanel }
}

/** When a fetch ended, in epoch milliseconds; the last moment at which it was seen where its end was not reported. */
export const endedAt = ({ settledAt, unregisteredAt, movedAt }: Fetch): number =>
  settledAt ?? unregisteredAt ?? movedAt

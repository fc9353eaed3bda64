import { t } from '../../i18n/i18n'
import { cellPlaceText } from '../describe/place-text'
import { type Aborter, aborterOf } from '../session/aborts/aborter'
import type { Fetch } from '../session/view'
import { failedAsForced, failedAtLimit } from './forced-ending'

/** Who ended a fetch, as far as it was observed. */
export type Ender = Aborter['by']

/** How a fetch ended: `unknown` when its end was not reported. */
export type OutcomeKind = 'success' | 'aborted' | 'failed' | 'unknown'

export interface Outcome {
  readonly kind: OutcomeKind
  /** Of an aborted fetch, and `panel` of one that was made to fail; `unknown` for every other one. */
  readonly by: Ender
  /** The outcome and, where it is known, who caused it: `aborted · panel`, `aborted · app.js:88`. */
  readonly text: string
}

const texts = {
  success: t('outcome_success'),
  failedAtLimit: t('outcome_failed_limit'),
  unregistered: t('outcome_unregistered'),
  unknown: t('ended_unreported'),
}

const abortedText: Readonly<Record<Ender, string>> = {
  panel: t('outcome_aborted_panel'),
  page: t('outcome_aborted_page'),
  script: t('outcome_aborted_script'),
  extension: t('outcome_aborted_extension'),
  worker: t('outcome_aborted_worker'),
  elsewhere: t('outcome_aborted_elsewhere'),
  'other-panel': t('outcome_aborted_other_panel'),
  'not-this-tab': t('outcome_aborted_not_this_tab'),
  leaving: t('outcome_aborted_leaving'),
  unknown: t('outcome_aborted'),
}

/** How a fetch ended, and who ended it; null while it may still run. */
export function outcomeOf(fetch: Fetch): Outcome | null {
  const { state, attributes, unregisteredAt, settledAt } = fetch
  if (state === 'queued' || state === 'active' || state === 'unobserved') return null
  if (settledAt === null) {
    return {
      kind: 'unknown',
      by: 'unknown',
      text: unregisteredAt === null ? texts.unknown : texts.unregistered,
    }
  }
  if (attributes.result === 'success') return { kind: 'success', by: 'unknown', text: texts.success }
  if (attributes.failureReason !== 'aborted') {
    const by = failedAsForced(fetch) ? 'panel' : 'unknown'
    if (failedAtLimit(fetch)) return { kind: 'failed', by, text: texts.failedAtLimit }
    if (by === 'panel') {
      return { kind: 'failed', by, text: t('outcome_failed_panel', attributes.failureReason) }
    }
    return { kind: 'failed', by: 'unknown', text: t('outcome_failed', attributes.failureReason) }
  }
  const aborter = aborterOf(fetch)
  const by = aborter?.by ?? 'unknown'
  const place = aborter?.call?.location
  const text = place ? t('outcome_aborted_at', cellPlaceText(place)) : abortedText[by]
  return {
    kind: 'aborted',
    by,
    text: aborter?.orOtherTab || aborter?.orWorker ? t('outcome_uncertain', text) : text,
  }
}

/** When a fetch ended, in epoch milliseconds; the last moment at which it was seen where its end was not reported. */
export const endedAt = ({ settledAt, unregisteredAt, movedAt }: Fetch): number =>
  settledAt ?? unregisteredAt ?? movedAt

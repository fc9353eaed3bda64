import { t } from '../../i18n/i18n'
import { duration, oneLine } from '../format'
import type { Fetch } from '../session/view'

/** An answer that takes longer than this is said to be waited for, in milliseconds. */
export const WAITING = 500
/** How long a page may take to answer before it is said not to, in milliseconds. */
export const PATIENCE = 3000

/** Aborts that were asked for within this time were asked for with one press, in milliseconds. */
const TOGETHER = 100

/** What became of an abort; a `bad` one did not end the fetch, as far as is known. */
export interface AbortAnswer {
  readonly text: string
  readonly bad: boolean
}

const NOTHING: AbortAnswer = { text: '', bad: false }

/** What became of the abort of one fetch, if there is something to say by now. */
function answerOf({ abort, settledAt }: Fetch, now: number): AbortAnswer {
  if (!abort) return NOTHING
  const { outcome, answeredAt, at } = abort
  if (!outcome) {
    // It has ended, by whatever: what became of this abort says the answer, which is on its way.
    if (settledAt !== null) return NOTHING
    if (now - at < WAITING) return NOTHING
    if (now - at < PATIENCE) return { text: t('answer_aborting'), bad: false }
    return { text: t('answer_no_answer'), bad: true }
  }
  switch (outcome.kind) {
    case 'resolved': {
      if (!outcome.value) return { text: t('answer_nothing'), bad: true }
      const text =
        answeredAt === null ? t('answer_aborted') : t('answer_aborted_after', duration(answeredAt - at))
      return { text, bad: false }
    }
    case 'already-finished':
      return { text: t('answer_finished'), bad: true }
    case 'rejected':
      return { text: t('answer_rejected', oneLine(outcome.error)), bad: true }
    case 'page-gone':
      return { text: t('answer_not_aborted', t('page_gone')), bad: true }
    case 'unanswered':
      return { text: t('answer_unknown', t('page_left')), bad: true }
  }
}

/** The fetches that the last press of Abort or Abort all was about. */
export function lastAborted(fetches: readonly Fetch[]): readonly Fetch[] {
  const last = fetches.reduce((latest, { abort }) => Math.max(latest, abort?.at ?? 0), 0)
  return fetches.filter(({ abort }) => abort !== null && abort.at > last - TOGETHER)
}

/**
 * What became of one press, in one sentence: what went wrong comes first, and nothing is said of all before all
 * have answered. Null while there is nothing to say.
 *
 * @param fetches those of the press
 * @param now in epoch milliseconds
 */
export function pressAnswer(
  fetches: readonly Fetch[],
  now: number,
): (AbortAnswer & { readonly fetch: Fetch | null }) | null {
  const answers = fetches.map((fetch) => ({ fetch, ...answerOf(fetch, now) }))
  const bad = answers.find((answer) => answer.bad)
  if (bad) return bad
  const pending = answers.find(({ fetch }) => fetch.abort?.outcome === null)
  if (pending) return pending.text ? pending : null
  if (answers.length > 1) return { fetch: null, text: t('answer_all', answers.length), bad: false }
  return answers[0] ?? null
}

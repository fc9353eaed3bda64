import { effect, signal } from '@preact/signals'
import { now } from '../../wire/clock'
import { t } from '../i18n/i18n'
import { oneLine } from '../model/format'
import type { Fetch, Row } from '../model/session/view'
import { lastAborted, PATIENCE, pressAnswer, WAITING } from '../model/table/abort-answer'
import { outcomeOf } from '../model/table/outcome'
import { type VerdictCell, verdictText } from '../model/table/verdict-cell'
import { model, past, revision } from './session/session'
import { verdictOf } from './session/verdicts'

/** One outcome in one sentence: shown for a moment, and read out by a screen reader. */
export interface Notice {
  /** The id of the fetch, in one line; '' for several fetches. */
  readonly id: string
  /** What became of it: goes on after the id. */
  readonly text: string
  /** The details of the fetch say it as well. */
  readonly inDetails: boolean
  /** Something did not work. */
  readonly bad: boolean
  /** Key of the fetch whose details say more; null for several. */
  readonly fetch: string | null
}

/** The last outcome, until it has been shown long enough. */
export const notice = signal<Notice | null>(null)

const text = { success: t('notice_success'), aborted: t('notice_aborted') }

const noticeOf = (fetch: Fetch | null, text: string, bad: boolean, inDetails = true): Notice => ({
  id: fetch ? oneLine(fetch.id, 60) : '',
  text,
  bad,
  inDetails,
  fetch: fetch?.key ?? null,
})

/** The verdict that was announced last for each fetch. */
const announced = new WeakMap<Fetch, VerdictCell['kind']>()

/** What a row says of an outcome; null when it says none, or when the answer to Abort says it. */
function outcomeNotice({ kind, fetch }: Row): Notice | null {
  if (!fetch) return null
  if (kind === 'verdict') {
    const verdict = verdictOf(fetch)
    // The final verdict is news only when it is another one than the first.
    if (!verdict || announced.get(fetch) === verdict.kind) return null
    announced.set(fetch, verdict.kind)
    const bad = verdict.kind === 'wrong' || verdict.kind === 'not-stored'
    return noticeOf(fetch, t('notice_verdict', verdictText(verdict), verdict.line), bad)
  }
  // What became of a fetch that Abort was pressed for says the answer to that.
  if (kind !== 'settled' || fetch.abort) return null
  const outcome = outcomeOf(fetch)
  if (outcome?.kind === 'success') return noticeOf(fetch, text.success, false)
  if (outcome?.kind === 'failed') {
    return noticeOf(fetch, t('notice_failed', fetch.attributes.failureReason), true)
  }
  return outcome?.kind === 'aborted' ? noticeOf(fetch, text.aborted, false) : null
}

/** The outcomes that came in one moment, as one. */
function together(all: readonly Notice[]): Notice | null {
  const first = all.find(({ bad }) => bad) ?? all.at(-1)
  if (!first || all.length < 2) return first ?? null
  return { ...first, text: t('notice_more', first.text, all.length - 1) }
}

/** Notices what becomes of aborts and how fetches end, for as long as the panel lives; nothing of before. */
export function noticeOutcomes(): void {
  const opened = now()
  const turn = signal(0)
  let version = -1
  let seen = 0
  let answered = ''
  let waitsFor = 0

  const show = (next: Notice) => {
    notice.value = next
  }

  effect(() => {
    revision.value
    turn.value
    if (past.value) return
    const fetches = lastAborted(model().fetches).filter(({ abort }) => (abort?.at ?? 0) > opened)
    const pressed = fetches[0]?.abort?.at ?? 0
    if (pressed > waitsFor) {
      waitsFor = pressed
      // Nothing comes from a page that does not answer.
      for (const wait of [WAITING, PATIENCE]) setTimeout(() => turn.value++, wait + 1)
    }
    const answer = pressAnswer(fetches, now())
    const name = JSON.stringify([pressed, answer?.fetch?.key, answer?.text])
    if (!answer || name === answered) return
    answered = name
    show(noticeOf(answer.fetch, answer.text, answer.bad, false))
  })

  effect(() => {
    revision.value
    if (past.value) return
    const change = model().since(version)
    version = change.version
    const fresh = model()
      .rows.slice(change.from)
      .filter(({ key, at }) => key > seen && at > opened)
    for (const { key } of fresh) seen = Math.max(seen, key)
    const next = together(fresh.map(outcomeNotice).filter((one) => one !== null))
    if (next) show(next)
  })
}

import { effect, signal } from '@preact/signals'
import { now } from '../../wire/clock'
import { t } from '../i18n/i18n'
import { syntheticFailureText } from '../model/describe/synthetic-text'
import { oneLine } from '../model/format'
import { disambiguator } from '../model/session/disambiguator'
import type { Fetch, Row } from '../model/session/view'
import { shownId } from '../model/shown-id'
import { lastAborted, PATIENCE, pressAnswer, WAITING } from '../model/table/abort-answer'
import { abortedBy } from '../model/table/aborted-by'
import { type Notice, together, withVerdict } from '../model/table/notice'
import { outcomeOf } from '../model/table/outcome'
import { type VerdictCell, verdictText } from '../model/table/verdict-cell'
import { model, past, revision } from './session/session'
import { verdictOf } from './session/verdicts'

/** The last outcome, until it has been shown long enough. */
export const notice = signal<Notice | null>(null)

/** What a screen reader has been given last of it: one that may still change is shown, and not read out at once. */
export const spoken = signal<Notice | null>(null)

/** When the final verdict has not followed in this time, in milliseconds, the one so far is read out. */
const FINAL_SOON = 3000

/** Shows an outcome in place of the last one. */
function show(next: Notice): void {
  notice.value = next
  if (!next.isInterim) spoken.value = next
  else setTimeout(() => speakInterim(next), FINAL_SOON)
}

/** Reads out what is shown, unless something else has come in its place. */
function speakInterim({ fetch }: Notice): void {
  const shown = notice.peek()
  if (shown?.isInterim && shown.fetch === fetch) spoken.value = shown
}

/** Nothing is shown any more. */
export function dismiss(): void {
  notice.value = null
  spoken.value = null
}

const text = { success: t('notice_success') }

/** A sentence that goes on after the id of a fetch. */
const afterId = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)

const noticeOf = (fetch: Fetch | null, text: string, bad: boolean, inDetails = true): Notice => ({
  id: fetch ? oneLine(shownId(fetch.id), 60) + disambiguator(fetch) : '',
  text,
  more: 0,
  isVerdict: false,
  isInterim: false,
  bad,
  inDetails,
  fetch: fetch?.key ?? null,
})

function verdictNotice(fetch: Fetch, verdict: VerdictCell): Notice {
  const bad = verdict.kind === 'wrong' || verdict.kind === 'not-stored'
  const text = t('notice_verdict', verdictText(verdict), verdict.line)
  return { ...noticeOf(fetch, text, bad), isVerdict: true, isInterim: !verdict.final }
}

/** The verdict that was announced last for each fetch, and whether it was final. */
const announced = new WeakMap<Fetch, string>()

/** Of an abort series the grid shows each outcome, and its end is announced. */
const isOfSeries = (fetch: Fetch): boolean =>
  model().abortSeries.some(({ runs }) => runs.some((run) => run.fetch === fetch))

/** What a row says of an outcome; null when it says none, or when the answer to Abort says it. */
function outcomeNotice({ kind, fetch, event }: Row): Notice | null {
  if (event.body.type === 'synthetic-event-failed')
    return noticeOf(fetch, syntheticFailureText(event.body), true, false)
  if (!fetch || isOfSeries(fetch)) return null
  if (kind === 'verdict') {
    const verdict = verdictOf(fetch)
    if (!verdict) return null
    const next = verdictNotice(fetch, verdict)
    const name = `${verdict.kind} ${verdict.final}`
    if (announced.get(fetch) !== name) {
      announced.set(fetch, name)
      return next
    }
    notice.value = withVerdict(notice.peek(), next) ?? notice.peek()
    return null
  }
  // What became of a fetch that Abort was pressed for says the answer to that.
  if (kind !== 'settled' || fetch.abort) return null
  const outcome = outcomeOf(fetch)
  if (outcome?.kind === 'success') return noticeOf(fetch, text.success, false)
  if (outcome?.kind === 'failed') {
    return noticeOf(fetch, t('notice_failed', fetch.attributes.failureReason), true)
  }
  const aborted = abortedBy(fetch)
  return aborted === null ? null : noticeOf(fetch, afterId(aborted), false)
}

/** Notices what becomes of aborts and how fetches end, for as long as the panel lives; nothing of before. */
export function noticeOutcomes(): void {
  const opened = now()
  const turn = signal(0)
  let version = -1
  let seen = 0
  let answered = ''
  let waitsFor = 0
  /** The revision at which a press was answered. */
  let answeredAt = -1

  effect(() => {
    revision.value
    turn.value
    if (past.value) return
    const own = model().fetches.filter((fetch) => !isOfSeries(fetch))
    const fetches = lastAborted(own).filter(({ abort }) => (abort?.at ?? 0) > opened)
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
    answeredAt = revision.value
    // That it was aborted from here is in its summary at once.
    const inDetails = !answer.bad && answer.fetch?.abort?.outcome?.kind === 'resolved'
    show(noticeOf(answer.fetch, answer.text, answer.bad, inDetails))
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
    if (!next) return
    if (answeredAt !== revision.value) return show(next)
    // Both came at once: the answer is not replaced before it was seen.
    const answer = notice.peek()
    setTimeout(() => notice.peek() === answer && show(next), WAITING)
  })
}

import * as v from 'valibot'
import { SessionEvent } from '../../../protocol/events'
import { counted, t } from '../../i18n/i18n'
import { oneLine } from '../format'
import { Envelope, FORMAT, MAX_SIZE, Mark, VERSION } from './envelope'
import { eachOf, type Steps } from './steps'

const text = {
  empty: t('file_empty'),
  truncated: t('file_truncated'),
  notJson: t('file_not_json'),
  notOurs: t('file_not_ours'),
  badJson: t('file_bad_json'),
  noEvents: t('file_no_events'),
}

const megabytes = (size: number) => `${Math.round(size / 1e6)} MB`

/** What a file says, or why it can't be opened, in one line. */
export type Reading =
  | { readonly ok: true; readonly envelope: Envelope; readonly events: readonly SessionEvent[] }
  | { readonly ok: false; readonly problem: string }

const refuse = (problem: string): Reading => ({ ok: false, problem })

/** Why a file must not even be read; '' when it may be. */
export const sizeProblem = (size: number): string =>
  size > MAX_SIZE ? t('file_too_large', megabytes(size), megabytes(MAX_SIZE)) : ''

/** Why a text is not JSON: a file of ours ends with its list and its bracket, or was cut off. */
function jsonProblem(json: string): string {
  if (!json.slice(0, 1000).includes(FORMAT)) return text.notJson
  return /\n {2}\]\n\}\s*$/.test(json) ? t('file_damaged', text.badJson) : text.truncated
}

/** Where and why a check failed, in one line, as the check says it: in English. */
const why = (issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string => {
  const [first] = issues
  const path = v.getDotPath(first)
  return oneLine(`${path ? `${path}: ` : ''}${first.message}`, 200)
}

/** Checks a file's text, all of it: what is returned is as good as what a page reports. */
export function* readSession(json: string): Steps<Reading> {
  if (json.trim() === '') return refuse(text.empty)
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return refuse(jsonProblem(json))
  }
  const mark = v.safeParse(Mark, parsed)
  if (!mark.success) return refuse(text.notOurs)
  const { version, events } = mark.output
  if (version > VERSION) return refuse(t('file_newer', version, VERSION))
  const envelope = v.safeParse(Envelope, parsed)
  if (!envelope.success) return refuse(t('file_damaged', why(envelope.issues)))
  if (!Array.isArray(events)) return refuse(text.noEvents)
  const good: SessionEvent[] = []
  let first = ''
  yield* eachOf(events, (event) => {
    const result = v.safeParse(SessionEvent, event, { abortEarly: true })
    if (result.success) good.push(result.output)
    else first ||= why(result.issues)
  })
  const bad = events.length - good.length
  if (bad > 0) {
    return refuse(t(counted(bad, 'file_bad_events'), bad, events.length, first))
  }
  return { ok: true, envelope: envelope.output, events: good }
}

import * as v from 'valibot'
import type { SessionEvent } from '../../../protocol/events'
import { oneLine } from '../format'
import { Envelope, FileEvent, FORMAT, MAX_SIZE, Mark, VERSION } from './envelope'

const text = {
  tooLarge: (size: number) =>
    `This file is too large: ${megabytes(size)}, and at most ${megabytes(MAX_SIZE)} are read.`,
  empty: 'This file is empty.',
  truncated: 'This file is cut off: its end is missing. Export or copy it once more.',
  notJson: 'This is not a session file: it is not JSON.',
  notOurs: 'This is not a session file of Background Fetch DevTools.',
  newer: (version: number) =>
    `This file is of a newer format (${version}; this extension reads up to ${VERSION}). Update the extension to open it.`,
  badJson: 'it is not valid JSON.',
  damaged: (why: string) => `This session file is damaged: ${why}`,
  noEvents: 'This session file is damaged: its events are missing.',
  badEvents: (bad: number, all: number, first: string) =>
    `This session file is damaged: ${bad} of ${all} events ${bad === 1 ? 'is' : 'are'} not valid (${first}).`,
}

const megabytes = (size: number) => `${(size / 1e6).toFixed(size < 1e7 ? 1 : 0)} MB`

/** What a file says, or why it can't be opened, in one line. */
export type Reading =
  | { readonly ok: true; readonly envelope: Envelope; readonly events: readonly SessionEvent[] }
  | { readonly ok: false; readonly problem: string }

const refuse = (problem: string): Reading => ({ ok: false, problem })

/** Why a file must not even be read; '' when it may be. */
export const sizeProblem = (size: number): string => (size > MAX_SIZE ? text.tooLarge(size) : '')

/** Why a text is not JSON: a file of ours ends with its list and its bracket, or was cut off. */
function jsonProblem(json: string): string {
  if (!json.slice(0, 1000).includes(FORMAT)) return text.notJson
  return /\n {2}\]\n\}\s*$/.test(json) ? text.damaged(text.badJson) : text.truncated
}

/** Where and why a check failed, in one line. */
const why = (issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string => {
  const [first] = issues
  const path = v.getDotPath(first)
  return oneLine(`${path ? `${path}: ` : ''}${first.message}`, 200)
}

/** Checks a file's text, all of it: what is returned is as good as what a page reports. */
export function readSession(json: string): Reading {
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
  if (version > VERSION) return refuse(text.newer(version))
  const envelope = v.safeParse(Envelope, parsed)
  if (!envelope.success) return refuse(text.damaged(why(envelope.issues)))
  if (!Array.isArray(events)) return refuse(text.noEvents)
  const good: SessionEvent[] = []
  let first = ''
  for (const event of events) {
    const result = v.safeParse(FileEvent, event, { abortEarly: true })
    if (result.success) good.push(result.output)
    else first ||= why(result.issues)
  }
  const bad = events.length - good.length
  if (bad > 0) return refuse(text.badEvents(bad, events.length, first))
  return { ok: true, envelope: envelope.output, events: good }
}

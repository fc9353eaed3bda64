import { effect } from '@preact/signals'
import { now } from '../../wire/clock'
import { oneLine } from '../model/format'
import type { Row } from '../model/view'
import { say } from '../words/words'
import { announce } from './announce'
import { model, past, revision } from './session'
import { wordsOf } from './words'

const text = {
  aborted: (id: string) => say('heard_aborted', id),
  verdict: (id: string, name: string, line: string) => say('heard_verdict', id, name, line),
}

/** What is worth hearing of a row: verdicts, and aborts that did not come from this panel, which says its own. */
function heard(row: Row): string {
  const { fetch, kind } = row
  if (!fetch) return ''
  const id = oneLine(fetch.id, 60)
  if (kind === 'settled' && !fetch.abort && fetch.attributes.failureReason === 'aborted')
    return text.aborted(id)
  if (kind !== 'verdict') return ''
  const words = wordsOf(row)
  return text.verdict(id, words.name, words.text)
}

/** Says how fetches end, for as long as the panel lives; not what was there before it, nor each step. */
export function announceEnds(): void {
  const opened = now()
  let version = -1
  let told = 0
  effect(() => {
    revision.value
    if (past.value) return
    const change = model.since(version)
    version = change.version
    const fresh = model.rows.slice(change.from).filter(({ key, at }) => key > told && at > opened)
    for (const { key } of fresh) told = Math.max(told, key)
    const words = fresh.map(heard).filter(Boolean)
    if (words.length > 0) announce(words.join('. '))
  })
}

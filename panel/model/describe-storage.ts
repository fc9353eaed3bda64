import type { StorageChanged, StorageKnown } from '../../protocol/storage-events'
import { told } from '../words/told'
import { counted, type Key, say } from '../words/words'
import { audit, type Excuses, type VerdictKind } from './audit/audit'
import { type Description, error, info, warning } from './description'
import { count, duration, oneLine } from './format'
import type { Row } from './view'

const level: Record<VerdictKind, (name: string, text: string) => Description> = {
  clean: info,
  unknown: info,
  leftovers: warning,
  suspicious: error,
}

/** What a verdict is called. */
export const verdictName: Record<VerdictKind, string> = {
  clean: say('verdict_clean'),
  unknown: say('verdict_unknown'),
  leftovers: say('verdict_leftovers'),
  suspicious: say('verdict_suspicious'),
}

/** The verdict on a fetch's end, in one line. */
export function describeVerdict({ fetch }: Row, excuses: Excuses): Description {
  const verdict = fetch && audit(fetch, excuses)
  if (!verdict) return info('verdict', '')
  return level[verdict.kind](say('row_verdict', verdictName[verdict.kind]), oneLine(verdict.line, 400))
}

const some = (count: number, one: Key, many: Key) => say(counted(count, one, many), count)

/** The storage as it was before the fetches to come. */
export function describeKnown({ caches, stores, files, cuts }: StorageKnown): Description {
  const found = [
    some(caches, 'known_caches_one', 'known_caches_many'),
    some(stores, 'known_stores_one', 'known_stores_many'),
    some(files, 'known_files_one', 'known_files_many'),
  ].join(', ')
  const missing = oneLine(cuts.map(told).join('; '), 300)
  return info(say('row_known'), missing ? say('row_known_cut', found, missing) : say('row_known_text', found))
}

function whenChanged({ fetch, at, event, note }: Row): string {
  if (note) return note
  if (!fetch) return say('changed_meanwhile')
  const { overAt } = fetch
  if (overAt === null || event.at <= overAt) return say('changed_during')
  return say(at > overAt ? 'changed_after' : 'changed_meanwhile')
}

/** A change of the origin's storage, as the browser told it. */
export function describeChange(row: Row, { kind, name, store }: StorageChanged): Description {
  const where = oneLine(name, 100)
  const what =
    kind === 'cache' ? say('row_cache_changed', where) : say('row_store_changed', where, oneLine(store, 100))
  const when = whenChanged(row)
  if (row.count === 1) return info(what, when)
  return info(what, say('changed_times', when, count(row.count), duration(row.event.at - row.at)))
}

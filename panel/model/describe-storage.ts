import type { StorageChanged, StorageKnown } from '../../protocol/storage-events'
import { audit, type Excuses, type VerdictKind } from './audit/audit'
import { type Description, error, info, warning } from './description'
import { oneLine } from './format'
import type { Row } from './view'

const say: Record<VerdictKind, (name: string, text: string) => Description> = {
  clean: info,
  unknown: info,
  leftovers: warning,
  suspicious: error,
}

/** The verdict on a fetch's end, in one line. */
export function describeVerdict({ fetch }: Row, excuses: Excuses): Description {
  const verdict = fetch && audit(fetch, excuses)
  if (!verdict) return info('verdict', '')
  return say[verdict.kind](`verdict: ${verdict.kind}`, oneLine(verdict.line, 400))
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

/** The storage as it was before the fetches to come. */
export function describeKnown({ caches, stores, files, cuts }: StorageKnown): Description {
  const found = [counted(caches, 'cache'), counted(stores, 'object store'), counted(files, 'file')].join(', ')
  const cut = cuts.length > 0 ? `; not all could be read: ${oneLine(cuts.join('; '), 300)}` : ''
  return info('storage looked at', `${found}; fetches that begin from here on are compared with it${cut}`)
}

/** A change of the origin's storage, as the browser told it. */
export function describeChange(row: Row, change: StorageChanged): Description {
  const { kind } = change
  const overAt = row.fetch?.overAt ?? null
  const its = overAt !== null && row.at > overAt ? ' told after its event was over' : ' during its event'
  const during = row.note ? ` ${row.note}` : row.fetch ? its : ''
  const name = oneLine(change.name, 100)
  if (kind === 'cache') return info(`cache “${name}” changed`, `Changed${during || ' meanwhile'}`)
  return info(`IndexedDB ${name}/${oneLine(change.store, 100)} changed`, `Changed${during || ' meanwhile'}`)
}

import { type CountedKey, counted, t } from '../../i18n/i18n'
import { beforeText } from '../../model/audit/before-text'
import { labelOf } from '../../model/audit/evidence/items'
import { bytes, oneLine } from '../../model/format'
import type { Fetch } from '../../model/session/view'
import { revision } from '../../state/session/session'
import { TableHead } from '../table-head'
import styles from './audit.module.css'
import { Section } from './section'

const text = {
  title: t('storage_title'),
  what: t('storage_what'),
  before: t('storage_before'),
  after: t('storage_after'),
  unknown: t('storage_unknown'),
  there: t('storage_there'),
  gone: t('storage_gone'),
}

/** How many removed items are listed. */
const MAX_REMOVED = 50

interface Line {
  readonly name: string
  readonly before: string
  readonly after: string
}

const some = (count: number | null, key: CountedKey) =>
  count === null ? text.unknown : t(counted(count, key), count)

const entries = (count: number | null) => some(count, 'storage_entries')
const rows = (count: number | null) => some(count, 'storage_rows')

function lines({ snapshots }: Fetch): Line[] {
  const after = (snapshots.final ?? snapshots['event-ended'] ?? snapshots.settled)?.body
  if (!after) return []
  const all: Line[] = []
  for (const { area, container, name, now, before } of after.counts) {
    const inCaches = area === 'cache-storage'
    const numbers = inCaches ? entries : rows
    all.push({
      name: inCaches
        ? t('storage_cache', oneLine(name, 60))
        : `${oneLine(container, 40)}/${oneLine(name, 40)}`,
      before: numbers(before),
      after: numbers(now),
    })
  }
  const deleted = after.deletedCaches?.bytes ?? 0
  for (const [kind, used] of Object.entries(after.usage?.details ?? {})) {
    const old = after.usageBefore?.details[kind]
    all.push({
      name: t('storage_bytes', oneLine(kind, 40)),
      before: old === undefined ? '' : bytes(old),
      after:
        kind === 'caches' && deleted > 0 ? t('storage_deleted', bytes(used), bytes(deleted)) : bytes(used),
    })
  }
  for (const removed of after.removed.slice(0, MAX_REMOVED)) {
    all.push({ name: oneLine(labelOf(removed), 120), before: text.there, after: text.gone })
  }
  return all
}

/** The origin's storage before the fetch and after it, side by side. */
export function Storage({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const all = lines(fetch)
  if (all.length === 0) return null
  const before = beforeText(fetch)
  return (
    <Section name="storage" title={text.title}>
      {before && <p class={styles.pending}>{before}</p>}
      <table class={styles.compared}>
        <TableHead columns={[text.what, text.before, text.after]} />
        <tbody>
          {all.map(({ name, before, after }) => (
            <tr key={name} data-changed={before !== after}>
              <td title={name}>{name}</td>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

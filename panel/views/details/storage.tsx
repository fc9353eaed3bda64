import { bytes, oneLine } from '../../model/format'
import type { Fetch } from '../../model/view'
import { revision } from '../../state/session'
import { counted, type Key, say } from '../../words/words'
import styles from './audit.module.css'
import { Section } from './section'

const text = {
  title: say('storage_title'),
  noBefore: say('storage_no_before'),
  what: say('storage_what'),
  before: say('storage_before'),
  after: say('storage_after'),
  unknown: say('storage_unknown'),
}

interface Line {
  readonly name: string
  readonly before: string
  readonly after: string
}

const some = (count: number | null, one: Key, many: Key) =>
  count === null ? text.unknown : say(counted(count, one, many), count)

const entries = (count: number | null) => some(count, 'storage_entries_one', 'storage_entries_many')
const rows = (count: number | null) => some(count, 'storage_rows_one', 'storage_rows_many')

function lines({ stocks }: Fetch): Line[] {
  const { seen } = stocks
  const after = stocks.later ?? stocks.over ?? stocks.settled
  if (!after) return []
  const all: Line[] = []
  for (const { name, count, before } of after.caches) {
    all.push({
      name: say('storage_cache', oneLine(name, 60)),
      before: entries(before),
      after: entries(count),
    })
  }
  for (const { database, store, count, before } of after.stores) {
    all.push({
      name: `${oneLine(database, 40)}/${oneLine(store, 40)}`,
      before: rows(before),
      after: rows(count),
    })
  }
  const then = after.usageBefore ?? seen?.usage
  for (const [kind, used] of Object.entries(after.usage?.details ?? {})) {
    const old = then?.details[kind]
    all.push({
      name: say('storage_bytes', oneLine(kind, 40)),
      before: old === undefined ? '' : bytes(old),
      after: bytes(used),
    })
  }
  return all
}

/** The origin's storage before the fetch and after it, side by side. */
export function Storage({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const all = lines(fetch)
  if (all.length === 0) return null
  const { seen } = fetch.stocks
  return (
    <Section name="storage" title={text.title}>
      {seen && seen.baseline !== 'before' && <p class={styles.pending}>{text.noBefore}</p>}
      <table class={styles.compared}>
        <thead>
          <tr>
            <th scope="col">{text.what}</th>
            <th scope="col">{text.before}</th>
            <th scope="col">{text.after}</th>
          </tr>
        </thead>
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

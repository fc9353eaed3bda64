import { bytes, oneLine } from '../../model/format'
import type { Fetch } from '../../model/view'
import { revision } from '../../state/session'
import styles from './audit.module.css'

interface Line {
  readonly name: string
  readonly before: string
  readonly after: string
}

const rowsOf = (count: number | null, unit: string) => (count === null ? 'not known' : `${count} ${unit}`)

function lines({ stocks }: Fetch): Line[] {
  const { seen } = stocks
  const after = stocks.later ?? stocks.over ?? stocks.settled
  if (!after) return []
  const all: Line[] = []
  for (const { name, count, before } of after.caches) {
    all.push({
      name: `cache ${oneLine(name, 60)}`,
      before: rowsOf(before, 'entries'),
      after: rowsOf(count, 'entries'),
    })
  }
  for (const { database, store, count, before } of after.stores) {
    all.push({
      name: `${oneLine(database, 40)}/${oneLine(store, 40)}`,
      before: rowsOf(before, 'rows'),
      after: rowsOf(count, 'rows'),
    })
  }
  const then = after.usageBefore ?? seen?.usage
  for (const [kind, used] of Object.entries(after.usage?.details ?? {})) {
    const old = then?.details[kind]
    all.push({
      name: `bytes of ${oneLine(kind, 40)}`,
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
    <details class={styles.storage}>
      <summary>Storage before and after</summary>
      {seen && seen.baseline !== 'before' && (
        <p class={styles.pending}>The fetch ran before the panel watched: “before” is not known.</p>
      )}
      <table class={styles.fates}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
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
    </details>
  )
}

import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { liveFetches } from '../../state/selection'
import { abort } from '../../state/session'
import { say } from '../../words/words'
import { canAbort, FetchRow, isSending } from './fetch-row'
import styles from './fetch-table.module.css'

const text = {
  label: say('table_label'),
  id: say('table_id'),
  scope: say('table_scope'),
  state: say('table_state'),
  progress: say('table_progress'),
  action: say('table_action'),
  usageHint: say('table_usage_hint'),
  sending: say('table_sending'),
}

/** Chromium's limit of active fetches per origin. */
const LIMIT = 5

/** How many of an origin's five places are taken: a sixth fetch() is refused. */
function usage(): string {
  const counts = new Map<string, number>()
  for (const fetch of liveFetches.value) counts.set(fetch.storageKey, (counts.get(fetch.storageKey) ?? 0) + 1)
  const texts = [...counts].map(([key, count]) => {
    const taken = say('table_usage', count, LIMIT)
    return counts.size > 1 ? `${key}: ${taken}` : taken
  })
  return texts.join(', ')
}

/** Every background fetch that may still be running. */
export function FetchTable() {
  const fetches = liveFetches.value
  const [active, setActive] = useState({ key: '', index: 0 })
  const body = useRef<HTMLTableSectionElement>(null)
  const focused = useRef(false)
  const known = fetches.findIndex(({ key }) => key === active.key)
  const current = known === -1 ? Math.min(active.index, fetches.length - 1) : known
  const rowAt = (index: number) => body.current?.rows[Math.max(0, Math.min(fetches.length - 1, index))]

  // A row that has the focus and goes hands it on to the one in its place.
  useLayoutEffect(() => {
    if (focused.current && document.activeElement === document.body) rowAt(current)?.focus()
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const fetch = fetches[current]
    if (!fetch || event.ctrlKey || event.altKey || event.metaKey) return
    const onRow = event.target instanceof HTMLTableRowElement
    if (event.key === 'ArrowDown') rowAt(current + 1)?.focus()
    else if (event.key === 'ArrowUp') rowAt(current - 1)?.focus()
    else if (event.key === 'Home') rowAt(0)?.focus()
    else if (event.key === 'End') rowAt(fetches.length - 1)?.focus()
    else if (onRow && (event.key === 'Enter' || event.key === ' ')) rowAt(current)?.click()
    else if (onRow && event.key === 'Delete' && canAbort(fetch)) abort(fetch.handle)
    else return
    event.preventDefault()
  }
  if (fetches.length === 0) return null
  return (
    <div class={styles.scroll}>
      <table class={styles.table} role="grid" aria-label={text.label}>
        <caption class={styles.caption}>
          {text.label} <span title={text.usageHint}>{usage()}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{text.id}</th>
            <th scope="col" class={styles.scopeColumn}>
              {text.scope}
            </th>
            <th scope="col" class={styles.stateColumn}>
              {text.state}
            </th>
            <th scope="col" class={styles.progressColumn}>
              {text.progress}
            </th>
            <th scope="col" class={styles.actionColumn}>
              <span class={styles.hidden}>{text.action}</span>
            </th>
          </tr>
        </thead>
        <tbody
          ref={body}
          onKeyDown={onKeyDown}
          onFocusOut={({ target }) => {
            // What loses the focus because it is removed is not in the document any more.
            queueMicrotask(() => {
              const left = target instanceof Node && target.isConnected
              if (left && !body.current?.contains(document.activeElement)) focused.current = false
            })
          }}
        >
          {fetches.map((fetch, index) => (
            <FetchRow
              key={fetch.key}
              fetch={fetch}
              current={index === current}
              focused={() => {
                focused.current = true
                setActive({ key: fetch.key, index })
              }}
            />
          ))}
        </tbody>
      </table>
      {fetches.some(isSending) && <p class={styles.note}>{text.sending}</p>}
    </div>
  )
}

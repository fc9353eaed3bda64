import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import type { Fetch } from '../../model/session/view'
import type { ColumnId } from '../../model/table/columns'
import { handlerBelow, placedColumns, tableRoom } from '../../state/columns'
import { canPlan, planningFor } from '../../state/planned-aborts'
import { useClock } from '../../state/session/clock'
import { listedFetches } from '../../state/session/fetch-list'
import { selectedKey } from '../../state/session/selection'
import { abort, knownUntil, model, past } from '../../state/session/session'
import { fetchMenu } from '../log/row-menu'
import { openContextMenu } from '../menu/context-menu'
import { useRowsInView } from '../rows-in-view'
import { Bar } from './bar'
import { drawnRows, ROW, TALL_ROW } from './drawn-rows'
import { FetchRow } from './fetch-row'
import styles from './fetch-table.module.css'
import { Head } from './head'
import { canAbort, type RowFacts, rowFacts, sameFacts } from './row-facts'

/** Rows that are drawn above and below those in view. */
const MORE = 6

const text = {
  label: t('table_label'),
  menu: t('menu_fetch'),
  sending: t('table_sending'),
  noneActive: t('table_no_active'),
}

const closest = (target: EventTarget | null, selector: string) =>
  target instanceof Element ? target.closest<HTMLElement>(selector) : null

/** What each row showed last: a row that shows the same gets the same object, and is not drawn again. */
const shown = new WeakMap<Fetch, RowFacts>()

function factsOf(fetch: Fetch, at: number): RowFacts {
  const facts = rowFacts(fetch, {
    session: model(),
    workers: model().workers,
    now: at,
    readOnly: past.value !== null,
  })
  const before = shown.get(fetch)
  if (before && sameFacts(before, facts)) return before
  shown.set(fetch, facts)
  return facts
}

/** Every fetch of the session: those that may still run, and below them those that have ended. */
export function FetchTable() {
  const any = listedFetches.value.list.length > 0 || model().fetches.length > 0
  return any ? <Table /> : null
}

function Table() {
  const { list, counting, sending } = listedFetches.value
  const box = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const wanted = useRef<string | null>(null)
  const focused = useRef(false)
  const [active, setActive] = useState({ key: '', index: 0 })
  const [column, setColumn] = useState<ColumnId>('id')
  const row = handlerBelow.value ? TALL_ROW : ROW
  const inView = useRowsInView(box, row, MORE, (element) => {
    tableRoom.value = element.clientWidth
  })
  const placed = placedColumns.value
  const clock = useClock(counting)
  const known = useMemo(() => list.findIndex(({ key }) => key === active.key), [list, active])
  const current = known === -1 ? Math.min(active.index, list.length - 1) : known
  const currentKey = list[current]?.key

  useLayoutEffect(() => {
    // A row that moves, or that another one replaces, takes the focus along or hands it on.
    const lost = focused.current && document.activeElement === document.body
    const key = wanted.current ?? (lost ? currentKey : undefined)
    if (key === undefined) return
    wanted.current = null
    body.current
      ?.querySelector<HTMLElement>(`tr[data-fetch="${CSS.escape(key)}"]`)
      ?.focus({ preventScroll: !lost })
  })

  const go = (index: number) => {
    const to = Math.max(0, Math.min(list.length - 1, index))
    const fetch = list[to]
    const { current: view } = box
    if (!fetch || !view) return
    wanted.current = fetch.key
    setActive({ key: fetch.key, index: to })
    const top = to * row
    if (top < view.scrollTop) view.scrollTop = top
    else if (top + ROW + row > view.scrollTop + view.clientHeight) {
      view.scrollTop = top + ROW + row - view.clientHeight
    }
  }
  const fetchAt = (target: EventTarget | null) => list[Number(closest(target, 'tr')?.dataset.index)]

  const onKeyDown = (event: KeyboardEvent) => {
    const fetch = fetchAt(event.target)
    if (!fetch || event.ctrlKey || event.altKey || event.metaKey) return
    const onRow = event.target instanceof HTMLTableRowElement
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / row) - 2)
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: list.length - 1,
    }[event.key]
    if (to !== undefined) go(to)
    else if (onRow && event.key === 'Enter') selectedKey.value = fetch.key
    else if (onRow && event.key === ' ') toggle(fetch)
    else if (onRow && event.key === 'Delete' && canAbort(fetch)) abort(fetch.handle)
    else return
    event.preventDefault()
  }
  const toggle = ({ key }: Fetch) => {
    selectedKey.value = selectedKey.peek() === key ? null : key
  }
  const onClick = ({ target }: MouseEvent) => {
    const fetch = fetchAt(target)
    if (!fetch) return
    if (closest(target, '[data-mark]')) return
    if (closest(target, '[data-plan]')) {
      if (canPlan(fetch)) planningFor.value = { kind: 'fetch', key: fetch.key }
    } else if (!closest(target, '[data-abort]')) toggle(fetch)
    else if (canAbort(fetch)) abort(fetch.handle)
  }

  const at = clock || knownUntil()
  const drawn = drawnRows(inView, list.length, current, row)
  return (
    <section class={styles.pane}>
      <Bar />
      <div class={styles.scroll} ref={box} style={{ minHeight: `${ROW + row}px` }}>
        <div style={{ height: `${ROW + list.length * row}px` }}>
          <table
            class={styles.table}
            style={{ marginTop: `${drawn.top}px` }}
            role="grid"
            aria-label={text.label}
            aria-rowcount={list.length + 1}
          >
            <colgroup>
              {placed.map(({ id, width }) => (
                <col key={id} style={{ width: `${width}px` }} />
              ))}
            </colgroup>
            <Head current={column} focused={setColumn} />
            <tbody
              ref={body}
              onKeyDown={onKeyDown}
              onClick={onClick}
              onContextMenu={(event) => {
                const fetch = fetchAt(event.target)
                if (fetch) openContextMenu(event, text.menu, fetchMenu(fetch))
              }}
              onFocusIn={({ target }) => {
                const fetch = fetchAt(target)
                focused.current = true
                if (fetch) setActive({ key: fetch.key, index: list.indexOf(fetch) })
              }}
              onFocusOut={({ target }) => {
                // What loses the focus because it is removed is not in the document any more.
                queueMicrotask(() => {
                  const left = target instanceof Node && target.isConnected
                  if (left && !body.current?.contains(document.activeElement)) focused.current = false
                })
              }}
            >
              {drawn.rows.map((index) => {
                const fetch = list[index]
                return (
                  fetch && (
                    <FetchRow
                      key={fetch.key}
                      facts={factsOf(fetch, at)}
                      columns={placed}
                      index={index}
                      current={index === current}
                    />
                  )
                )
              })}
            </tbody>
          </table>
        </div>
        {list.length === 0 && <p class={styles.note}>{text.noneActive}</p>}
        {sending && <p class={styles.note}>{text.sending}</p>}
      </div>
    </section>
  )
}

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { counted, t } from '../../i18n/i18n'
import { count } from '../../model/format'
import { logColumnIds, logWidthOf } from '../../model/log/columns'
import { emptyText } from '../../model/log/empty-text'
import { type Entry, groupOf, isHeading } from '../../model/log/groups'
import { sinceOrigin } from '../../model/log/time-origin'
import { disambiguator } from '../../model/session/disambiguator'
import type { Row } from '../../model/session/view'
import { describeRow } from '../../state/log/describe-row'
import { closed, entries, setGroupOpen } from '../../state/log/entries'
import { hiddenRows, onlyVerboseHidden, shownRows } from '../../state/log/filter'
import { search, searchText } from '../../state/log/search'
import { rowToShow } from '../../state/log/show-in-log'
import { selectedKey } from '../../state/session/selection'
import { settings } from '../../state/settings'
import { openContextMenu } from '../menu/context-menu'
import { createDrawnLines } from './drawn-lines'
import { useFresh } from './fresh'
import { HeadingRow } from './heading-row'
import styles from './log.module.css'
import { LogHead } from './log-head'
import { type Line, onLineKey } from './log-keys'
import { LogRow } from './log-row'
import type { Key } from './row-layout'
import { fetchMenu, rowMenu } from './row-menu'
import { useVirtual } from './virtual'

const text = {
  label: t('log_label'),
  latest: t('log_latest'),
  fresh: (n: number) => t(counted(n, 'log_fresh'), count(n)),
  menu: t('menu_row'),
}

/** The nearest element around what an event came from. */
const around = (target: EventTarget | null, selector: string) =>
  target instanceof Element ? target.closest<HTMLElement>(selector) : null

/** As texts: a row whose texts are the same is not drawn again. */
const sinceProps = (row: Row) => {
  const { text = '', title = '' } = sinceOrigin(row) ?? {}
  return { since: text, sinceTitle: title }
}

/** Everything that happened, newest at the bottom. */
export function Log() {
  const now = entries.value
  const { list } = now
  const [active, setActive] = useState<Key | null>(null)
  const [expanded, setExpanded] = useState<ReadonlySet<Key>>(new Set())
  const wanted = useRef<Key | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const slots = useRef<HTMLDivElement>(null)
  const [drawnLines] = useState(createDrawnLines)
  // Before anything is scrolled or focused.
  useLayoutEffect(() => drawnLines.draw(slots.current?.children ?? []))
  useLayoutEffect(() => () => drawnLines.draw([]), [])
  const virtual = useVirtual(now, active)
  const fresh = useFresh(shownRows.value.rows.length, virtual.atEnd)

  const focus = (key: Key) => {
    wanted.current = key
    setActive(key)
    virtual.reveal(virtual.indexOf(key))
  }
  const toggle = (key: Key) => {
    virtual.hold()
    if (typeof key === 'string') return setGroupOpen(key, closed.peek().has(key))
    setExpanded((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }
  const [focusAlways] = useState(() => focus)

  // What has the focus must be drawn first.
  useLayoutEffect(() => {
    const key = wanted.current
    if (key === null) return
    const row = box.current?.querySelector<HTMLElement>(
      `[data-key="${CSS.escape(String(key))}"] > [role="row"]`,
    )
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: true })
  })

  const shown = search.value?.row
  useEffect(() => {
    if (!shown) return
    setActive(shown.key)
    virtual.reveal(virtual.indexOf(shown.key))
  }, [shown])

  const toShow = rowToShow.value
  useLayoutEffect(() => {
    if (!toShow || virtual.indexOf(toShow.key) === -1) return
    rowToShow.value = null
    virtual.hold()
    focus(toShow.key)
  }, [toShow, now])

  const go = (index: number) => {
    const entry = list[Math.max(0, Math.min(list.length - 1, index))]
    if (entry) focus(entry.key)
  }
  const isOpen = (entry: Entry) => (isHeading(entry) ? entry.open : expanded.has(entry.key))
  const select = (entry: Entry) => {
    if (entry.fetch) selectedKey.value = entry.fetch.key
  }
  const enter = ({ slot, index, entry }: Line) => {
    if (isHeading(entry)) go(index + 1)
    else slot.querySelector<HTMLElement>('[role="treeitem"]')?.focus()
  }
  const leave = (entry: Entry) => {
    if (!isHeading(entry) && settings.group.value) focus(groupOf(entry))
  }

  /** The line that an event came from, wherever in it. */
  const lineOf = (target: EventTarget | null): Line | null => {
    const slot = around(target, '[data-index]')
    const index = Number(slot?.dataset.index)
    const entry = list[index]
    return slot && entry ? { slot, index, entry } : null
  }

  // Rows come and go while scrolling: what is done with them is heard where they stand.
  const onFocus = ({ target }: FocusEvent) => {
    const line = lineOf(target)
    if (line) setActive(line.entry.key)
  }
  const onClick = ({ target }: MouseEvent) => {
    const line = lineOf(target)
    if (!line || !around(target, '[data-row], [data-heading]')) return
    if (isHeading(line.entry) || around(target, '[data-chevron]')) toggle(line.entry.key)
    else select(line.entry)
  }
  const onDblClick = ({ target }: MouseEvent) => {
    const line = around(target, '[data-chevron]') ? null : lineOf(target)
    if (line && around(target, '[data-row]')) toggle(line.entry.key)
  }

  const onContextMenu = (event: MouseEvent) => {
    const line = around(event.target, '[data-row], [data-heading]') && lineOf(event.target)
    if (!line) return
    const { entry } = line
    const entries = isHeading(entry) ? (entry.fetch ? fetchMenu(entry.fetch) : []) : rowMenu(entry)
    if (entries.length > 0) openContextMenu(event, text.menu, entries)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const line = lineOf(event.target)
    if (!line) return
    const { page } = virtual
    const { length } = list
    onLineKey(event, line, { length, go, page, focus, isOpen, toggle, enter, leave, select })
  }

  const places = virtual.places()
  // The entries are other ones whenever something that a line says may have changed.
  drawnLines.begin(now)
  const chosen = settings.logColumns.value
  const widths = Object.fromEntries(logColumnIds.map((id) => [`--log-${id}`, `${logWidthOf(id, chosen)}px`]))
  const tabStop = active !== null && virtual.indexOf(active) !== -1 ? active : list[virtual.first]?.key
  for (const { index, entry } of places) {
    const current = entry.key === tabStop
    const open = isOpen(entry)
    drawnLines.line(entry.key, `${index} ${current} ${open}`, () =>
      isHeading(entry) ? (
        <HeadingRow heading={entry} index={index} revision={now.revision} current={current} />
      ) : (
        <LogRow
          row={entry}
          event={entry.event}
          {...describeRow(entry)}
          disambiguator={entry.fetch ? disambiguator(entry.fetch) : ''}
          {...sinceProps(entry)}
          index={index}
          current={current}
          expanded={open}
          grouped={settings.group.value}
          focus={focusAlways}
        />
      ),
    )
  }
  return (
    <section class={styles.log}>
      {/* Rows come and go while scrolling: what is worth hearing is said by a status instead. */}
      <div
        role="treegrid"
        aria-label={text.label}
        aria-rowcount={list.length + 1}
        class={styles.grid}
        style={widths}
        ref={box}
      >
        <LogHead />
        <div
          class={styles.scroll}
          ref={virtual.scroll}
          role="rowgroup"
          onKeyDown={onKeyDown}
          onFocusIn={onFocus}
          onClick={onClick}
          onDblClick={onDblClick}
          onContextMenu={onContextMenu}
        >
          <div class={styles.all} ref={slots} style={{ height: `${virtual.size}px` }}>
            {places.map(({ index, entry, top }) => (
              <div
                key={entry.key}
                ref={virtual.measure}
                data-index={index}
                data-key={entry.key}
                class={styles.slot}
                style={{ top: `${top}px` }}
              />
            ))}
          </div>
          {list.length === 0 && (
            <p class={styles.empty}>{emptyText(hiddenRows.value, onlyVerboseHidden.value)}</p>
          )}
        </div>
      </div>
      {search.value && <p class={styles.search}>{searchText(search.value)}</p>}
      {!virtual.atEnd && (
        <button type="button" class={styles.latest} onClick={virtual.toEnd}>
          {fresh > 0 ? text.fresh(fresh) : text.latest}
        </button>
      )}
    </section>
  )
}

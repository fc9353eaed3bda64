import { signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { MenuEntry } from './entries'
import styles from './menu.module.css'
import { MenuList } from './menu-list'
import { type Anchor, choicesOf, onMenuKey, place } from './popover'

interface Opened {
  readonly label: string
  readonly entries: readonly MenuEntry[]
  readonly anchor: Anchor
  /** Gets the focus back. */
  readonly from: HTMLElement | null
}

const opened = signal<Opened | null>(null)

/**
 * Opens a menu where the pointer is, or at the element that has the focus when it was asked for with the menu key
 * or Shift+F10. Call it in a `contextmenu` listener.
 *
 * @param shown what the menu is about, where another element has the focus for it
 */
export function openContextMenu(
  event: MouseEvent,
  label: string,
  entries: readonly MenuEntry[],
  shown?: Element,
): void {
  event.preventDefault()
  event.stopPropagation()
  const from = document.activeElement instanceof HTMLElement ? document.activeElement : null
  const { clientX, clientY, target } = event
  const point = { left: clientX, right: clientX, top: clientY, bottom: clientY }
  // No button of a pointer opened it.
  const byKey = event.button !== 2 && target instanceof Element
  opened.value = { label, entries, from, anchor: byKey ? (shown ?? target).getBoundingClientRect() : point }
}

/** Draws the context menu that is open; there is one for the whole panel. */
export function ContextMenu() {
  const popover = useRef<HTMLDivElement>(null)
  const now = opened.value
  useLayoutEffect(() => {
    const menu = popover.current
    if (!menu || !now) return
    menu.showPopover()
    place(menu, now.anchor)
    choicesOf(menu)[0]?.focus()
  }, [now])
  if (!now) return null
  const close = () => {
    popover.current?.hidePopover()
    now.from?.focus()
  }
  return (
    <div
      key={String(now.anchor.left + now.anchor.top)}
      ref={popover}
      popover="auto"
      class={styles.menu}
      role="menu"
      aria-label={now.label}
      onToggle={(event) => {
        if (event.newState === 'closed' && opened.peek() === now) opened.value = null
      }}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => onMenuKey(event, close)}
    >
      <MenuList entries={now.entries} close={close} />
    </div>
  )
}

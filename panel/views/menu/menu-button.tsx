import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import type { MenuEntry } from './entries'
import styles from './menu.module.css'
import { MenuList } from './menu-list'
import { choicesOf, onMenuKey, place } from './popover'

interface Props {
  /** What the button and its menu are called. */
  readonly label: string
  readonly title?: string
  readonly class?: string | undefined
  /** Names the button, for the focus to be brought to it from elsewhere. */
  readonly id?: string
  /** What the button shows. */
  readonly face: ComponentChildren
  /** The lines of the menu. */
  readonly entries?: readonly MenuEntry[]
  /** Switches, in place of lines: what is switched may be watched while the menu stays open. */
  readonly children?: ComponentChildren
}

/** A button that opens a menu under it. Arrows move in the menu, Escape leads back to the button. */
export function MenuButton({ label, title = label, class: name, id, face, entries, children }: Props) {
  const popoverId = useId()
  const button = useRef<HTMLButtonElement>(null)
  const popover = useRef<HTMLDivElement & HTMLElement>(null)
  const [open, setOpen] = useState(false)
  const close = () => {
    popover.current?.hidePopover()
    button.current?.focus()
  }
  const show = (last = false) => {
    const [menu, anchor] = [popover.current, button.current]
    if (!menu || !anchor) return
    menu.showPopover()
    place(menu, anchor.getBoundingClientRect())
    choicesOf(menu)
      .at(last ? -1 : 0)
      ?.focus()
  }
  const common = {
    ref: popover,
    id: popoverId,
    popover: 'auto',
    class: styles.menu,
    onToggle: ({ newState }: Pick<ToggleEvent, 'newState'>) => setOpen(newState === 'open'),
  } as const
  const onKeyDown = (event: KeyboardEvent) => onMenuKey(event, close)
  return (
    <>
      <button
        ref={button}
        {...(id ? { id } : {})}
        type="button"
        class={name}
        title={title}
        aria-label={label}
        {...(entries ? { 'aria-haspopup': 'menu' } : {})}
        aria-expanded={open}
        aria-controls={popoverId}
        // The browser closes an open one by itself when the button is pressed.
        popoverTarget={popoverId}
        onClick={(event) => {
          event.preventDefault()
          if (popover.current?.matches(':popover-open')) close()
          else show()
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          show(event.key === 'ArrowUp')
        }}
      >
        {face}
      </button>
      {entries ? (
        <div {...common} role="menu" aria-label={label} onKeyDown={onKeyDown}>
          <MenuList entries={entries} close={close} />
        </div>
      ) : (
        <section {...common} aria-label={label} onKeyDown={onKeyDown}>
          {children}
        </section>
      )}
    </>
  )
}

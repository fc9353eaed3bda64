/** Space between a menu and the edge of the panel, in CSS pixels. */
const EDGE = 4

/** What can be chosen in a menu now. */
export const choicesOf = (popover: HTMLElement): HTMLElement[] =>
  [...popover.querySelectorAll<HTMLElement>('[role^="menuitem"], input')].filter(
    (choice) => !choice.matches(':disabled'),
  )

/** Where a menu is to stand: under a button, or at a point of the panel. */
export type Anchor = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>

/** Places an open popover under its anchor, or above it where there is more room, and inside of the panel. */
export function place(popover: HTMLElement, anchor: Anchor): void {
  const { width, height } = popover.getBoundingClientRect()
  const left = Math.max(EDGE, Math.min(anchor.left, innerWidth - width - EDGE))
  const below = innerHeight - anchor.bottom - EDGE
  const fits = height <= below || below >= anchor.top
  const top = fits ? anchor.bottom : Math.max(EDGE, anchor.top - height)
  popover.style.left = `${left}px`
  popover.style.top = `${top}px`
  popover.style.maxHeight = `${Math.max(80, fits ? below : anchor.top - EDGE)}px`
}

/**
 * Moves the focus in an open menu, and closes it with Tab; the browser closes it with Escape.
 * https://www.w3.org/WAI/ARIA/apg/patterns/menubar/
 *
 * @param close closes the menu and gives the focus back
 */
export function onMenuKey(event: KeyboardEvent, close: () => void): void {
  const popover = event.currentTarget
  if (!(popover instanceof HTMLElement)) return
  const choices = choicesOf(popover)
  const { activeElement } = document
  const at = activeElement instanceof HTMLElement ? choices.indexOf(activeElement) : -1
  const to = {
    ArrowDown: (at + 1) % choices.length,
    ArrowUp: (at <= 0 ? choices.length : at) - 1,
    Home: 0,
    End: choices.length - 1,
  }[event.key]
  if (to !== undefined) choices[to]?.focus()
  else if (event.key === 'Tab') close()
  else if (/^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const letter = event.key.toLowerCase()
    const label = (choice: HTMLElement) => (choice.closest('label') ?? choice).textContent?.trim() ?? ''
    const next = [...choices.slice(at + 1), ...choices.slice(0, at + 1)]
    next.find((choice) => label(choice).toLowerCase().startsWith(letter))?.focus()
  } else return
  event.preventDefault()
  // The panel has shortcuts of one letter.
  event.stopPropagation()
}

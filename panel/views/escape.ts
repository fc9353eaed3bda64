/** What the browser closes with Escape by itself, the topmost first. */
const CLOSES = 'dialog:modal, [popover="auto"]:popover-open'

/**
 * Leaves Escape to the browser while a dialog or a menu is open, wherever the focus is: DevTools listens in the document of the panel,
 * and would open its drawer instead.
 */
export function keepEscape(): void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && document.querySelector(CLOSES)) event.stopPropagation()
  }
  addEventListener('keydown', onKeyDown, { capture: true })
}

/** Has Escape close what the browser does not close by itself. Returns whether it was Escape. */
export function closesWithEscape(event: KeyboardEvent, close: () => void): boolean {
  if (event.key !== 'Escape') return false
  event.preventDefault()
  event.stopPropagation()
  close()
  return true
}

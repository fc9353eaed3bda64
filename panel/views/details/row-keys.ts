/** Moves the focus among the rows of a table or a list, of which one is a stop for Tab, with arrow keys. */
export function onRowKey(event: KeyboardEvent): void {
  const { target, currentTarget, key } = event
  if (event.ctrlKey || event.altKey || event.metaKey) return
  if (target !== currentTarget || !(target instanceof HTMLElement)) return
  const next = { ArrowDown: target.nextElementSibling, ArrowUp: target.previousElementSibling }[key]
  if (!(next instanceof HTMLElement)) return
  next.focus()
  event.preventDefault()
}

/** Moves the focus among the rows of a table's body, of which one is a stop for Tab, with arrow keys. */
export function onRowKey(event: KeyboardEvent): void {
  const { target, key } = event
  if (event.ctrlKey || event.altKey || event.metaKey || !(target instanceof HTMLTableRowElement)) return
  const next = { ArrowDown: target.nextElementSibling, ArrowUp: target.previousElementSibling }[key]
  if (!(next instanceof HTMLTableRowElement)) return
  next.focus()
  event.preventDefault()
}

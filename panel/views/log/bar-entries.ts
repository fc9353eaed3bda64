import { t } from '../../i18n/i18n'
import { rowAt } from '../../model/log/row-at'
import type { Fetch, Row } from '../../model/session/view'
import { showInLog } from '../../state/log/show-in-log'
import { model } from '../../state/session/session'
import { copyEntry } from '../menu/copy-entry'
import type { MenuEntry } from '../menu/entries'

const text = { copy: t('menu_copy_text'), show: t('menu_show_in_log') }

/** Copies what a line says. */
export const copyTextEntry = (content: () => string): MenuEntry => copyEntry(text.copy, content)

/** Shows a row where it stands in the log. */
export const showInLogEntry = (row: Row): MenuEntry => ({
  kind: 'action',
  label: text.show,
  run: () => showInLog(row),
})

/** What can be done with a bar of a fetch: copy what it says, and show its row in the log where there is one. */
export function barEntries(
  fetch: Fetch,
  times: { readonly start: number; readonly end: number | null },
  content: () => string,
): readonly MenuEntry[] {
  const row = rowAt(model().rows, fetch, times)
  return [copyTextEntry(content), ...(row ? [showInLogEntry(row)] : [])]
}

import { t } from '../../i18n/i18n'
import type { Fetch } from '../../model/session/view'
import type { Phase } from '../../model/timeline/timeline'
import { model } from '../../state/session/session'
import { barEntries, copyTextEntry, showInLogEntry } from '../log/bar-entries'
import { fetchMenu } from '../log/row-menu'
import { openContextMenu } from '../menu/context-menu'

const text = { menu: t('menu_fetch') }

/** The track, or the phase of it, that a menu is about. */
interface Menu {
  readonly index: number
  readonly fetch: Fetch | undefined
  readonly phases: readonly Phase[]
  /** Key of the phase; null for the track itself. */
  readonly phase: string | null
}

/** Opens the menu of a track, or of a phase of it, at the element that shows it. */
export function openTrackMenu(event: MouseEvent, { index, fetch, phases, phase }: Menu): void {
  const n = phases.findIndex(({ key }) => key === phase)
  const shown = document.getElementById(n === -1 ? `track-${index}` : `track-${index}-${n}`)
  if (!fetch || !shown) return
  const said = () => shown.getAttribute('aria-label') ?? ''
  const first = model().rows.find((row) => row.fetch === fetch)
  const bar = phases[n]
  const own = bar
    ? barEntries(fetch, bar, said)
    : [copyTextEntry(said), ...(first ? [showInLogEntry(first)] : [])]
  openContextMenu(event, text.menu, [...own, { kind: 'separator' }, ...fetchMenu(fetch)], shown)
}

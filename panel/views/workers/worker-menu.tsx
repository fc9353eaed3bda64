import { t } from '../../i18n/i18n'
import type { Worker } from '../../model/session/view'
import { openScript } from '../../state/log/original-places'
import { past } from '../../state/session/session'
import type { MenuEntry } from '../menu/entries'
import { MenuButton } from '../menu/menu-button'
import styles from './workers.module.css'

const text = {
  start: t('workers_start'),
  restart: t('workers_restart'),
  startHint: t('workers_start_hint'),
  update: t('workers_update'),
  unregister: t('workers_unregister'),
  source: t('menu_show_source'),
}

interface Actions {
  readonly worker: Worker
  /** Starts it, after it was stopped where it runs. */
  restart(): void
  update(): void
  unregister(): void
}

/** What is seldom done with a worker. */
export function workerEntries({ worker, restart, update, unregister }: Actions): readonly MenuEntry[] {
  const disabled = past.value !== null
  const action = (label: string, run: () => void, off = disabled, title = '') => ({
    kind: 'action' as const,
    label,
    title,
    disabled: off,
    run,
  })
  const stopped = worker.stoppedAt !== null
  return [
    action(stopped ? text.start : text.restart, restart, disabled, text.startHint),
    action(text.update, update),
    action(text.unregister, unregister),
    { kind: 'separator' },
    action(text.source, () => openScript({ url: worker.url, line: 1, column: 1 })),
  ]
}

interface Props {
  /** What the menu is called. */
  readonly label: string
  readonly entries: readonly MenuEntry[]
}

/** The button of that menu. */
export const WorkerMenu = (props: Props) => <MenuButton {...props} class={styles.more} face="⋮" />

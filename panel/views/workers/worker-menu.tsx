import { t } from '../../i18n/i18n'
import type { Worker } from '../../model/session/view'
import { openScript } from '../../state/log/original-places'
import { past } from '../../state/session/session'
import { MenuButton } from '../menu/menu-button'
import styles from './workers.module.css'

const text = {
  restart: t('workers_restart'),
  startHint: t('workers_start_hint'),
  update: t('workers_update'),
  unregister: t('workers_unregister'),
  source: t('menu_show_source'),
}

interface Props {
  readonly worker: Worker
  /** Path of its script. */
  readonly name: string
  restart(): void
  update(): void
  unregister(): void
}

/** What is seldom done with a worker. */
export function WorkerMenu({ worker, name, restart, update, unregister }: Props) {
  const disabled = past.value !== null
  const action = (label: string, run: () => void, off = disabled, title = '') => ({
    kind: 'action' as const,
    label,
    title,
    disabled: off,
    run,
  })
  const stopped = worker.stoppedAt !== null
  return (
    <MenuButton
      label={t('workers_menu', name)}
      class={styles.more}
      face="⋮"
      entries={[
        action(text.restart, restart, disabled || stopped, text.startHint),
        action(text.update, update),
        action(text.unregister, unregister),
        { kind: 'separator' },
        action(text.source, () => openScript({ url: worker.url, line: 1, column: 1 })),
      ]}
    />
  )
}

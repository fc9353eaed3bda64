import type { Worker } from '../../model/view'
import { openScript } from '../../state/original-places'
import { past } from '../../state/session'
import { say } from '../../words/words'
import { MenuButton } from '../menu/menu-button'
import styles from './workers.module.css'

const text = {
  restart: say('workers_restart'),
  startHint: say('workers_start_hint'),
  update: say('workers_update'),
  unregister: say('workers_unregister'),
  source: say('menu_show_source'),
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
      label={say('workers_menu', name)}
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

import type { MenuEntry } from './entries'
import styles from './menu.module.css'

interface Props {
  readonly entries: readonly MenuEntry[]
  /** Closes the menu and gives the focus back. */
  readonly close: () => void
}

/** The lines of a menu. */
export function MenuList({ entries, close }: Props) {
  return (
    <>
      {entries.map((entry, index) => {
        // Lines have no names, and stand where they are.
        if (entry.kind === 'separator') return <hr key={index} class={styles.separator} />
        if (entry.kind === 'heading') {
          return (
            <div key={index} class={styles.heading} role="presentation">
              {entry.label}
            </div>
          )
        }
        const choose = () => {
          close()
          if (entry.kind === 'action') entry.run()
          else entry.toggle()
        }
        const checks = entry.kind === 'check'
        return (
          <button
            key={entry.label}
            type="button"
            class={styles.item}
            role={checks ? 'menuitemcheckbox' : 'menuitem'}
            {...(checks ? { 'aria-checked': entry.checked } : {})}
            aria-label={(checks && entry.name) || entry.label}
            {...(entry.title ? { title: entry.title } : {})}
            tabIndex={-1}
            disabled={entry.disabled ?? false}
            onClick={choose}
          >
            <span class={styles.check} aria-hidden="true">
              {checks && entry.checked ? '✓' : ''}
            </span>
            <span class={styles.label}>{entry.label}</span>
            {entry.kind === 'action' && entry.keys && <kbd>{entry.keys}</kbd>}
          </button>
        )
      })}
    </>
  )
}

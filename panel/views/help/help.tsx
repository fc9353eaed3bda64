import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import styles from './help.module.css'

const text = {
  title: 'Keyboard shortcuts',
  close: 'Close',
}

/** Shortcuts by place: the keys, and what they do. */
const shortcuts: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Everywhere',
    [
      ['/', 'Go to the filter'],
      ['P', 'Pause or resume the log'],
      ['T', 'Show the time of day, or since the abort'],
      ['G', 'Group the log by fetch'],
      ['Ctrl+F', 'Search in the log (⌘F on a Mac)'],
      ['?', 'Show this sheet'],
    ],
  ],
  [
    'Active fetches',
    [
      ['↑ ↓', 'Go to the fetch above or below'],
      ['Enter', 'Open or close its details'],
      ['Delete', 'Abort it'],
    ],
  ],
  [
    'Log',
    [
      ['↑ ↓ Page Up Page Down Home End', 'Go from row to row'],
      ['→', 'Open the row, then go into its data'],
      ['←', 'Close the row, or go to its group'],
      ['Enter', 'Open the details of its fetch'],
      ['C', 'Copy the row as JSON'],
    ],
  ],
  [
    'Toolbar and panes',
    [
      ['← →', 'Go from button to button'],
      ['← → ↑ ↓ Home End', 'Resize a pane at its edge'],
    ],
  ],
]

/** The sheet is open. */
export const helpOpen = signal(false)

/** Opens the sheet of shortcuts. */
export function HelpButton() {
  return (
    <button
      type="button"
      class={styles.button}
      title={`${text.title} (?)`}
      aria-label={text.title}
      aria-haspopup="dialog"
      onClick={() => {
        helpOpen.value = true
      }}
    >
      ?
    </button>
  )
}

/** All shortcuts on one sheet. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null)
  const open = helpOpen.value
  useEffect(() => {
    if (open) dialog.current?.showModal()
  }, [open])
  if (!open) return null
  return (
    <dialog
      ref={dialog}
      class={styles.sheet}
      aria-labelledby="help-title"
      onClose={() => {
        helpOpen.value = false
      }}
      onKeyDown={(event) => {
        // DevTools would take it for its own.
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        dialog.current?.close()
      }}
    >
      <header class={styles.head}>
        <h2 id="help-title">{text.title}</h2>
        <button type="button" aria-label={text.close} onClick={() => dialog.current?.close()}>
          ×
        </button>
      </header>
      <div class={styles.groups}>
        {shortcuts.map(([place, all]) => (
          <section key={place}>
            <h3>{place}</h3>
            <dl>
              {all.map(([keys, does]) => (
                <div key={keys}>
                  <dt>
                    {keys.split(/(?<!Page) /).map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  )
}

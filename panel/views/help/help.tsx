import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { say } from '../../words/words'
import round from '../round.module.css'
import styles from './help.module.css'

const text = {
  title: say('help_title'),
  close: say('help_close'),
}

/** Shortcuts by place: the keys, and what they do. */
const shortcuts: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    say('help_everywhere'),
    [
      ['/', say('help_filter')],
      ['P', say('help_pause')],
      ['G', say('help_group')],
      ['Ctrl+F', say('help_search')],
      ['?', say('help_help')],
    ],
  ],
  [
    say('help_fetches'),
    [
      ['↑ ↓', say('help_fetch_move')],
      ['Enter', say('help_fetch_open')],
      ['Delete', say('help_fetch_abort')],
    ],
  ],
  [
    say('help_log'),
    [
      ['↑ ↓ Page Up Page Down Home End', say('help_log_move')],
      ['→', say('help_log_right')],
      ['←', say('help_log_left')],
      ['Enter', say('help_log_enter')],
      ['C', say('help_log_copy')],
    ],
  ],
  [
    say('help_panes'),
    [
      ['← →', say('help_panes_move')],
      ['← → ↑ ↓ Home End', say('help_panes_resize')],
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
      class={round.round}
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
        <button
          type="button"
          class={round.close}
          aria-label={text.close}
          onClick={() => dialog.current?.close()}
        >
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

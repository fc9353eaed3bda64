import { signal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { Dialog } from '../dialog/dialog'
import { DialogHead } from '../dialog/dialog-head'
import round from '../round.module.css'
import styles from './help.module.css'

const text = { title: t('help_title') }

/** Shortcuts by place: the keys, and what they do. */
const shortcuts: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    t('help_everywhere'),
    [
      ['/', t('help_filter')],
      ['P', t('help_pause')],
      ['G', t('help_group')],
      ['Ctrl+F', t('help_search')],
      ['Shift+F10', t('help_menu')],
      ['?', t('help_help')],
    ],
  ],
  [
    t('help_fetches'),
    [
      ['↑ ↓', t('help_fetch_move')],
      ['Enter', t('help_fetch_open')],
      ['Delete', t('help_fetch_abort')],
    ],
  ],
  [
    t('help_log'),
    [
      ['↑ ↓ Page Up Page Down Home End', t('help_log_move')],
      ['→', t('help_log_right')],
      ['←', t('help_log_left')],
      ['Enter', t('help_log_enter')],
      ['C', t('help_log_copy')],
    ],
  ],
  [
    t('help_panes'),
    [
      ['← →', t('help_panes_move')],
      ['← → ↑ ↓ Home End', t('help_panes_resize')],
      ['Shift+← Shift+→', t('help_columns_resize')],
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
  if (!helpOpen.value) return null
  return (
    <Dialog
      dialog={dialog}
      class={styles.sheet}
      aria-labelledby="help-title"
      onClose={() => {
        helpOpen.value = false
      }}
    >
      <DialogHead dialog={dialog} id="help-title" title={text.title} class={styles.head} />
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
    </Dialog>
  )
}

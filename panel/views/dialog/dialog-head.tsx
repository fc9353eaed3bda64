import type { ComponentChildren, RefObject } from 'preact'
import { t } from '../../i18n/i18n'
import round from '../round.module.css'

const text = { close: t('help_close') }

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>
  /** Of the title, which the dialog is labelled by. */
  readonly id: string
  readonly title: string
  readonly class: string | undefined
  /** What stands before the button that closes it. */
  readonly children?: ComponentChildren
}

/** The head of a dialog: its title, and a button that closes it. */
export function DialogHead({ dialog, id, title, class: name, children }: Props) {
  return (
    <header class={name}>
      <h2 id={id}>{title}</h2>
      {children}
      <button
        type="button"
        class={round.close}
        aria-label={text.close}
        onClick={() => dialog.current?.close()}
      >
        ×
      </button>
    </header>
  )
}

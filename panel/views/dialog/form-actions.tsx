import type { ComponentChildren, RefObject } from 'preact'
import { t } from '../../i18n/i18n'
import button from '../button.module.css'
import form from './form.module.css'

const text = { cancel: t('cancel') }

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>
  /** What the button says that submits the form. */
  readonly submit: string
  readonly disabled?: boolean
  /** Buttons of its own, before the others. */
  readonly children?: ComponentChildren
}

/** The buttons of a dialog that is a form: one leaves it, one submits it. */
export function FormActions({ dialog, submit, disabled = false, children }: Props) {
  return (
    <div class={form.actions}>
      {children}
      <button type="button" class={button.large} onClick={() => dialog.current?.close()}>
        {text.cancel}
      </button>
      <button type="submit" class={button.primary} disabled={disabled}>
        {submit}
      </button>
    </div>
  )
}

import type { AriaAttributes, ComponentChildren, RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

interface Props extends Pick<AriaAttributes, 'aria-label' | 'aria-labelledby' | 'aria-describedby'> {
  readonly dialog: RefObject<HTMLDialogElement | null>
  readonly class: string | undefined
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A modal dialog that is open for as long as it is drawn. Its owner stops drawing it when it has closed. */
export function Dialog({ dialog, onClose, children, ...rest }: Props) {
  useEffect(() => dialog.current?.showModal(), [dialog])
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      // The panel's shortcuts are not for what lies behind.
      onKeyDown={(event) => event.stopPropagation()}
      {...rest}
    >
      {children}
    </dialog>
  )
}

import { useRef, useState } from 'preact/hooks'
import { readKept } from '../../state/kept'
import { say } from '../../words/words'
import { Icon } from '../toolbar/icon'
import toolbar from '../toolbar/toolbar.module.css'
import styles from './kept.module.css'
import { KeptList } from './kept-list'

const text = { button: say('kept_button') }

/** Opens the list of the recordings that are over. */
export function KeptSessions() {
  const dialog = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        class={toolbar.icon}
        title={text.button}
        aria-label={text.button}
        aria-haspopup="dialog"
        onClick={() => {
          void readKept()
          setOpen(true)
          dialog.current?.showModal()
        }}
      >
        <Icon name="kept" />
      </button>
      <dialog
        class={styles.dialog}
        ref={dialog}
        aria-label={text.button}
        // It may have been opened again before this is told.
        onClose={() => setOpen(dialog.current?.open ?? false)}
        onKeyDown={(event) => {
          // DevTools would take it, and open its drawer.
          if (event.key === 'Escape') event.stopPropagation()
        }}
      >
        {open && <KeptList title={text.button} dialog={dialog} />}
      </dialog>
    </>
  )
}

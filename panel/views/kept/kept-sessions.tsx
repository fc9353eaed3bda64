import { useEffect, useRef } from 'preact/hooks'
import { readKept } from '../../state/kept'
import { say } from '../../words/words'
import styles from './kept.module.css'
import { KeptList } from './kept-list'

const text = { title: say('kept_button') }

/** The list of the recordings that are over, in a dialog that is open for as long as this is drawn. */
export function KeptSessions({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    void readKept()
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      class={styles.dialog}
      ref={dialog}
      aria-label={text.title}
      onClose={onClose}
      onKeyDown={(event) => {
        // DevTools would take it, and open its drawer.
        if (event.key === 'Escape') event.stopPropagation()
      }}
    >
      <KeptList title={text.title} dialog={dialog} />
    </dialog>
  )
}

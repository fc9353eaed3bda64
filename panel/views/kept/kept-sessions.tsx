import { useRef } from 'preact/hooks'
import { readKept } from '../../state/kept'
import { Icon } from '../toolbar/icon'
import toolbar from '../toolbar/toolbar.module.css'
import { KeptDialog } from './kept-dialog'

const text = { button: 'Kept recordings' }

/** Opens the list of the recordings that are over. */
export function KeptSessions() {
  const dialog = useRef<HTMLDialogElement>(null)
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
          dialog.current?.showModal()
        }}
      >
        <Icon name="kept" />
      </button>
      <KeptDialog dialog={dialog} />
    </>
  )
}

import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import styles from './recordings.module.css'

const text = { cancel: t('cancel') }

/** What a button says, and what it is called where its name says more. */
interface Label {
  readonly text: string
  readonly name?: string
}

interface Props {
  readonly label: Label
  /** Of the button that does it. */
  readonly sure: Label
  act(): void
}

/** A button for what can't be taken back: it asks once more, in its own place. */
export function AskFirst({ label, sure, act }: Props) {
  const [asking, setAsking] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  const second = useRef<HTMLButtonElement>(null)
  const cancelled = useRef(false)
  useEffect(() => {
    if (asking) second.current?.focus()
    else if (cancelled.current) first.current?.focus()
    cancelled.current = false
  }, [asking])
  if (!asking) {
    return (
      <button
        type="button"
        class={styles.button}
        ref={first}
        aria-label={label.name ?? label.text}
        onClick={() => setAsking(true)}
      >
        {label.text}
      </button>
    )
  }
  return (
    <span
      class={styles.asked}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        // Who turns to something else did not mean it.
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setAsking(false)
      }}
    >
      <button
        type="button"
        class={`${styles.button} ${styles.sure}`}
        ref={second}
        aria-label={sure.name ?? sure.text}
        onClick={() => {
          setAsking(false)
          act()
        }}
      >
        {sure.text}
      </button>
      <button
        type="button"
        class={styles.button}
        onClick={() => {
          cancelled.current = true
          setAsking(false)
        }}
      >
        {text.cancel}
      </button>
    </span>
  )
}
